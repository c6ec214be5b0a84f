import { expect, it, vi } from 'vitest';
import { BitrateWatch } from './bitrate-watch.ts';

/** @param rates at one look after the other; nothing afterwards */
function producer(id: string, source: 'mic' | 'cam', rates: number[]) {
  return { id, source, bitrate: vi.fn(async () => rates.shift() ?? 0) };
}
const idsOf = (producers: readonly { id: string }[]) => producers.map(({ id }) => id);

/** Looks so many times. @returns who floods, by look */
async function looks(watch: BitrateWatch, producers: ReturnType<typeof producer>[], count: number) {
  const found: string[][] = [];
  for (let i = 0; i < count; i++) found.push(idsOf(await watch.look(producers)));
  return found;
}

it('[BW2] names one that sends too much for long, and nobody else', async () => {
  const watch = new BitrateWatch();
  const flood = producer('flood', 'mic', Array(20).fill(2_000_000));
  const music = producer('music', 'mic', Array(20).fill(160_000));
  const face = producer('face', 'cam', Array(20).fill(2_000_000));
  const found = (await looks(watch, [flood, music, face], 10)).flat();
  expect(found).toEqual(['flood']);
});

it('[BW2] bears with a burst', async () => {
  const watch = new BitrateWatch();
  const burst = producer('burst', 'mic', [900_000, 30_000, 900_000, 30_000, 900_000, 30_000]);
  expect((await looks(watch, [burst], 30)).flat()).toEqual([]);
});

it('[BW1] looks at each one time in five', async () => {
  const watch = new BitrateWatch();
  const all = Array.from({ length: 12 }, (_, i) => producer(`${i}`, 'mic', [0]));
  await looks(watch, all, 20);
  for (const { bitrate } of all) expect(bitrate).toHaveBeenCalledTimes(4);
});
