import { ringLog } from '@chatmux/engine';
import { CELL_METRES } from '@chatmux/schema';
import type { Area } from '../bots/random-walk.ts';
import { areaFor } from './arms/field.ts';
import { type ArmPlan, ArmRun, poseBytesIn } from './measure/arm-run.ts';
import { countedRounds } from './measure/rounds.ts';
import { apart, median, span } from './measure/stats.ts';

const SMALL = 100;
const LARGE = 1000;
/** One crowd of a hundred is a small sample: several, with other walks. */
const SMALL_SEEDS = [1, 2, 3, 4, 5, 6];
const BAR = 1.1;
const MAX_NOISE = 0.1;
/** Everybody runs, and windows are short: the more places people are looked at in, the less chance counts. */
const WINDOW = { settleMs: 400, measureMs: 1600 };
/** Furthest somebody runs in a window and stands outside of their anchor cell, in metres. */
const WALKED = 13;

/** Columns of cells that a client watches on each side of its own. */
function watchedColumns(): number {
  const middle = 0x8080;
  let columns = 0;
  while (ringLog(middle, middle + (columns + 1) * 256) >= 0) columns += 1;
  return columns;
}

/**
 * The part of an area in which people watch nothing beyond its border. Elsewhere they see fewer people, more of them in
 * a small world than in a large one: to count them would hide growth.
 */
function interiorOf({ minX, maxX, minZ, maxZ }: Area): Area {
  const reach = watchedColumns() * CELL_METRES;
  const first = (v: number) => Math.ceil((v + reach) / CELL_METRES) * CELL_METRES + WALKED;
  const last = (v: number) => Math.floor((v - reach) / CELL_METRES) * CELL_METRES - WALKED;
  return { minX: first(minX), maxX: last(maxX), minZ: first(minZ), maxZ: last(maxZ) };
}

/** Bytes a client is told poses in, in a large crowd and in small ones of the same density. */
export default async function poseFlat() {
  const plan = (people: number, seed: number): ArmPlan => ({
    name: `${people} ${seed}`,
    arm: 'ours',
    people,
    area: areaFor(people),
    seed,
    decode: true,
    run: true,
  });
  const large = plan(LARGE, 1);
  const small = SMALL_SEEDS.map((seed) => plan(SMALL, seed));
  const run = await ArmRun.start([large, ...small]);

  async function told({ name = '', area }: ArmPlan): Promise<{ people: number; bytes: number }> {
    const { server } = await run.window(name, WINDOW);
    const { people, traffic } = await run.readWithin(name, interiorOf(area));
    return { people, bytes: poseBytesIn(traffic) / server.ticks };
  }
  const each = (all: { people: number; bytes: number }[]) =>
    all.reduce((sum, { bytes }) => sum + bytes, 0) / all.reduce((sum, { people }) => sum + people, 0);

  try {
    const rounds = await countedRounds(async () => {
      const few = [];
      for (const one of small) few.push(await told(one));
      const half = few.length / 2;
      return {
        ratio: each([await told(large)]) / each(few),
        self: each(few.slice(0, half)) / each(few.slice(half)),
      };
    });
    const ratios = rounds.map(({ ratio }) => ratio);
    const value = median(ratios);
    const selves = rounds.map(({ self }) => self);
    const noise = median(selves.map(apart));
    return [
      {
        name: 'pose-flat',
        value,
        unit: `bytes a client at ${LARGE} ÷ at ${SMALL} (${span(ratios)})`,
        bar: `≤ ${BAR}`,
        pass: value <= BAR,
      },
      {
        name: 'pose-flat-noise',
        value: noise,
        unit: `half of the small crowds against the others (${span(selves)})`,
        bar: `≤ ${MAX_NOISE}`,
        pass: noise <= MAX_NOISE,
      },
    ];
  } finally {
    await run.stop();
  }
}
