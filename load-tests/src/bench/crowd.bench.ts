import { CELL_METRES, TICK_HZ } from '@chatmux/schema';
import { type ArmPlan, ArmRun, poseBytesIn } from './measure/arm-run.ts';
import { countedRounds } from './measure/rounds.ts';
import { apart, median, percentile, span } from './measure/stats.ts';

const LARGE = 400;
const SMALL = 100;
const BYTES_BAR = 1.5;
const FLUSH_BAR = 0.5;
const MAX_NOISE = 0.1;
const TICK_MS = 1000 / TICK_HZ;
/** All of them walk within one interest cell, half a metre off its borders. */
const CELL = { minX: 0.5, maxX: CELL_METRES - 0.5, minZ: 0.5, maxZ: CELL_METRES - 0.5 };

/** Very many in one place: what each is told, and what it costs the tick. */
export default async function crowd() {
  const plan = (people: number): ArmPlan => ({
    name: `${people}`,
    arm: 'ours',
    people,
    area: CELL,
    decode: true,
  });
  const run = await ArmRun.start([plan(SMALL), plan(LARGE)]);
  async function look(people: number) {
    const { server, bots } = await run.window(`${people}`);
    return { bytes: poseBytesIn(bots.traffic) / people / server.ticks, flushMs: server.flushMs };
  }
  try {
    const rounds = await countedRounds(async () => {
      const small = await look(SMALL);
      const large = await look(LARGE);
      const again = await look(SMALL);
      return {
        ratio: (2 * large.bytes) / (small.bytes + again.bytes),
        self: again.bytes / small.bytes,
        flush: percentile(large.flushMs, 0.99) / TICK_MS,
      };
    });
    const ratios = rounds.map(({ ratio }) => ratio);
    const flushes = rounds.map(({ flush }) => flush);
    const selves = rounds.map(({ self }) => self);
    const [bytes, flush, noise] = [median(ratios), median(flushes), median(selves.map(apart))];
    return [
      {
        name: 'crowd-bytes',
        value: bytes,
        unit: `bytes a client with ${LARGE} in one cell ÷ with ${SMALL} (${span(ratios)})`,
        bar: `≤ ${BYTES_BAR}`,
        pass: bytes <= BYTES_BAR,
      },
      {
        name: 'crowd-flush',
        value: flush,
        unit: `of a tick, 99 of 100 flushes at ${LARGE} (${span(flushes)})`,
        bar: `≤ ${FLUSH_BAR}`,
        pass: flush <= FLUSH_BAR,
      },
      {
        name: 'crowd-bytes-noise',
        value: noise,
        unit: `${SMALL} against themselves (${span(selves)})`,
        bar: `≤ ${MAX_NOISE}`,
        pass: noise <= MAX_NOISE,
      },
    ];
  } finally {
    await run.stop();
  }
}
