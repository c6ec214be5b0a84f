import { describe, expect, it } from 'vitest';
import { hasDeafCanceller, type SoundSituation, soundStep } from './sound-step.ts';

const step = (change: Partial<SoundSituation> = {}) =>
  soundStep({
    choice: 'auto',
    speaker: '',
    micOn: true,
    cancelsEcho: true,
    deafCanceller: true,
    isWeak: false,
    ...change,
  });

describe('the rung', () => {
  it.each([
    'Headset (Jabra Evolve2)',
    'AirPods Pro',
    'Headphones (Realtek)',
    'Galaxy Buds2',
    'USB Head Phones',
  ])('is headphones for “%s”', (speaker) => {
    expect(step({ speaker })).toMatchObject({ rung: 'headphones', way: 'straight' });
    expect(step({ speaker }).why).toContain(speaker);
  });

  it.each(['Speakers (Realtek)', 'Default', 'HDMI 2', ''])('is speakers for “%s”', (speaker) =>
    expect(step({ speaker }).rung).toBe('speakers'),
  );

  it('is not the dear one on a weak device, unless it was chosen', () => {
    expect(step({ speaker: 'AirPods', isWeak: true })).toMatchObject({ rung: 'speakers' });
    expect(step({ choice: 'headphones', isWeak: true })).toMatchObject({ rung: 'headphones' });
  });

  it('is what was chosen, whatever the name says', () => {
    for (const choice of ['headphones', 'speakers', 'plain'] as const)
      expect(step({ choice, speaker: 'AirPods' })).toMatchObject({ rung: choice, why: 'You chose it.' });
  });
});

describe('the way', () => {
  it('is the loopback only where all of it comes together', () => {
    expect(step().way).toBe('loopback');
    expect(step({ choice: 'plain' }).way).toBe('loopback');
    expect(step({ micOn: false }).way).toBe('straight');
    expect(step({ cancelsEcho: false }).way).toBe('straight');
    expect(step({ deafCanceller: false }).way).toBe('straight');
    expect(step({ choice: 'headphones' }).way).toBe('straight');
  });
});

it('knows the browsers whose echo canceller is deaf to Web Audio', () => {
  const brands = (...names: string[]) => ({ userAgentData: { brands: names.map((brand) => ({ brand })) } });
  expect(hasDeafCanceller({ userAgent: '', ...brands('Not)A;Brand', 'Chromium', 'Microsoft Edge') })).toBe(
    true,
  );
  expect(hasDeafCanceller({ userAgent: 'Mozilla/5.0 (X11; Linux) Chrome/156.0.0.0 Safari/537.36' })).toBe(
    true,
  );
  expect(hasDeafCanceller({ userAgent: 'Mozilla/5.0 (X11; rv:140.0) Gecko/20100101 Firefox/140.0' })).toBe(
    false,
  );
  expect(hasDeafCanceller({ userAgent: 'Mozilla/5.0 (iPhone) CriOS/140.0 Mobile Safari/604.1' })).toBe(false);
});
