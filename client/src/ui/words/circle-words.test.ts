import { describe, expect, it } from 'vitest';
import { circleName, circleSentence, knockWords, lockWords } from './circle-words.ts';

describe('circleSentence', () => {
  it.each([
    [['Lin'], 'In a circle with Lin'],
    [['Lin', 'Mo'], 'In a circle with Lin and Mo'],
    [['Lin', 'Mo', 'Bo', 'Ada', 'Sam'], 'In a circle with Lin, Mo and 3 more'],
    [[], 'In a circle'],
  ])('%j: %s', (names, words) => {
    expect(circleSentence(names)).toBe(words);
  });
});

it.each([
  [['Lin', 'Mo'], 'Lin’s circle'],
  [['Jonas'], 'Jonas’ circle'],
  [[], 'the circle'],
])('circleName of %j is %s', (names, words) => {
  expect(circleName(names)).toBe(words);
});

it('says what the lock does, not what it is', () => {
  expect(lockWords(true).action).toBe('Unlock');
  expect(lockWords(false).action).toBe('Lock');
});

it('says how a knock stands', () => {
  const all = [undefined, { letIn: false }, { letIn: true }].map((knocked) =>
    knockWords('Lin’s circle', knocked),
  );
  expect(all[0]).toMatch(/locked/);
  expect(all[1]).toMatch(/^You knocked/);
  expect(all[2]).toMatch(/let in/);
});
