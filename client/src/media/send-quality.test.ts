import { MEDIA_SOURCES } from '@chatmux/schema';
import { expect, it } from 'vitest';
import { directEncoding, isWanted } from './direct/send-direct.ts';
import { activeLayers, cameraLayers, mostWanted } from './send-quality.ts';
import { FULL_VIEW, NO_VIEW } from './views.ts';

it('sends a direct picture in the size wanted', () => {
  const needs = { heardBy: true, screenSeenBy: 0, view: FULL_VIEW } as const;
  expect(isWanted('cam', { ...needs, seenBy: 0 })).toBe(false);
  const layers = ([1, 2, 3] as const).map((seenBy) => directEncoding('cam', { ...needs, seenBy }));
  expect(layers.map(({ scaleResolutionDownBy }) => scaleResolutionDownBy)).toEqual([4, 2, 1]);
  expect(layers.map(({ maxBitrate }) => maxBitrate)).toEqual([80_000, 300_000, 1_200_000]);
});

it('sends the full size of a small camera as well, and directly no less than that', () => {
  const scales = (width: number, height: number) =>
    cameraLayers({ getSettings: () => ({ width, height }) }).map((layer) => layer.scaleResolutionDownBy);
  expect([scales(960, 540), scales(540, 960), scales(1280, 720)]).toEqual([
    [4, 2, 1],
    [4, 2, 1],
    [4, 2, 1],
  ]);
  expect([scales(640, 480), scales(480, 270), scales(320, 240)]).toEqual([[2, 1], [2, 1], [1]]);
  expect(cameraLayers({ getSettings: () => ({}) })).toBe(cameraLayers());
  const cam = cameraLayers({ getSettings: () => ({ width: 480, height: 270 }) });
  const needs = { heardBy: true, screenSeenBy: 0, view: FULL_VIEW } as const;
  const sent = ([1, 2, 3] as const).map((seenBy) => directEncoding('cam', { ...needs, seenBy }, { cam }));
  expect(sent.map(({ scaleResolutionDownBy }) => scaleResolutionDownBy)).toEqual([2, 1, 1]);
});

it('sends a screen whole where it is wanted, and its sound only where that is', () => {
  const needs = { heardBy: false, seenBy: 0, view: FULL_VIEW } as const;
  const sent = ([0, 1, 2] as const).map((screenSeenBy) =>
    (['screen', 'screen-audio'] as const).filter((source) => isWanted(source, { ...needs, screenSeenBy })),
  );
  expect(sent).toEqual([[], ['screen'], ['screen', 'screen-audio']]);
  expect(directEncoding('screen', { ...needs, screenSeenBy: 1 }).scaleResolutionDownBy).toBe(1);
});

it('[VW3] sends directly no more than is of use to the other side, and never more than the plan says', () => {
  const needs = { heardBy: true, seenBy: 2, screenSeenBy: 2 } as const;
  const scale = (source: 'cam' | 'screen', cam: 1 | 3, screen: 1 | 3) =>
    directEncoding(source, { ...needs, view: { cam, screen } }).scaleResolutionDownBy;
  expect([scale('cam', 1, 3), scale('cam', 3, 3)]).toEqual([4, 2]);
  expect([scale('screen', 3, 1), scale('screen', 3, 3)]).toEqual([2, 1]);
  const sent = (view: typeof NO_VIEW) =>
    MEDIA_SOURCES.filter((source) => isWanted(source, { ...needs, view }));
  expect(sent(FULL_VIEW)).toEqual(['mic', 'cam', 'screen', 'screen-audio']);
  expect(sent(NO_VIEW)).toEqual(['mic', 'screen-audio']);
  expect(isWanted('cam', { ...needs, seenBy: 0, view: FULL_VIEW })).toBe(false);
});

it('sends a film with more pictures a second than a text', () => {
  const needs = { heardBy: false, seenBy: 0, screenSeenBy: 1, view: FULL_VIEW } as const;
  const rate = (screen: 'text' | 'motion') => directEncoding('screen', needs, { screen }).maxFramerate;
  expect([rate('text'), rate('motion')]).toEqual([15, 30]);
});

it('sends the server what the most demanding listener wants', () => {
  const nothing = { heard: false, seen: 0, screenSeen: 0, soon: false };
  const theirs = { audio: false, video: 0, screen: 0, carry: 'distance' } as const;
  const entry = { ...theirs, heardBy: false, seenBy: 0, screenSeenBy: 0 } as const;
  expect(mostWanted([])).toEqual(nothing);
  expect(mostWanted([{ ...entry, id: 1, audio: true, video: 3, screen: 2 }])).toEqual({
    ...nothing,
    soon: true,
  });
  expect(
    mostWanted([
      { ...entry, id: 1, heardBy: true, seenBy: 1 },
      { ...entry, id: 2, seenBy: 2, screenSeenBy: 1 },
    ]),
  ).toEqual({ heard: true, seen: 2, screenSeen: 1, soon: true });
});

it('runs only the layers up to the quality wanted', () => {
  expect(activeLayers(3, 0)).toEqual([false, false, false]);
  expect(activeLayers(3, 2)).toEqual([true, true, false]);
  expect(activeLayers(1, 3)).toEqual([true]);
});
