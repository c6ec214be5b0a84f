import { expect, it } from 'vitest';
import type { ZoneView } from '../../store/types.ts';
import { zoneSentence } from './zone-words.ts';

it('names the place and says what it does with voices', () => {
  expect(zoneSentence({ kind: 'room', name: 'Meeting room' })).toBe(
    'Meeting room: everyone inside hears each other, and nobody outside does.',
  );
});

it('has words of its own for each kind', () => {
  const kinds: ZoneView['kind'][] = ['room', 'stage', 'hall', 'quiet', 'portal'];
  expect(new Set(kinds.map((kind) => zoneSentence({ kind, name: 'Here' }))).size).toBe(kinds.length);
});
