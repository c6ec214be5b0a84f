import type { KnockAnswerMessage, KnockMessage } from '@chatmux/schema';
import type { Roster } from '@chatmux/schema/roster';
import { store, toast } from '../store/store.ts';
import type { AppState } from '../store/types.ts';
import { circlesOf, peopleOf } from './people-of.ts';

/** Puts people and circles of a room into the store; what stayed the same keeps its identity. */
export function showRoster(roster: Roster): void {
  const before = store.getState();
  const people = peopleOf(roster.people.entries(), before.me, before.people);
  const circles = circlesOf(roster.circles.entries(), before.circles);
  const change: Partial<AppState> = {};
  if (people !== before.people) change.people = people;
  if (circles !== before.circles) change.circles = circles;
  const knocks = openKnocks(before.knocks, { ...before, people, circles });
  if (knocks.length !== before.knocks.length) change.knocks = knocks;
  if (Object.keys(change).length > 0) store.setState(change);
}

/** Knocks that still want an answer: at our own circle, which is locked, by somebody who is still outside of it. */
export function openKnocks(
  knocks: readonly KnockMessage[],
  { people, circles, me }: Pick<AppState, 'people' | 'circles' | 'me'>,
): KnockMessage[] {
  const mine = me === undefined ? 0 : (people[me]?.circle ?? 0);
  return knocks.filter(
    ({ from, circle }) =>
      circle === mine && circles[circle]?.locked && people[from]?.here && people[from].circle !== circle,
  );
}

/** Somebody knocks; who knocks again is still one. */
export function showKnock(knock: KnockMessage): void {
  const others = store.getState().knocks.filter(({ from }) => from !== knock.from);
  store.setState({ knocks: [...others, knock] });
}

export function forgetKnock(from: number): void {
  store.setState((state) => ({ knocks: state.knocks.filter((knock) => knock.from !== from) }));
}

/** What became of our knock. */
export function showKnockAnswer({ circle, letIn }: KnockAnswerMessage): void {
  store.setState({ knocked: letIn ? { circle, letIn } : undefined });
  if (letIn) toast('You are let in: walk up to them.', 'good');
  else toast('Not now: they would rather stay among themselves.');
}

export function showVideo(id: number, stream: MediaStream | undefined): void {
  const { [id]: _old, ...others } = store.getState().videos;
  store.setState({ videos: stream ? { ...others, [id]: stream } : others });
}

export function showScreen(id: number, stream: MediaStream | undefined): void {
  const { [id]: _old, ...others } = store.getState().screens;
  const screens = stream ? { ...others, [id]: stream } : others;
  // The next one begins small.
  if (Object.keys(screens).length === 0) store.setState({ largeScreen: { id: undefined, full: false } });
  store.setState({ screens });
}

/** Nothing of the room we were in is true any more. */
export function forgetRoom(): void {
  store.setState({
    me: undefined,
    people: {},
    circles: {},
    knocks: [],
    knocked: undefined,
    blocked: [],
    near: [],
    zone: undefined,
    circleAhead: 0,
    speaking: {},
    // Ids are the room's: elsewhere they are other people.
    personSound: {},
    videos: {},
    screens: {},
    largeScreen: { id: undefined, full: false },
  });
}
