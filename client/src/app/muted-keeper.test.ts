import { beforeEach, expect, it } from 'vitest';
import { store } from '../store/store.ts';
import type { PersonView } from '../store/types.ts';
import { MutedKeeper } from './muted-keeper.ts';

let silenced = 0;
const keeper = new MutedKeeper(() => {
  silenced += 1;
});
const be = (muted: boolean | undefined) =>
  store.setState({
    me: 7,
    people: muted === undefined ? {} : { 7: { id: 7, muted } as PersonView },
  });
const toasts = () => store.getState().toasts.map(({ text }) => text);

beforeEach(() => {
  store.setState({ phase: 'lobby', me: undefined, people: {} });
  silenced = 0;
  store.setState({ phase: 'world', toasts: [] });
});

it('turns off what has sound and says so, once, and says when it is over', () => {
  be(false);
  expect([silenced, toasts(), keeper.mayTurnOn()]).toEqual([0, [], true]);
  be(true);
  be(true);
  expect([silenced, toasts().length]).toEqual([1, 1]);
  expect(toasts()[0]).toContain('muted you');
  be(false);
  expect(toasts().at(-1)).toBe('You may speak again.');
  expect(keeper.mayTurnOn()).toBe(true);
});

it('says it again to whoever wants to turn something on', () => {
  be(true);
  store.setState({ toasts: [] });
  expect(keeper.mayTurnOn()).toBe(false);
  expect(toasts()[0]).toContain('muted you');
});

it('says nothing between two seats, and nothing at the next visit of what was before', () => {
  be(true);
  store.setState({ toasts: [] });
  be(undefined);
  be(true);
  expect([silenced, toasts()]).toEqual([1, []]);
  store.setState({ phase: 'lobby', me: undefined, people: {} });
  store.setState({ phase: 'world' });
  be(false);
  expect(toasts()).toEqual([]);
});
