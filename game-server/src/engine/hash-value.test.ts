import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashValue } from './hash-value.ts';

describe('hashValue', () => {
  it('is the same on every machine and in every version', () => {
    // A golden value: recordings that were made before must still agree.
    expect(hashValue({ b: [1, -0.5], a: new Map([[2, 'two']]) })).toBe('b6276e4256103367');
  });

  it('knows no order of maps, sets and keys', () => {
    const one = {
      a: 1,
      b: new Map([
        [1, 'x'],
        [2, 'y'],
      ]),
      c: new Set([3, 4]),
    };
    const two = {
      c: new Set([4, 3]),
      b: new Map([
        [2, 'y'],
        [1, 'x'],
      ]),
      a: 1,
      d: undefined,
    };
    expect(hashValue(one)).toBe(hashValue(two));
  });

  it('tells values apart that look alike', () => {
    const alike = [
      0,
      -0,
      Number.NaN,
      '',
      '0',
      null,
      false,
      [],
      {},
      new Map(),
      new Set(),
      [0],
      [[]],
      ['', ''],
      [' '],
      { a: 0 },
      new Map([['a', 0]]),
      new Set(['a']),
      0.1 + 0.2,
      0.3,
      [1, [2]],
      [[1], 2],
      new Map([[1, 2]]),
    ];
    expect(new Set(alike.map(hashValue)).size).toBe(alike.length);
  });

  it('finds one bit that differs in a long list', () => {
    const list = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(list, fc.nat(), (numbers, at) => {
        const index = at % numbers.length;
        const bits = new BigInt64Array(Float64Array.from(numbers).buffer);
        bits[index] = (bits[index] ?? 0n) ^ 1n;
        const changed = [...new Float64Array(bits.buffer)];
        fc.pre(!changed.some(Number.isNaN));
        expect(hashValue(changed)).not.toBe(hashValue(numbers));
      }),
    );
  });

  it('spreads: among many values that differ little none share a hash', () => {
    const hashes = new Set(Array.from({ length: 100_000 }, (_, i) => hashValue([i & 0xff, i >> 8])));
    expect(hashes.size).toBe(100_000);
  });

  it('refuses what is no plain data', () => {
    expect(() => hashValue(() => 1)).toThrow(TypeError);
    expect(() => hashValue(new Map([[{}, 1]]))).toThrow(TypeError);
  });
});
