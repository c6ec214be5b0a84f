import { areaFor } from './arms/field.ts';
import { ArmRun, poseBytesIn } from './measure/arm-run.ts';
import { countedRounds } from './measure/rounds.ts';
import { apart, median, span } from './measure/stats.ts';

const SIZES = [200, 1000] as const;
const BAR = 1.5;
const MAX_NOISE = 0.05;

/**
 * Bytes in which clients are told poses, WebSocket headers and all, against the least that could tell them: seven for
 * each visible mover, as often as its ring is told. The server counts that, tick by tick.
 */
export default async function poseBytes() {
  const run = await ArmRun.start(
    SIZES.map((people) => ({
      name: `${people}`,
      arm: 'ours-counting' as const,
      people,
      area: areaFor(people),
      decode: true,
    })),
  );
  try {
    const rounds = await countedRounds(async () => {
      const ratios: number[] = [];
      for (const size of SIZES) {
        const window = await run.window(`${size}`);
        ratios.push(poseBytesIn(window.bots.traffic) / window.server.owedBytes);
      }
      return ratios;
    });
    return SIZES.flatMap((size, i) => {
      const ratios = rounds.map((round) => round[i] ?? Number.NaN);
      const value = median(ratios);
      const noise = Math.max(...ratios.map((ratio) => apart(ratio / value)));
      return [
        {
          name: `pose-bytes-${size}`,
          value,
          unit: `times what is owed (${span(ratios)})`,
          bar: `≤ ${BAR}`,
          pass: value <= BAR,
        },
        {
          name: `pose-bytes-${size}-noise`,
          value: noise,
          unit: 'furthest round from the middle one',
          bar: `≤ ${MAX_NOISE}`,
          pass: noise <= MAX_NOISE,
        },
      ];
    });
  } finally {
    await run.stop();
  }
}
