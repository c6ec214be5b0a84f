import { expect, it } from 'vitest';
import { areSameViews, FULL_VIEW, faceLayer, NO_VIEW, screenLayer } from './views.ts';

it('[VW1] asks for a face with a little more lines than it is drawn with', () => {
  // A tile on a phone, on a desktop, on a screen with small pixels, and one that fills a window.
  expect([70, 110, 220, 900].map(faceLayer)).toEqual([1, 2, 3, 3]);
  const layers = Array.from({ length: 400 }, (_, height) => faceLayer(height));
  expect(layers).toEqual([...layers].sort());
});

it('[VW2] asks for a screen whole as soon as its words may be read', () => {
  expect([77, 234, 270, 900].map(screenLayer)).toEqual([1, 1, 3, 3]);
});

it('tells views that changed from those that did not', () => {
  const one = new Map([[4, FULL_VIEW]]);
  expect(areSameViews(one, new Map([[4, { cam: 3, screen: 3 }]]))).toBe(true);
  expect(areSameViews(one, new Map([[4, NO_VIEW]]))).toBe(false);
  expect(areSameViews(one, new Map([[5, FULL_VIEW]]))).toBe(false);
  expect(areSameViews(one, new Map())).toBe(false);
});
