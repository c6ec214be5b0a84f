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
  it('is silent when nobody is near', () => {
    expect(captionFor({ names: [], mic: true, voice: true })).toBe('');
    expect(captionFor({ names: [], mic: false, voice: false })).toBe('');
  });

  it('says whom the voice reaches', () => {
    expect(captionFor({ names: ['Ada', 'Lin'], mic: true, voice: true })).toBe(
      "You're talking to Ada and Lin.",
    );
  });

  it('does not claim to talk with the microphone off', () => {
    expect(captionFor({ names: ['Ada'], mic: false, voice: true })).toBe(
      'You hear Ada. Your microphone is off.',
    );
  });

  it('does not claim to hear when voices cannot travel', () => {
    expect(captionFor({ names: ['Ada'], mic: true, voice: false })).toBe(
      "You're beside Ada, but there is no voice yet.",
    );
  });
});
