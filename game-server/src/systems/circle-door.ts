import { KNOCK_PAUSE_TICKS, KNOCK_TICKS, LET_IN_TICKS } from '@chatmux/engine';
import { type CircleMessage, type PersonId, ProblemError } from '@chatmux/schema';
import type { CircleState, Knock } from '../world/grouping.ts';
import type { Effect } from '../world/types.ts';
import { CIRCLE_CAP, KNOCK_METRES } from './circle-rules.ts';
import { byAge, type GroupIndex, type GroupWorld, otherEnd, type Stander, type Tie } from './group-index.ts';
import type { Dirty } from './group-links.ts';

/**
 * [GP8–GP11] Does what somebody asks of a circle. Who comes in shows in the tick's grouping, not at once.
 * @throws ProblemError `not-a-member`: they are in no circle; `not-found`: no such circle or person; `bad-message`: a
 *   knock at their own circle, or at one that is open; `not-in-plan`: too far away to knock; `too-many`: knocks too
 *   often; `stale`: that knock is answered, over or never was
 */
export function askCircle(world: GroupWorld, person: Stander, ask: CircleMessage, effects: Effect[]): void {
  switch (ask.do) {
    case 'lock':
      setLock(world, ownCircle(world, person), true);
      return;
    case 'unlock':
      setLock(world, ownCircle(world, person), false);
      return;
    case 'knock':
      knock(world, person, ask.circle, effects);
      return;
    case 'let-in':
      answer(world, person, ask.id, true, effects);
      return;
    case 'turn-away':
      answer(world, person, ask.id, false, effects);
      return;
  }
}

function ownCircle({ grouping }: GroupWorld, person: Stander): CircleState {
  const circle = grouping.circles.get(person.circle);
  if (!circle) throw new ProblemError('not-a-member', 'You stand in no circle.');
  return circle;
}

function setLock({ grouping }: GroupWorld, circle: CircleState, locked: boolean): void {
  if (circle.locked === locked) return;
  circle.locked = locked;
  grouping.changedCircles.add(circle.id);
  if (!locked) grouping.touched.add(circle.id);
}

function knock(world: GroupWorld, person: Stander, id: number, effects: Effect[]): void {
  const { grouping, tick } = world;
  const circle = grouping.circles.get(id);
  if (!circle) throw new ProblemError('not-found', 'That circle is over.');
  if (person.circle === id) throw new ProblemError('bad-message', 'You stand in that circle already.');
  if (!circle.locked) throw new ProblemError('bad-message', 'That circle is open: just walk up to it.');
  const members = [...circle.members].flatMap((member) => world.people.get(member) ?? []);
  if (!members.some((member) => metresBetween(person, member) <= KNOCK_METRES))
    throw new ProblemError('not-in-plan', 'That circle is too far away: come nearer to knock.');
  const last = grouping.knocks.get(person.id);
  if (last && tick - last.tick < KNOCK_PAUSE_TICKS)
    throw new ProblemError('too-many', 'You knocked a moment ago: please wait a little.');
  grouping.knocks.set(person.id, { circle: id, tick, open: true });
  // Who blocks somebody is not asked to let them in.
  for (const member of members)
    if (member.here && !member.blocks?.has(person.id))
      effects.push({ type: 'knock', to: member.id, message: { from: person.id, circle: id } });
}

function metresBetween({ mover: { shown: one } }: Stander, { mover: { shown: two } }: Stander): number {
  return Math.hypot(one.x - two.x, one.z - two.z);
}

function answer(world: GroupWorld, person: Stander, id: PersonId, letIn: boolean, effects: Effect[]): void {
  const { grouping, tick } = world;
  const circle = ownCircle(world, person);
  if (!world.people.has(id)) throw new ProblemError('not-found', 'They are not here any more.');
  const asked = grouping.knocks.get(id);
  if (!asked?.open || asked.circle !== circle.id)
    throw new ProblemError('stale', 'That knock was answered already, or is over.');
  if (letIn) grouping.letIn.set(id, { circle: circle.id, until: tick + LET_IN_TICKS });
  close(id, asked, letIn, effects);
  for (const member of circle.members)
    if (member !== person.id) effects.push({ type: 'knock-over', to: member, message: { from: id } });
}

function close(id: PersonId, asked: Knock, letIn: boolean, effects: Effect[]): void {
  asked.open = false;
  effects.push({ type: 'knock-answer', to: id, message: { circle: asked.circle, letIn } });
}

/** [GP9] Those who were let in and are linked with a member become members; their other links stay outside. */
export function takeIn({ grouping, tick }: GroupWorld, index: GroupIndex, dirty: Dirty): void {
  const invited: { tie: Tie; id: PersonId; circle: CircleState }[] = [];
  for (const [id, permission] of grouping.letIn) {
    const circle = grouping.circles.get(permission.circle);
    if (!circle?.locked || tick >= permission.until) {
      grouping.letIn.delete(id);
      continue;
    }
    for (const tie of index.standings.get(id)?.ties ?? [])
      if (tie.link.linked) invited.push({ tie, id, circle });
  }
  for (const { tie, id, circle } of invited.sort((one, two) => byAge(one.tie, two.tie) || one.id - two.id)) {
    const guest = index.standings.get(id);
    if (!guest || !grouping.letIn.has(id) || otherEnd(tie, guest).circle !== circle.id) continue;
    if (circle.members.size >= CIRCLE_CAP) continue;
    grouping.letIn.delete(id);
    grouping.circles.get(guest.circle)?.members.delete(id);
    if (guest.circle !== 0) dirty.circles.add(guest.circle);
    guest.circle = circle.id;
    circle.members.add(id);
    dirty.circles.add(circle.id);
  }
}

/** [GP11] Answers knocks that nobody will answer any more, and forgets those that are over. */
export function tendKnocks({ grouping, people, tick }: GroupWorld, effects: Effect[]): void {
  for (const [id, asked] of grouping.knocks) {
    const circle = grouping.circles.get(asked.circle);
    const age = tick - asked.tick;
    if (asked.open && !people.get(id)?.here) asked.open = false;
    if (asked.open && !circle?.locked) close(id, asked, circle !== undefined, effects);
    if (asked.open && age >= KNOCK_TICKS) close(id, asked, false, effects);
    if (!asked.open && age >= KNOCK_PAUSE_TICKS) grouping.knocks.delete(id);
  }
}
