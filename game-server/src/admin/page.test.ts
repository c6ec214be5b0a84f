import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (name: string) => readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8');
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

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
});
