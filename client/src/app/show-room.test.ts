import { beforeEach, describe, expect, it } from 'vitest';
import { store } from '../store/store.ts';
import type { PersonView } from '../store/types.ts';
import { forgetKnock, forgetRoom, openKnocks, showKnock } from './show-room.ts';

const person = (id: number, circle: number, here = true): PersonView => ({
  id,
  identity: '',
  alsoMe: false,
  name: `N${id}`,
  colour: 0,
  mic: false,
  cam: false,
  screen: false,
  here,
  deaf: false,
  busy: false,
  speaking: false,
  role: 0,
  muted: false,
  pronouns: '',
  about: '',
  circle,
  me: id === 1,
});
const room = (mine: number, theirs: number, locked = true, here = true) => ({
  me: 1,
  people: { 1: person(1, mine), 2: person(2, theirs, here) },
  circles: { 5: { id: 5, locked } },
});
const knock = { from: 2, circle: 5 };

beforeEach(() => forgetRoom());

describe('a knock', () => {
  it('wants an answer while our circle is locked and they stand before it', () => {
    expect(openKnocks([knock], room(5, 0))).toEqual([knock]);
  });

  it.each([
    ['we left the circle', room(0, 0)],
    ['the circle was unlocked', room(5, 0, false)],
    ['they came in', room(5, 5)],
    ['they lost their connection', room(5, 0, true, false)],
    ['they went away', { ...room(5, 0), people: { 1: person(1, 5) } }],
    ['the circle is gone', { ...room(5, 0), circles: {} }],
    ['we are nobody yet', { ...room(5, 0), me: undefined }],
  ])('is over when %s', (_what, now) => expect(openKnocks([knock], now)).toEqual([]));

  it('of the same person is one, and is gone when it is answered', () => {
    showKnock(knock);
    showKnock({ from: 3, circle: 5 });
    showKnock(knock);
    expect(store.getState().knocks).toEqual([{ from: 3, circle: 5 }, knock]);
    forgetKnock(3);
    expect(store.getState().knocks).toEqual([knock]);
    forgetRoom();
    expect(store.getState().knocks).toEqual([]);
  });
});
