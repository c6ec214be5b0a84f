import { PERSON_COLOURS } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { PERSON_COLOUR_LIST, personColour, personColours } from './person-colours.ts';

const channels = (hex: string) =>
  [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];

/** WCAG 2 contrast ratio. */
function contrast(a: string, b: string): number {
  const [la, lb] = [a, b].map((hex) => {
    const [r, g, blue] = channels(hex);
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue + 0.05;
  }) as [number, number];
  return Math.max(la, lb) / Math.min(la, lb);
}

/** Full sight, and the three kinds of dichromacy in linear light (Machado, Oliveira and Fernandes 2009, severity 1). */
const SIGHTS = {
  full: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

function okLab(hex: string, sight: number[]): number[] {
  const light = channels(hex);
  const [r, g, b] = [0, 3, 6].map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        light.reduce((sum, c, i) => sum + c * (sight[row + i] ?? 0), 0),
      ),
    ),
  ) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

describe('person colours', () => {
  it('are as many as the schema numbers', () => {
    expect(personColours).toHaveLength(PERSON_COLOURS);
    expect(new Set(personColours).size).toBe(PERSON_COLOURS);
  });

  it.each(Object.entries(SIGHTS))('can be told apart with %s sight', (_, sight) => {
    const seen = personColours.map((hex) => okLab(hex, sight));
    for (const [i, a] of seen.entries())
      for (const [j, b] of seen.slice(0, i).entries()) {
        const distance = Math.hypot(...a.map((v, k) => v - (b[k] ?? 0)));
        expect(distance, `${personColours[i]} and ${personColours[j]}`).toBeGreaterThan(0.1);
      }
  });

  it.each(PERSON_COLOUR_LIST)(
    '$name reads as text on both themes and under its ink',
    ({ hex, onDark, onLight, ink }) => {
      expect(contrast(onDark, '#14161f')).toBeGreaterThanOrEqual(4.5);
      expect(contrast(onDark, '#1e2130')).toBeGreaterThanOrEqual(4.5);
      expect(contrast(onLight, '#f7f5f0')).toBeGreaterThanOrEqual(4.5);
      expect(contrast(onLight, '#ffffff')).toBeGreaterThanOrEqual(4.5);
      expect(contrast(hex, ink)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('wraps numbers from elsewhere', () => {
    expect(personColour(12)).toBe(personColour(0));
    expect(personColour(-1)).toBe(personColour(11));
  });
});
