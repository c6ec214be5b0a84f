import { describe, expect, it } from 'vitest';
import { PROTOCOL_VERSION } from './constants.ts';
import { ProblemError, toProblem } from './errors.ts';
import { clientMessages, inputSchema, joinSchema, nameSchema } from './messages.ts';

describe('names', () => {
  it('are trimmed, and runs of space folded', () => {
    expect(nameSchema.parse('  Ada   Lovelace ')).toBe('Ada Lovelace');
  });
  it('lose what cannot be seen or turns the text around', () => {
    expect(nameSchema.parse('A\u202ed\u200ba\u0000')).toBe('Ada');
  });
  it('keep every script', () => {
    for (const name of ['Łukasz', '李小龍', 'محمد', 'हिन्दी', '👩 Ada', '👩🏽‍🚀', '❤️‍🔥', '🏳️‍🌈', '!'])
      expect(nameSchema.parse(name)).toBe(name);
  });
  it('lose half a surrogate pair, which nothing can encode', () => {
    expect(nameSchema.parse('abc\ud800')).toBe('abc');
    expect(nameSchema.parse('\udc00a\ud83d\u200b\ude00b')).toBe('ab');
  });
  it('are composed after what hides between the parts is gone', () => {
    expect(nameSchema.parse('e\u034f\u0301')).toBe('\u00e9');
  });
  it('lose joiners and selectors that belong to no emoji', () => {
    expect(nameSchema.parse('A\u200dd\ufe0fa\u{e0100}👩\u200d')).toBe('Ada👩');
  });
  it.each(['\u034f', '\ufe0f', '\u{e0100}', '\u200d\ufe0f', '\u0301', '\ud800', '\u2800'])(
    'refuse %j, of which nothing is seen',
    (name) => expect(nameSchema.safeParse(name).success).toBe(false),
  );
  it.each(['', '   ', '\u200b\u200b', '\u3164', 'x'.repeat(25), 'x'.repeat(10_000)])('refuse %j', (name) => {
    expect(nameSchema.safeParse(name).success).toBe(false);
  });
});

describe('inputs', () => {
  const good = { seq: 1, step: 2, gait: 1, heading: 3 };
  it('are taken when whole', () => expect(inputSchema.parse(good)).toEqual(good));
  it.each([
    ['NaN', { ...good, heading: Number.NaN }],
    ['infinity', { ...good, step: Number.POSITIVE_INFINITY }],
    ['a fraction', { ...good, step: 1.5 }],
    ['a text', { ...good, seq: '1' }],
    ['a place', { ...good, x: 100, z: 100 }],
    ['an unknown gait', { ...good, gait: 3 }],
    ['a heading beyond the circle', { ...good, heading: 65536 }],
    ['a negative step', { ...good, step: -1 }],
    ['nothing', undefined],
    ['a list', [good]],
  ])('refuse %s', (_what, input) => expect(inputSchema.safeParse(input).success).toBe(false));
});

it('a join needs the version, a name, a colour and a key', () => {
  const good = { version: PROTOCOL_VERSION, name: 'Ada', colour: 0, guestKey: 'a'.repeat(43) };
  expect(joinSchema.safeParse(good).success).toBe(true);
  for (const key of Object.keys(good)) {
    const { [key as keyof typeof good]: _left, ...rest } = good;
    expect(joinSchema.safeParse(rest).success, key).toBe(false);
  }
});

it('a parameter block of signalling has a limit', () => {
  const join = (blob: string) => ({ method: 'join', epoch: 1, rtpCapabilities: { blob } });
  expect(clientMessages.rtc.safeParse(join('x')).success).toBe(true);
  expect(clientMessages.rtc.safeParse(join('x'.repeat(60_000))).success).toBe(false);
});

it('a parameter block that decodes to what JSON cannot say is refused, and throws nothing else', () => {
  const itself: Record<string, unknown> = {};
  itself.me = itself;
  for (const rtpCapabilities of [{ count: 2n ** 64n }, itself])
    expect(clientMessages.rtc.safeParse({ method: 'join', epoch: 1, rtpCapabilities }).success).toBe(false);
});

describe('problems', () => {
  it('tell only what was meant for the other side', () => {
    expect(toProblem(new ProblemError('stale', 'Too old.'), 'input')).toEqual({
      code: 'stale',
      message: 'Too old.',
      about: 'input',
    });
    const secret = toProblem(new Error('password is swordfish'));
    expect(secret.code).toBe('internal');
    expect(JSON.stringify(secret)).not.toContain('swordfish');
  });
});
