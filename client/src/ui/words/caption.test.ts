import { describe, expect, it } from 'vitest';
import { captionFor } from './caption.ts';
import { sayNames } from './people-names.ts';

describe('sayNames', () => {
  it.each([
    [[], ''],
    [['Ada'], 'Ada'],
    [['Ada', 'Lin'], 'Ada and Lin'],
    [['Ada', 'Lin', 'Bo'], 'Ada, Lin and Bo'],
    [['Ada', 'Lin', 'Bo', 'Mia'], 'Ada, Lin, Bo and Mia'],
    [['Ada', 'Lin', 'Bo', 'Mia', 'Sam'], 'Ada, Lin, Bo and 2 more'],
  ])('says %j as "%s"', (names, said) => {
    expect(sayNames(names)).toBe(said);
  });

  it('never says "and 1 more"', () => {
    for (let count = 0; count < 30; count++) {
      expect(sayNames(Array.from({ length: count }, (_, i) => `N${i}`))).not.toContain('and 1 more');
    }
  });
});

describe('captionFor', () => {
  const usual = {
    hears: ['Ada'],
    reaches: ['Ada'],
    mic: true,
    waits: false,
    voice: true,
    status: { deaf: false, busy: false },
  };

  it('is silent when nobody is near', () => {
    expect(captionFor({ ...usual, hears: [], reaches: [] })).toBe('');
    expect(captionFor({ ...usual, hears: [], reaches: [], mic: false, voice: false })).toBe('');
  });

  it('says whom the voice reaches', () => {
    const both = ['Ada', 'Lin'];
    expect(captionFor({ ...usual, hears: both, reaches: both })).toBe("You're talking to Ada and Lin.");
    expect(captionFor({ ...usual, hears: [], reaches: both })).toBe("You're talking to Ada and Lin.");
  });

  it('says what holding would do', () => {
    expect(captionFor({ ...usual, waits: true })).toBe('You hear Ada. Hold to talk.');
    expect(captionFor({ ...usual, waits: true, hears: [] })).toBe('Ada can hear you while you hold.');
    expect(captionFor({ ...usual, waits: true, mic: false })).toContain('microphone is off');
  });

  it('does not claim to be heard by those who hear nobody, or sit in the hall', () => {
    expect(captionFor({ ...usual, reaches: [] })).toBe("You hear Ada, who can't hear you from here.");
  });

  it('does not claim to talk with the microphone off', () => {
    expect(captionFor({ ...usual, mic: false })).toBe('You hear Ada. Your microphone is off.');
    expect(captionFor({ ...usual, hears: [], mic: false })).toBe('');
  });

  it('does not claim to hear when voices cannot travel', () => {
    expect(captionFor({ ...usual, voice: false })).toBe("You're beside Ada, but there is no voice yet.");
  });

  it('says what we chose to miss, wherever we stand', () => {
    const deaf = { deaf: true, busy: false };
    const alone = { ...usual, hears: [], reaches: [] };
    expect(captionFor({ ...usual, hears: [], status: deaf })).toBe('You hear nobody. Ada can hear you.');
    expect(captionFor({ ...alone, status: deaf })).toBe('You hear nobody: voices are off.');
    expect(captionFor({ ...alone, status: { deaf: false, busy: true } })).toMatch(/^Do not disturb is on/);
  });
});
