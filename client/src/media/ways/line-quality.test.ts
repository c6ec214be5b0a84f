import { describe, expect, it } from 'vitest';
import { createLineQuality, type LineLook } from './line-quality.ts';

const fine: LineLook = { voices: 2, packets: 100, lost: 0, answers: 1, jitterMs: 5, roundTripMs: 40 };
const loss: LineLook = { ...fine, packets: 90, lost: 10 };
const between: LineLook = { ...fine, packets: 95, lost: 5 };
const silence: LineLook = { ...fine, packets: 0, answers: 0 };
const nobody: LineLook = { ...silence, voices: 0, jitterMs: undefined, roundTripMs: undefined };

function judge(...looks: LineLook[]): string[] {
  const line = createLineQuality();
  return looks.map((look) => line.look(look));
}

describe('the line', () => {
  it.each([
    ['loss', loss],
    ['jitter', { ...fine, jitterMs: 60 }],
    ['a long way', { ...fine, roundTripMs: 400 }],
  ])('[LQ1] is weak after two looks with %s, and good after three without', (_what, bad) => {
    expect(judge(bad, bad, fine, fine, fine)).toEqual(['good', 'weak', 'weak', 'weak', 'good']);
    expect(judge(bad, fine, bad, fine)).toEqual(['good', 'good', 'good', 'good']);
  });
  it('[LQ1] stays as it is between the two limits', () => {
    expect(judge(between, between, between)).toEqual(['good', 'good', 'good']);
    expect(judge(loss, loss, between, between, between, between).at(-1)).toBe('weak');
    expect(judge(loss, loss, fine, fine, between, fine, fine).at(-1)).toBe('weak');
  });
  it('[LQ1] thinks nothing of one lost packet among a few', () => {
    const few = { ...fine, packets: 5, lost: 1 };
    expect(judge(few, few, few)).toEqual(['good', 'good', 'good']);
  });
  it('[LQ2] is lost when nothing comes twice, and weak from the first packet on', () => {
    expect(judge(silence, silence, silence, fine, fine, fine)).toEqual([
      'good',
      'lost',
      'lost',
      'weak',
      'weak',
      'good',
    ]);
  });
  it('[LQ2] is not lost where people are silent and the other end answers', () => {
    const quiet = { ...silence, answers: 1 };
    expect(judge(quiet, silence, quiet, silence, quiet)).toEqual(['good', 'good', 'good', 'good', 'good']);
  });
  it('[LQ3] is good where nobody speaks to us', () => {
    expect(judge(silence, silence, nobody, silence)).toEqual(['good', 'lost', 'good', 'good']);
  });
});
