import { LIGHT, measureKeyPresses, median, TICK_MS } from '../browser/harness/key-presses.ts';
import { RunningWorld } from '../browser/harness/running-world.ts';
import { Visitor, waitFor } from '../browser/harness/visitor.ts';

const ROUNDS = 15;

/** How soon a key press shows: in our own browser, and in another's on loopback. */
export default async function keyPress() {
  const world = await RunningWorld.start({ MEDIA: 'direct' });
  const visitors: Visitor[] = [];
  try {
    for (const name of ['Ada', 'Lin']) visitors.push(await Visitor.enter(world.url, { name, ...LIGHT }));
    const [ada, lin] = visitors;
    if (!ada || !lin) throw new Error('two visitors came in');
    await waitFor(async () => !Number.isNaN(await lin.distance()), 'Lin sees Ada');
    const { ownFrames, seenMs } = await measureKeyPresses(ada, lin, ROUNDS);
    const own = median(ownFrames);
    const seen = median(seenMs) / TICK_MS;
    return [
      { name: 'key-press-own', value: own, unit: 'screen frames, median', bar: '≤ 1', pass: own <= 1 },
      { name: 'key-press-seen', value: seen, unit: 'ticks, median', bar: '≤ 4', pass: seen <= 4 },
    ];
  } finally {
    await Promise.all(visitors.map((visitor) => visitor.close()));
    await world.stop();
  }
}
