import { expect, it } from 'vitest';
import { createVoiceRest, REST_AFTER_MS } from './voice-rest.ts';

/** Looks at a voice every 50 ms. @returns when it rested, in milliseconds */
function restsOf(
  rest: ReturnType<typeof createVoiceRest>,
  rmsAt: (ms: number) => number,
  untilMs: number,
): number[] {
  const rests: number[] = [];
  for (let ms = 0; ms <= untilMs; ms += 50) if (rest.observe(rmsAt(ms), ms)) rests.push(ms);
  return rests;
}

it('rests after a long silence and wakes at the first sound', () => {
  const rests = restsOf(createVoiceRest(), (ms) => (ms === 5000 ? 0.01 : 0.0004), 6000);
  expect(rests[0]).toBe(REST_AFTER_MS + 50);
  expect(rests.at(-1)).toBe(4950);
});

it('never rests between words', () =>
  expect(restsOf(createVoiceRest(), (ms) => (ms % 2000 === 0 ? 0.1 : 0), 20_000)).toEqual([]));

it('wakes, and stays awake, where it is looked at too seldom to hear a word begin', () => {
  const rest = createVoiceRest();
  restsOf(rest, () => 0, 4000);
  expect(rest.observe(0, 4050)).toBe(true);
  for (let ms = 4250; ms < 20_000; ms += 200) expect(rest.observe(0, ms)).toBe(false);
});
