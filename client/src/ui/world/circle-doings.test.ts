import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Actions } from '../../app/actions.ts';
import { store } from '../../store/store.ts';
import type { PersonView } from '../../store/types.ts';
import { answerKnock, circleOfOurs, forgetKnock, knockAhead, toggleLock } from './circle-doings.ts';

const person = (id: number, name: string, circle: number, more: Partial<PersonView> = {}): PersonView => ({
  id,
  name,
  identity: '',
  alsoMe: false,
  colour: 0,
  mic: true,
  cam: false,
  screen: false,
  here: true,
  deaf: false,
  busy: false,
  speaking: false,
  role: 0,
  muted: false,
  pronouns: '',
  about: '',
  circle,
  me: id === 1,
  ...more,
});
const asked = vi.fn();
const actions = { circle: asked } as Partial<Actions> as Actions;

beforeEach(() => {
  asked.mockClear();
  store.setState({
    me: 1,
    people: { 1: person(1, 'Me', 4), 2: person(2, 'Lin', 4), 3: person(3, 'Ada', 0) },
    circles: { 4: { id: 4, locked: true } },
    knocks: [{ from: 3, circle: 4 }],
    knocked: undefined,
    circleAhead: 0,
  });
});

describe('circleOfOurs', () => {
  it('is the circle, its lock and the others in it', () => {
    expect(circleOfOurs(store.getState())).toMatchObject({ id: 4, locked: true, others: [{ name: 'Lin' }] });
  });
  it('is none while we are alone in it, or in none', () => {
    store.setState({ people: { 1: person(1, 'Me', 4), 2: person(2, 'Lin', 4, { here: false }) } });
    expect(circleOfOurs(store.getState())).toBeUndefined();
    store.setState({ people: { 1: person(1, 'Me', 0) } });
    expect(circleOfOurs(store.getState())).toBeUndefined();
  });
});

describe('what keys and buttons do', () => {
  it('locks and unlocks', () => {
    expect(toggleLock(actions)).toBe(true);
    store.setState({ circles: {} });
    toggleLock(actions);
    expect(asked.mock.calls).toEqual([[{ do: 'unlock' }], [{ do: 'lock' }]]);
    store.setState({ people: {} });
    expect(toggleLock(actions)).toBe(false);
  });

  it('knocks once at the circle ahead', () => {
    expect(knockAhead(actions, 0)).toBe(false);
    store.setState({ circleAhead: 9 });
    expect(knockAhead(actions, 0)).toBe(true);
    expect(knockAhead(actions, 9000)).toBe(false);
    expect(asked.mock.calls).toEqual([[{ do: 'knock', circle: 9 }]]);
  });

  it('asks for patience after a refusal, as the server would', () => {
    store.setState({ circleAhead: 9, toasts: [] });
    knockAhead(actions, 100_000);
    store.setState({ knocked: undefined });
    expect(knockAhead(actions, 104_000)).toBe(true);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(store.getState().toasts).toHaveLength(1);
    knockAhead(actions, 105_000);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('answers who has waited longest, or somebody in particular', () => {
    store.setState({
      knocks: [
        { from: 3, circle: 4 },
        { from: 9, circle: 4 },
      ],
    });
    expect(answerKnock(actions, true)).toBe(true);
    answerKnock(actions, false, 9);
    expect(asked.mock.calls).toEqual([[{ do: 'let-in', id: 3 }], [{ do: 'turn-away', id: 9 }]]);
    forgetKnock(3);
    expect(store.getState().knocks).toEqual([{ from: 9, circle: 4 }]);
    store.setState({ knocks: [] });
    expect(answerKnock(actions, false)).toBe(false);
  });
});
