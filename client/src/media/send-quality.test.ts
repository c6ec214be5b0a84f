import { expect, it } from 'vitest';
import { activeLayers, directLayer, mostWanted } from './send-quality.ts';

it('sends a direct picture in the size wanted', () => {
  expect(directLayer(0)).toBeUndefined();
  expect(
    [directLayer(1), directLayer(2), directLayer(3)].map((layer) => layer?.scaleResolutionDownBy),
  ).toEqual([4, 2, 1]);
  expect([directLayer(1), directLayer(2), directLayer(3)].map((layer) => layer?.maxBitrate)).toEqual([
    120_000, 400_000, 1_200_000,
  ]);
});

it('sends the server what the most demanding listener wants', () => {
  const entry = { audio: false, video: 0, carry: 'distance', heardBy: false, seenBy: 0 } as const;
  expect(mostWanted([])).toEqual({ heard: false, seen: 0 });
  expect(mostWanted([{ ...entry, id: 1, audio: true, video: 3 }])).toEqual({ heard: false, seen: 0 });
  expect(
    mostWanted([
      { ...entry, id: 1, heardBy: true, seenBy: 1 },
      { ...entry, id: 2, seenBy: 2 },
    ]),
  ).toEqual({ heard: true, seen: 2 });
});

it('runs only the layers up to the quality wanted', () => {
  expect(activeLayers(3, 0)).toEqual([false, false, false]);
  expect(activeLayers(3, 2)).toEqual([true, true, false]);
  expect(activeLayers(1, 3)).toEqual([true]);
});
