import { KNOCK_PAUSE_TICKS, KNOCK_TICKS, LET_IN_TICKS } from '@chatmux/engine';
import { TICK_HZ } from '@chatmux/schema';
import type { Actions } from '../../app/actions.ts';
import { circleMembers } from '../../store/circle-members.ts';
import { store, toast } from '../../store/store.ts';
import type { AppState, PersonView } from '../../store/types.ts';

const TICK_MS = 1000 / TICK_HZ;
/** How long a knock is shown to both sides, in milliseconds: as long as the server lets it count. */
export const KNOCK_MS = KNOCK_TICKS * TICK_MS;
/** How long somebody who was let in may take to come, in milliseconds: the same. */
export const LET_IN_MS = LET_IN_TICKS * TICK_MS;

/** The circle we stand in with others: its lock, and who they are. Undefined while we stand alone. */
export function circleOfOurs(
  state: Pick<AppState, 'people' | 'circles' | 'me'>,
): { id: number; locked: boolean; others: PersonView[] } | undefined {
  const id = state.me === undefined ? 0 : (state.people[state.me]?.circle ?? 0);
  if (id === 0) return undefined;
  const others = (circleMembers(state.people).get(id) ?? []).filter((person) => !person.me);
  if (others.length === 0) return undefined;
  return { id, locked: state.circles[id]?.locked ?? false, others };
}

/** Locks our circle, or unlocks it. @returns false where there is none */
export function toggleLock(actions: Actions): boolean {
  const ours = circleOfOurs(store.getState());
  if (ours) actions.circle({ do: ours.locked ? 'unlock' : 'lock' });
  return ours !== undefined;
}

/** The server lets nobody knock sooner after a knock, in milliseconds. */
const PAUSE_MS = KNOCK_PAUSE_TICKS * TICK_MS;
let knockedAtMs = Number.NEGATIVE_INFINITY;

/**
 * Knocks at the locked circle we stand before.
 * @returns false where there is none, or our knock waits there
 */
export function knockAhead(actions: Actions, nowMs = performance.now()): boolean {
  const { circleAhead: circle, knocked } = store.getState();
  if (circle === 0 || knocked?.circle === circle) return false;
  if (nowMs - knockedAtMs < PAUSE_MS) {
    toast('You knocked a moment ago: please wait a little.');
    return true;
  }
  knockedAtMs = nowMs;
  store.setState({ knocked: { circle, letIn: false } });
  actions.circle({ do: 'knock', circle });
  return true;
}

/** Answers who has waited longest, or somebody in particular. @returns false where nobody knocks */
export function answerKnock(actions: Actions, letIn: boolean, from?: number): boolean {
  const id = from ?? store.getState().knocks[0]?.from;
  if (id === undefined) return false;
  actions.circle({ do: letIn ? 'let-in' : 'turn-away', id });
  return true;
}

/** Takes a knock that nobody answered off the list. */
export function forgetKnock(from: number): void {
  store.setState(({ knocks }) => ({ knocks: knocks.filter((knock) => knock.from !== from) }));
}
