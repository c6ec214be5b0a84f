import { beforeEach, expect, it } from 'vitest';
import { Whereabouts } from './whereabouts.ts';

let all: Whereabouts;
let changed: string[];
const [PLAZA, BEACH] = [
  { world: 'plaza', name: 'Plaza', copy: 1 },
  { world: 'beach', name: 'Beach', copy: 2 },
];

beforeEach(() => {
  all = new Whereabouts();
  changed = [];
  all.on('changed', (id) => changed.push(id));
});

it('is online with any page, until the last is closed, and told only when that changes', () => {
  expect(all.of('ann')).toEqual({ online: false });
  all.opened('ann', 'one');
  all.opened('ann', 'two');
  all.closed('ann', 'one');
  all.closed('ann', 'one');
  expect([all.of('ann'), all.pagesOf('ann')]).toEqual([{ online: true }, 1]);
  all.closed('ann', 'two');
  expect([all.of('ann'), changed]).toEqual([{ online: false }, ['ann', 'ann']]);
});

it('is where they went last, and back where they still are when they leave that', () => {
  all.entered('ann', 'seat', PLAZA);
  all.entered('ann', 'tab', BEACH);
  expect(all.of('ann')).toEqual({ online: true, place: BEACH });
  all.left('ann', 'tab');
  expect(all.of('ann')).toEqual({ online: true, place: PLAZA });
  all.left('ann', 'never');
  all.left('ann', 'seat');
  expect(all.of('ann')).toEqual({ online: false });
  all.left('bob', 'seat');
  expect(changed).toEqual(['ann', 'ann', 'ann', 'ann']);
});
