import { expect, it } from 'vitest';
import { placeHash, readPlace } from './place-address.ts';

it.each([
  ['', {}],
  ['#', {}],
  ['#/', {}],
  ['#/plaza', { world: 'plaza' }],
  ['#/plaza/', { world: 'plaza' }],
  ['#/gull-beach/2', { world: 'gull-beach', copy: 2 }],
  ['#/plaza/999/', { world: 'plaza', copy: 999 }],
])('reads %j', (hash, place) => expect(readPlace(hash)).toEqual(place));

it.each([
  '#plaza',
  '#/Plaza',
  '#/plaza/0',
  '#/plaza/01',
  '#/plaza/-1',
  '#/plaza/1.5',
  '#/plaza/1000',
  '#/plaza/two',
  '#/plaza/2/3',
  '#//2',
  '#/../worlds',
  '#/%70laza',
  `#/${'a'.repeat(40)}`,
])('refuses %j', (hash) => expect(readPlace(hash)).toBeUndefined());

it.each([
  { world: 'plaza', copy: 1 },
  { world: 'beach', copy: 12 },
])('writes what it reads: %j', (place) => {
  expect({ copy: 1, ...readPlace(placeHash(place)) }).toEqual(place);
});
