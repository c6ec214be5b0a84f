import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (name: string) => readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8');
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

/** How bright a colour is to the eye, 0 to 1, as WCAG reckons it. @param colour #rrggbb */
function brightness(colour: string): number {
  const [red = 0, green = 0, blue = 0] = all(colour, /([0-9a-f]{2})/g).map((pair) => {
    const part = Number.parseInt(pair, 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('the operators’ page', () => {
  const html = read('admin.html');
  const ids = all(html, /\bid="([\w-]+)"/g);

  it('has every element that its code looks for, once', () => {
    const wanted = all(read('admin.js'), /(?:byId|counted)\('([\w-]+)'/g);
    expect(wanted.length).toBeGreaterThan(10);
    expect(ids).toEqual(expect.arrayContaining(wanted));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('names every field, figure and section', () => {
    const named = all(html, /\b(?:for|aria-labelledby|aria-describedby)="([\w\s-]+)"/g);
    expect(ids).toEqual(expect.arrayContaining(named.flatMap((names) => names.split(' '))));
    const fields = all(html, /<(?:input|select) id="([\w-]+)"/g);
    expect(all(html, /<label for="([\w-]+)"/g).sort()).toEqual(fields.sort());
    expect(all(html, /(<table)/g)).toHaveLength(all(html, /(<caption)/g).length);
  });

  it.each([0, 1])(
    'draws the map’s lines so that they can be seen, in the light and in the dark (%i)',
    (scheme) => {
      const css = read('admin.css');
      const colour = (name: string) =>
        new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css)?.[scheme + 1] ?? '';
      const lines = /canvas \{[^}]*border: 0 solid var\(--(\w+)\)/.exec(css)?.[1] ?? '';
      const [one = 0, two = 0] = [brightness(colour(lines)), brightness(colour('raised'))].sort(
        (a, b) => b - a,
      );
      expect((one + 0.05) / (two + 0.05)).toBeGreaterThan(3);
      // A canvas takes no light-dark(), which is what a custom property would give it.
      expect(read('charts.js')).not.toContain('getPropertyValue');
    },
  );

  it('counts one person as one', async () => {
    const { amount } = await import(new URL('./page/charts.js', import.meta.url).href);
    expect([0, 1, 2].map((count) => amount(count, 'person', 'people'))).toEqual([
      '0 people',
      '1 person',
      '2 people',
    ]);
    expect(read('admin.js') + read('charts.js')).not.toMatch(/\} (people|circles)\b/);
  });
});
