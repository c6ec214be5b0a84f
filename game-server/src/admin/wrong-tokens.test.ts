import { describe, expect, it } from 'vitest';
import { WrongTokens } from './wrong-tokens.ts';

describe('WrongTokens', () => {
  it('lets an address wait from the tenth on, until a minute after its first', () => {
    const wrong = new WrongTokens();
    for (let i = 0; i < 9; i++) wrong.note('a', i * 1000);
    expect(wrong.mustWait('a', 9000)).toBe(false);
    wrong.note('a', 9000);
    expect(wrong.mustWait('a', 59_999)).toBe(true);
    expect(wrong.mustWait('b', 59_999)).toBe(false);
    expect(wrong.mustWait('a', 60_000)).toBe(false);
    wrong.note('a', 60_000);
    expect(wrong.mustWait('a', 60_001)).toBe(false);
  });

  it('holds no more addresses than it may, and forgets the one that erred longest ago', () => {
    const wrong = new WrongTokens();
    for (let i = 0; i < 10; i++) wrong.note('first', 0);
    for (let i = 0; i < 9_999; i++) wrong.note(`other ${i}`, 1);
    expect(wrong.mustWait('first', 2)).toBe(true);
    wrong.note('one more', 2);
    expect(wrong.mustWait('first', 2)).toBe(false);
  });
});
