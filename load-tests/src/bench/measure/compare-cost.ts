import type { Metric } from '../../../../scripts/checks/bench-files.ts';
import type { Arm } from '../arms/arm-server.ts';
import { areaFor } from '../arms/field.ts';
import { ArmRun, type Window } from './arm-run.ts';
import { addCost, type Cost, rateOf, tellingShare } from './cost.ts';
import { countedRounds } from './rounds.ts';
import { apart, median, span } from './stats.ts';

/**
 * Turns of each arm in one round, and how long they are: many short ones, since a shared machine is slower for seconds
 * at a time, and all arms must have their share of that.
 */
const PASSES = 3;
const WINDOW: Window = { settleMs: 250, measureMs: 900 };

/** Ticks a second under which an arm did not hold the rate. */
const HELD = 19;
/** Furthest our arm may lie from itself, in the middle, for the comparison to mean anything. */
const MAX_NOISE = 0.25;

/**
 * Compares what our pose channel costs the server with another way, both over what inputs alone cost, in rounds that
 * let each arm tick in turn. Ours has two turns a round: how far they lie apart is the noise.
 * @returns the figure and the noise
 */
export async function compareCost(name: string, other: Arm, people: number, bar: number): Promise<Metric[]> {
  const area = areaFor(people);
  const run = await ArmRun.start(
    (['input-only', other, 'ours'] as const).map((arm) => ({ arm, people, area })),
  );
  try {
    // Nobody has two turns in a row, and whoever comes late in one round comes early in the next.
    const orders = [
      ['input-only', 'ours', other, 'again'],
      [other, 'again', 'input-only', 'ours'],
    ] as const;
    const rounds = await countedRounds(async (round) => {
      const seen = new Map<string, Cost>();
      for (let pass = 0; pass < PASSES; pass++)
        for (const turn of orders[(round * PASSES + pass) % 2] ?? []) {
          const { server } = await run.window(turn === 'again' ? 'ours' : turn, WINDOW);
          seen.set(turn, addCost(seen.get(turn), server));
        }
      const telling = (turn: string) => tellingShare(seen.get(turn), seen.get('input-only'));
      return {
        ours: telling('ours'),
        again: telling('again'),
        other: { telling: telling(other), rate: rateOf(seen.get(other)) },
      };
    });
    const ratios = rounds.map((round) => (round.ours + round.again) / 2 / round.other.telling);
    const selves = rounds.map((round) => round.again / round.ours);
    const rate = median(rounds.map((round) => round.other.rate));
    const scaled = rate < HELD ? `; ${other} held only ${rate.toFixed(1)} Hz and is charged for 20` : '';
    const value = median(ratios);
    const noise = median(selves.map(apart));
    return [
      {
        name: `${name}-${people}`,
        value,
        unit: `times ${other} (${span(ratios)}${scaled})`,
        bar: `≤ ${bar}`,
        pass: value <= bar,
      },
      {
        name: `${name}-${people}-noise`,
        value: noise,
        unit: `ours against itself (${span(selves)})`,
        bar: `≤ ${MAX_NOISE}`,
        pass: noise <= MAX_NOISE,
      },
    ];
  } finally {
    await run.stop();
  }
}

/** Crowds of which the issue asks. */
export const SIZES = [200, 400, 1000] as const;
