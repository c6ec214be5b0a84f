import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Of the processors' time, what may be taken by others, and what must be left over. */
const MOST_STOLEN = 0.05;
const LEAST_IDLE = 0.05;
/** How late this process may be. */
const MOST_LATE_MS = 80;

/** Times of all processors since the start, in ticks, as Linux tells them; none elsewhere. */
function processorTimes(): { total: number; idle: number; stolen: number } {
  try {
    const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
    // user nice system idle iowait irq softirq steal (man 5 proc_stat)
    const times = line.split(/\s+/).slice(1, 9).map(Number);
    const [, , , idle = 0, waiting = 0, , , stolen = 0] = times;
    return { total: times.reduce((sum, time) => sum + time, 0), idle: idle + waiting, stolen };
  } catch {
    return { total: 0, idle: 0, stolen: 0 };
  }
}

/** Watches whether the machine keeps up. @returns ends it, and gives undefined or, in words, why it did not */
export function watchMachine(): () => string | undefined {
  const before = processorTimes();
  const late = monitorEventLoopDelay({ resolution: 10 });
  late.enable();
  return () => {
    late.disable();
    const after = processorTimes();
    const total = after.total - before.total || Number.POSITIVE_INFINITY;
    const stolen = (after.stolen - before.stolen) / total;
    const idle = Number.isFinite(total) ? (after.idle - before.idle) / total : 1;
    const lateMs = late.max / 1e6;
    if (stolen > MOST_STOLEN) return `${Math.round(stolen * 100)} % of the processors was taken by others`;
    if (idle < LEAST_IDLE) return `the processors had ${Math.round(idle * 100)} % left`;
    if (lateMs > MOST_LATE_MS) return `this process was ${Math.round(lateMs)} ms late`;
    return undefined;
  };
}
