import { beforeEach, expect, it } from 'vitest';
import { Whereabouts } from './whereabouts.ts';

let all: Whereabouts;
let changed: string[];
const [PLAZA, BEACH] = [
  { world: 'plaza', name: 'Plaza', copy: 1 },
  { world: 'beach', name: 'Beach', copy: 2 },
] as const;
const HERE = { away: false, busy: false };
const AWAY = { away: true, busy: false };
const BUSY = { away: true, busy: true };

beforeEach(() => {
  all = new Whereabouts();
  changed = [];
  all.on('changed', (id) => changed.push(id));
});

it('is online with any page, until the last is closed, and told only when that changes', () => {
  expect(all.of('ann')).toEqual({ state: 'offline' });
  all.sits('ann', 'one', HERE, 'place');
  all.sits('ann', 'two', HERE);
  all.closed('ann', 'one');
  all.closed('ann', 'one');
  expect([all.of('ann'), all.pagesOf('ann')]).toEqual([{ state: 'online' }, 1]);
  all.closed('ann', 'two');
  expect([all.of('ann'), all.pagesOf('ann'), changed]).toEqual([{ state: 'offline' }, 0, ['ann', 'ann']]);
});

it('is away where all pages are, and busy where any is', () => {
  all.sits('ann', 'one', AWAY, 'place');
  expect(all.of('ann').state).toBe('away');
  all.sits('ann', 'two', HERE);
  expect(all.of('ann').state).toBe('online');
  all.sits('ann', 'one', BUSY);
  expect(all.of('ann').state).toBe('busy');
  all.closed('ann', 'one');
  expect(all.of('ann').state).toBe('online');
});

it('is where they went last, and back where they still are when they leave that', () => {
  all.entered('ann', 'seat', PLAZA, 'place');
  all.entered('ann', 'tab', BEACH, 'place');
  expect(all.of('ann')).toEqual({ state: 'online', place: BEACH });
  all.left('ann', 'tab');
  expect(all.of('ann')).toEqual({ state: 'online', place: PLAZA });
  all.left('ann', 'never');
  all.left('ann', 'seat');
  expect(all.of('ann')).toEqual({ state: 'offline' });
  all.left('bob', 'seat');
  expect(changed).toEqual(['ann', 'ann', 'ann', 'ann']);
});

it('shows no more than they want, from the moment on in which they want it', () => {
  all.sits('ann', 'one', HERE, 'nothing');
  all.entered('ann', 'seat', PLAZA, 'nothing');
  all.sits('ann', 'one', BUSY);
  expect([all.of('ann'), changed]).toEqual([{ state: 'offline' }, []]);
  all.show('ann', 'presence');
  expect(all.of('ann')).toEqual({ state: 'busy' });
  all.show('ann', 'place');
  expect(all.of('ann')).toEqual({ state: 'busy', place: PLAZA });
  all.show('ann', 'nothing');
  expect([all.of('ann'), changed]).toEqual([{ state: 'offline' }, ['ann', 'ann', 'ann']]);
  all.show('bob', 'place');
  expect(changed).toHaveLength(3);
});
