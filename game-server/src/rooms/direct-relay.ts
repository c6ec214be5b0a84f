import {
  type DirectMessage,
  isBoundTo,
  type MediaMode,
  type PersonId,
  ProblemError,
  type Signal,
} from '@chatmux/schema';
import { choosePairs, type PossiblePair, pairKey, pairOf } from '../engine/direct-pairs.ts';
import type { Hearing, PersonState } from '../world/types.ts';
import { SignalLimits } from './signal-limits.ts';

/** How long somebody must reach the media server again before people speak with them through it, in milliseconds. */
export const REACH_STEADY_MS = 20_000;
/** How long two who are no longer a pair may still signal: while they change over, their old way must be mended. */
const OVERLAP_MS = 20_000;

type People = ReadonlyMap<PersonId, PersonState>;

/**
 * Who is connected directly in a room, and what they may say to each other for it.
 *
 * - [DR1] In direct mode it is everyone with those near to them; through the media server, only pairs with somebody who
 *   said that they can't reach it.
 * - [DR2] Who reaches it again is taken off that list 20 s after they said so, unless they say otherwise meanwhile.
 * - [DR3] Signals pass only between the two of a pair, or of one that was a pair within 20 s, while one is in the other's
 *   plan.
 * - [DR4] Descriptions pass only when they name the one certificate that the sender registered over their own connection,
 *   and its fingerprint is told with them.
 * - [DR5] Who named no certificate is connected with nobody: direct connections show one's network address.
 * - [DR6] What one sends is limited in all, and to each other (`signal-limits.ts`); browsers send again what was refused.
 */
export class DirectRelay {
  private readonly now: () => number;
  private readonly tell: (to: PersonId, message: DirectMessage) => void;
  /** Who can't reach the media server; since when they can again. */
  private readonly unreached = new Map<PersonId, number | undefined>();
  private readonly fingerprints = new Map<PersonId, string>();
  private pairs: ReadonlySet<number> = NO_PAIRS;
  /** With whom each is connected: `pairs` by person, as they were told. */
  private readonly others = new Map<PersonId, Set<PersonId>>();
  private readonly limits = new SignalLimits();
  /** Who knows nothing yet. */
  private readonly fresh = new Set<PersonId>();
  /** Pairs of before, and when they ended. */
  private readonly ended = new Map<number, number>();

  constructor(now: () => number, tell: (to: PersonId, message: DirectMessage) => void) {
    this.now = now;
    this.tell = tell;
  }

  /** Somebody says whether they can reach the media server. */
  setReach(id: PersonId, reached: boolean): void {
    if (!reached) this.unreached.set(id, undefined);
    else if (this.unreached.has(id) && this.unreached.get(id) === undefined)
      this.unreached.set(id, this.now());
  }

  /** Whether somebody reaches the media server, by their own word. */
  reaches(id: PersonId): boolean {
    return !this.unreached.has(id);
  }

  /** The certificate somebody uses from now on; a page that was loaded anew has another one. Null when they want none. */
  register(id: PersonId, fingerprint: string | null): void {
    if (fingerprint === null) this.fingerprints.delete(id);
    else this.fingerprints.set(id, fingerprint);
  }

  /** They joined or came back, and know nothing. */
  welcome(id: PersonId): void {
    this.fresh.add(id);
  }

  forget(id: PersonId): void {
    this.unreached.delete(id);
    this.fingerprints.delete(id);
    this.fresh.delete(id);
    this.limits.forget(id);
  }

  /** Decides the pairs anew, and tells everyone whose others changed. */
  update(people: People, mode: MediaMode, epoch: number): void {
    const now = this.now();
    for (const [id, since] of this.unreached)
      if (since !== undefined && now - since >= REACH_STEADY_MS) this.unreached.delete(id);
    for (const [key, at] of this.ended) {
      if (now - at < OVERLAP_MS) continue;
      this.ended.delete(key);
      this.limits.keep((a, b) => this.maySignal(a, b));
    }
    const isDirect = mode === 'direct';
    const isOff = (id: PersonId) => isDirect || this.unreached.has(id);
    const anyone = mode !== 'none' && (isDirect || this.unreached.size > 0);
    const mayBe = (id: PersonId) => this.fingerprints.has(id);
    const next = anyone ? choosePairs(possiblePairs(people, isOff, mayBe), this.pairs) : NO_PAIRS;
    const changed = new Set<PersonId>();
    for (const key of this.pairs) {
      if (next.has(key)) continue;
      this.ended.set(key, now);
      const [a, b] = pairOf(key);
      this.others.get(a)?.delete(b);
      this.others.get(b)?.delete(a);
      changed.add(a).add(b);
    }
    for (const key of next) {
      if (this.pairs.has(key)) continue;
      this.ended.delete(key);
      const [a, b] = pairOf(key);
      this.othersOf(a).add(b);
      this.othersOf(b).add(a);
      changed.add(a).add(b);
    }
    this.pairs = next;
    for (const id of this.fresh) if (this.others.has(id)) changed.add(id);
    this.fresh.clear();
    for (const id of changed) this.tellOthers(people, id, epoch);
  }

  private othersOf(id: PersonId): Set<PersonId> {
    const known = this.others.get(id);
    if (known) return known;
    const made = new Set<PersonId>();
    this.others.set(id, made);
    return made;
  }

  private tellOthers(people: People, id: PersonId, epoch: number): void {
    const ids = [...(this.others.get(id) ?? [])].sort((a, b) => a - b);
    if (ids.length === 0) this.others.delete(id);
    if (people.has(id)) this.tell(id, { epoch, ids });
  }

  /**
   * Looks whether a signal may pass. @returns what is added for its receiver
   * @throws ProblemError `not-in-plan`; `too-many`; `not-yours` for a certificate that is not the sender's
   */
  check(from: PersonId, signal: Signal, inReach: boolean): { fingerprint?: string } {
    const { to, description } = signal;
    if (!inReach || !this.maySignal(from, to))
      throw new ProblemError('not-in-plan', `Person ${to} is not within reach.`);
    this.limits.check(from, signal, this.now());
    if (!description) return {};
    const fingerprint = this.fingerprints.get(from);
    if (fingerprint === undefined || !isBoundTo(description.sdp, fingerprint))
      throw new ProblemError('not-yours', 'This description is not of the certificate you named.');
    return { fingerprint };
  }

  private maySignal(from: PersonId, to: PersonId): boolean {
    const key = pairKey(from, to);
    return this.pairs.has(key) || this.ended.has(key);
  }
}

const NO_PAIRS: ReadonlySet<number> = new Set();

const plays = (hearing: Hearing | undefined) => hearing !== undefined && (hearing.audio || hearing.video > 0);

/** Pairs of whom one receives the other, or will soon, and one is off the media server; each once. */
function possiblePairs(
  people: People,
  isOff: (id: PersonId) => boolean,
  mayBe: (id: PersonId) => boolean,
): PossiblePair[] {
  const found: PossiblePair[] = [];
  for (const person of people.values()) {
    if (!mayBe(person.id)) continue;
    for (const [id, hearing] of person.hearing) {
      const other = people.get(id);
      if (!other || !mayBe(id) || !(isOff(person.id) || isOff(id))) continue;
      const theirs = other.hearing.get(person.id);
      // The other one finds it, too.
      if (theirs && id < person.id) continue;
      const [here, there] = [person.mover.shown, other.mover.shown];
      const apart = Math.hypot(here.x - there.x, here.z - there.z);
      found.push({ a: person.id, b: id, apart, plays: plays(hearing) || plays(theirs) });
    }
  }
  return found;
}
