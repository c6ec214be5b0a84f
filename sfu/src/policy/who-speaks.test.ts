import { expect, it } from 'vitest';
import { HOLD_MS, WhoSpeaks } from './who-speaks.ts';

it('[WS1] tells who speaks, once', () => {
  const who = new WhoSpeaks();
  who.heard(['bo', 'al'], 1000);
  expect(who.change(1000)).toEqual(['al', 'bo']);
  who.heard(['al', 'bo'], 1250);
  expect(who.change(1250)).toBeUndefined();
});

it('[WS2] holds a voice over a short pause and lets it go after', () => {
  const who = new WhoSpeaks();
  who.heard(['al'], 0);
  who.change(0);
  expect(who.change(HOLD_MS - 1)).toBeUndefined();
  expect(who.nextMs).toBe(HOLD_MS);
  expect(who.change(HOLD_MS)).toEqual([]);
  expect(who.nextMs).toBeUndefined();
});

it('[WS2] asks again when the first of several falls silent', () => {
  const who = new WhoSpeaks();
  who.heard(['al'], 0);
  who.heard(['bo'], 200);
  who.change(200);
  expect(who.nextMs).toBe(HOLD_MS);
  expect(who.change(HOLD_MS)).toEqual(['bo']);
});

it('[WS3] forgets who has left at once, and is not disturbed by who never spoke', () => {
  const who = new WhoSpeaks();
  who.heard(['al', 'bo'], 0);
  who.change(0);
  who.forget('al');
  who.forget('cy');
  expect(who.change(1)).toEqual(['bo']);
});
