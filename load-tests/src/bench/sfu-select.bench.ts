import { setTimeout as wait } from 'node:timers/promises';
import { forwardByService, type Hearing } from '../../../sfu/src/testing/forwarding.ts';
import { median, span } from './measure/stats.ts';

const PEOPLE = 24;
/** Of the others around them, how many they hear, and how many more are prepared. */
const AUDIBLE = 8;
const PREPARED = 6;
const ROUNDS = 5;
const WINDOW_MS = 2000;
const FRAME_MS = 20;
/** Opus without a voice (DTX) sends a frame in so many. */
const SILENT_FRAMES = 20;
const BAR = 1.1;

/** A third talks, a third listens with the microphone on, a third has it off. */
const isTalking = (index: number) => index % 3 === 0;
const isSilent = (index: number) => index % 3 === 1;

/** Packets forwarded, against those that somebody in earshot says something with. */
export default async function sfuSelect() {
  const names = Array.from({ length: PEOPLE }, (_, index) => `person ${index}`);
  const around = (index: number, from: number, to: number) =>
    Array.from({ length: to - from }, (_, step) => names[(index + from + step + 1) % PEOPLE] ?? '');
  const hearings: Hearing[] = names.map((listener, index) => ({
    listener,
    playing: around(index, 0, AUDIBLE),
    prepared: around(index, AUDIBLE, AUDIBLE + PREPARED),
  }));
  const listeners = new Map<string, number>();
  for (const { playing } of hearings)
    for (const name of playing) listeners.set(name, (listeners.get(name) ?? 0) + 1);

  const crowd = await forwardByService(hearings);
  try {
    const ratios: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const before = crowd.ears.packets;
      let wanted = 0;
      for (let frame = 0; frame < WINDOW_MS / FRAME_MS; frame++) {
        names.forEach((name, index) => {
          const voice = crowd.voices.get(name);
          if (isTalking(index)) {
            voice?.sendFrame(-30);
            wanted += listeners.get(name) ?? 0;
          } else if (isSilent(index) && (frame + index) % SILENT_FRAMES === 0) voice?.sendFrame(-127);
        });
        await wait(FRAME_MS);
      }
      // The last ones are on their way.
      await wait(200);
      ratios.push((crowd.ears.packets - before) / wanted);
    }
    const ratio = median(ratios);
    console.error(`sfu-select: ${span(ratios)}`);
    // Fewer than are wanted would be lost ones, and no merit.
    const pass = ratio <= BAR && ratio >= 0.99;
    return [{ name: 'sfu-select', value: ratio, unit: '× what is said in earshot', bar: `≤ ${BAR}`, pass }];
  } finally {
    await crowd.close();
  }
}
