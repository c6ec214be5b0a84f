import { type EventLoopUtilization, monitorEventLoopDelay, performance } from 'node:perf_hooks';

/** How finely the event loop's delay is measured, in milliseconds. */
const PRECISION_MS = 20;
/** What is measured covers at least this long, in milliseconds, however many pages ask. */
const WINDOW_MS = 5000;

/** How the process is doing. */
export interface ProcessView {
  readonly uptimeSeconds: number;
  /** Bytes of memory, and seconds of processor time so far. */
  readonly memoryBytes: number;
  readonly cpuSeconds: number;
  /** Of the last seconds: share of the time the event loop was busy, and how late it ran timers, in milliseconds. */
  readonly loop: { readonly busy: number; readonly delayMs: { mean: number; p99: number; max: number } };
}

/** Watches the event loop, from the first question on until `stop`: nobody pays for what nobody looks at. */
export class ProcessWatch {
  private delays: ReturnType<typeof monitorEventLoopDelay> | undefined;
  private since = 0;
  private busySince: EventLoopUtilization = performance.eventLoopUtilization();
  private loop: ProcessView['loop'] = { busy: 0, delayMs: { mean: 0, p99: 0, max: 0 } };

  view(): ProcessView {
    this.look();
    const { user, system } = process.cpuUsage();
    return {
      uptimeSeconds: Math.round(process.uptime()),
      memoryBytes: process.memoryUsage.rss(),
      cpuSeconds: (user + system) / 1e6,
      loop: this.loop,
    };
  }

  stop(): void {
    this.delays?.disable();
    this.delays = undefined;
  }

  private look(): void {
    const now = performance.now();
    if (!this.delays) {
      this.delays = monitorEventLoopDelay({ resolution: PRECISION_MS });
      this.delays.enable();
      this.since = now;
      this.busySince = performance.eventLoopUtilization();
      return;
    }
    if (now - this.since < WINDOW_MS || this.delays.count === 0) return;
    const ms = (nanoseconds: number) => nanoseconds / 1e6;
    this.loop = {
      busy: performance.eventLoopUtilization(this.busySince).utilization,
      delayMs: {
        mean: ms(this.delays.mean),
        p99: ms(this.delays.percentile(99)),
        max: ms(this.delays.max),
      },
    };
    this.delays.reset();
    this.since = now;
    this.busySince = performance.eventLoopUtilization();
  }
}
