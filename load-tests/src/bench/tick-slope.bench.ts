import type { Area } from '../bots/random-walk.ts';
import { areaFor } from './arms/field.ts';
import { countedRounds } from './measure/rounds.ts';
import { apart, median, span } from './measure/stats.ts';
import { WalkingWorld } from './measure/walking-world.ts';

const SMALL = 500;
const LARGE = 2000;
/** Four times the people, and a tenth on top for what memory costs. */
const BAR = 4.4;
const MAX_NOISE = 0.1;
/** Worlds take short turns, so that whatever else the machine does meets both; what isn't done in every tick fits in. */
const TURN_TICKS = 8;
const TURNS = 6;
const WARM_UP_TURNS = 16;
/** Pure computation costs little time, so there are more rounds than elsewhere. */
const ROUNDS = 9;

/** Metres between fields: nobody sees from one into another. */
const GAP = 90;

/**
 * Four fields like the small one, apart. In one large field fewer people would stand at its border, where there are
 * fewer others: it would be dearer for what each has around, not for how many there are.
 */
function fourOf({ minX, maxX, minZ, maxZ }: Area): Area[] {
  const [width, depth] = [(maxX - minX + GAP) / 2, (maxZ - minZ + GAP) / 2];
  return [-1, 1].flatMap((right) =>
    [-1, 1].map((ahead) => ({
      minX: minX + right * width,
      maxX: maxX + right * width,
      minZ: minZ + ahead * depth,
      maxZ: maxZ + ahead * depth,
    })),
  );
}

/** Whole cost of a tick without network, by the number of people, at the same density. */
export default async function tickSlope() {
  const small = new WalkingWorld(SMALL, [areaFor(SMALL)], 1);
  const large = new WalkingWorld(LARGE, fourOf(areaFor(SMALL)), 2);
  /** Mean of a tick, in milliseconds of processor time: garbage is part of it. */
  const turn = (world: WalkingWorld) => {
    let sum = 0;
    for (let tick = 0; tick < TURN_TICKS; tick++) sum += world.run();
    return sum / TURN_TICKS;
  };
  for (let i = 0; i < WARM_UP_TURNS; i++) [turn(small), turn(large)];

  const rounds = await countedRounds(() => {
    let [first, much, again] = [0, 0, 0];
    for (let i = 0; i < TURNS; i++) {
      first += turn(small) / TURNS;
      much += turn(large) / TURNS;
      again += turn(small) / TURNS;
    }
    return { ratio: (2 * much) / (first + again), self: again / first, small: first, large: much };
  }, ROUNDS);
  const ratios = rounds.map(({ ratio }) => ratio);
  const selves = rounds.map(({ self }) => self);
  const value = median(ratios);
  const noise = median(selves.map(apart));
  const ms = (values: number[]) => median(values).toFixed(1);
  return [
    {
      name: 'tick-slope',
      value,
      unit: `cost of a tick at ${LARGE} ÷ at ${SMALL} (${span(ratios)}; ${ms(rounds.map((r) => r.large))} and ${ms(rounds.map((r) => r.small))} ms here)`,
      bar: `≤ ${BAR}`,
      pass: value <= BAR,
    },
    {
      name: 'tick-slope-noise',
      value: noise,
      unit: `${SMALL} against themselves (${span(selves)})`,
      bar: `≤ ${MAX_NOISE}`,
      pass: noise <= MAX_NOISE,
    },
  ];
}
