import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PackProblem, pack, unpack } from './pack-graph.ts';

const throughJson = (value: unknown): unknown => unpack(JSON.parse(JSON.stringify(pack(value))));

describe('pack and unpack', () => {
  it('give back maps in their order, sets, and numbers that JSON has no word for', () => {
    const value = {
      map: new Map<unknown, unknown>([
        [9, new Set([3, 1])],
        [2, { a: -0, b: Number.NaN, c: Number.NEGATIVE_INFINITY, d: 0.1 + 0.2 }],
      ]),
      list: [null, true, 'text', []],
    };
    const back = throughJson(value);
    expect(back).toEqual(value);
    expect(JSON.stringify(pack(back))).toBe(JSON.stringify(pack(value)));
  });

  it('keep one object one object, and two alike two', () => {
    const link = { since: 1 };
    const back = throughJson({ a: link, b: [link], c: { since: 1 } }) as Record<'a' | 'c', unknown> & {
      b: unknown[];
    };
    expect(back.b[0]).toBe(back.a);
    expect(back.c).not.toBe(back.a);
  });

  it('leave out keys that hold undefined', () => {
    expect(Object.keys(throughJson({ a: undefined, b: 1 }) as object)).toEqual(['b']);
  });

  it('give back any plain data', () => {
    const data = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, false),
        fc.double(),
        fc.string({ unit: 'binary' }),
        fc.array(tie('value'), { maxLength: 4 }),
        fc
          .dictionary(fc.string(), tie('value'), { maxKeys: 4 })
          .filter((object) => Object.keys(object).every((key) => !key.startsWith('$'))),
        fc.array(fc.tuple(fc.integer(), tie('value')), { maxLength: 4 }).map((pairs) => new Map(pairs)),
        fc.array(fc.double(), { maxLength: 4 }).map((items) => new Set(items)),
      ),
    })).value;
    fc.assert(
      fc.property(data, (value) => {
        expect(throughJson(value)).toEqual(value);
      }),
    );
  });

  it('don’t let a key reach a prototype', () => {
    const back = unpack(JSON.parse('{"__proto__":{"admin":true}}'));
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('refuse what is no plain data', () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    for (const value of [cycle, { at: new Date(0) }, () => 1, { $map: 1 }, [undefined], 1n])
      expect(() => pack(value)).toThrow(PackProblem);
    expect(() => pack({ people: [{ at: new Date(0) }] })).toThrow('.people[0].at: only plain data');
  });

  it('refuse what pack never made', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 1000; i++) deep = [deep];
    for (const value of [{ $map: [[1]] }, { $map: 'x' }, { $set: 1 }, { $same: 1 }, deep])
      expect(() => unpack(value)).toThrow(PackProblem);
  });
});
