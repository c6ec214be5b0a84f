import { setTimeout as wait } from 'node:timers/promises';
import {
  type Forwarding,
  forwardByService,
  forwardRaw,
  type Hearing,
} from '../../../sfu/src/testing/forwarding.ts';
import { countedRounds, VoidRound } from './measure/rounds.ts';
import { apart, median, span } from './measure/stats.ts';

const SPEAKERS = 6;
const LISTENERS = 16;
const WINDOW_MS = 3000;
/** Frames of this many windows at least must arrive, or the machine was too busy to say anything. */
const LEAST_ARRIVED = 0.8;
const BAR = 1.05;
const MAX_NOISE = 0.05;
const ROUNDS = 9;

/** Processor time of the worker for a forwarded packet in microseconds, while everybody speaks. */
async function costOf({ voices, ears, cpuMs }: Forwarding): Promise<number> {
  for (const voice of voices.values()) voice.speak(-30);
  try {
    // Levels, counters and buffers have begun.
    await wait(500);
    const [packets, cpu] = [ears.packets, await cpuMs()];
    await wait(WINDOW_MS);
    const arrived = ears.packets - packets;
    const cost = ((await cpuMs()) - cpu) / arrived;
    const expected = SPEAKERS * LISTENERS * (WINDOW_MS / 20);
    if (arrived < expected * LEAST_ARRIVED)
      throw new VoidRound(`only ${arrived} of ${expected} packets arrived.`);
    return cost * 1000;
  } finally {
    for (const voice of voices.values()) voice.hush();
  }
}

/** What a forwarded packet costs the worker under our service, against mediasoup alone in the same topology. */
export default async function sfuTax() {
  const speakers = Array.from({ length: SPEAKERS }, (_, index) => `speaker ${index}`);
  const hearings: Hearing[] = Array.from({ length: LISTENERS }, (_, index) => ({
    listener: `listener ${index}`,
    playing: speakers,
    prepared: [],
  }));
  const arms = [await forwardRaw(hearings), await forwardByService(hearings), await forwardRaw(hearings)];
  try {
    const rounds = await countedRounds(async (round) => {
      const costs = [0, 0, 0];
      for (let turn = 0; turn < arms.length; turn++) {
        const index = (round + turn) % arms.length;
        const arm = arms[index];
        if (arm) costs[index] = await costOf(arm);
      }
      const [raw = 0, ours = 0, other = 0] = costs;
      return { tax: ours / ((raw + other) / 2), noise: other / raw, ours };
    }, ROUNDS);
    const taxes = rounds.map(({ tax }) => tax);
    const tax = median(taxes);
    const noise = apart(median(rounds.map((round) => round.noise)));
    console.error(
      `sfu-tax: ${span(taxes)}; ${median(rounds.map(({ ours }) => ours)).toFixed(1)} µs a packet`,
    );
    return [
      { name: 'sfu-tax', value: tax, unit: '× mediasoup alone', bar: `≤ ${BAR}`, pass: tax <= BAR },
      { name: 'sfu-tax-noise', value: noise, unit: 'off', bar: `≤ ${MAX_NOISE}`, pass: noise <= MAX_NOISE },
    ];
  } finally {
    for (const arm of arms) await arm.close();
  }
}
