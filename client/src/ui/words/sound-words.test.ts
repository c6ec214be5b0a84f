import { expect, it } from 'vitest';
import { soundSentence } from './sound-words.ts';

it('says which step is on, why, and how it sounds', () =>
  expect(soundSentence({ rung: 'plain', way: 'straight', why: 'You chose it.' })).toBe(
    'Now: Plain. You chose it. Voices are near or far, but the same on both sides.',
  ));

it('says what the detour is for, and what happens without it', () => {
  expect(soundSentence({ rung: 'speakers', way: 'loopback', why: '' })).toContain('detour');
  expect(soundSentence({ rung: 'speakers', way: 'failed', why: '' })).toContain('Headphones help');
});
