import {
  type DirectMessage,
  isBoundTo,
  type MediaMode,
  type PersonId,
  ProblemError,
  type Signal,
} from '@chatmux/schema';
import { choosePairs, type PossiblePair, pairKey, pairOf } from '../engine/direct-pairs.ts';
import type { PersonState } from '../world/types.ts';

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
 */
export class DirectRelay {
  private readonly now: () => number;
  private readonly tell: (to: PersonId, message: DirectMessage) => void;
  /** Who can't reach the media server; since when they can again. */
  private readonly unreached = new Map<PersonId, number | undefined>();
  private readonly fingerprints = new Map<PersonId, string>();
  private readonly told = new Map<PersonId, string>();
  private pairs: ReadonlySet<number> = new Set();
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

  /** The certificate somebody uses from now on; a page that was loaded anew has another one. */
  register(id: PersonId, fingerprint: string): void {
    this.fingerprints.set(id, fingerprint);
  }

  /** They joined or came back, and know nothing. */
  welcome(id: PersonId): void {
    this.told.delete(id);
  }

  forget(id: PersonId): void {
    this.unreached.delete(id);
    this.fingerprints.delete(id);
    this.told.delete(id);
  }

  /** Decides the pairs anew, and tells everyone whose others changed. */
  update(people: People, mode: MediaMode, epoch: number): void {
    const now = this.now();
    for (const [id, since] of this.unreached)
      if (since !== undefined && now - since >= REACH_STEADY_MS) this.unreached.delete(id);
    for (const [key, at] of this.ended) if (now - at >= OVERLAP_MS) this.ended.delete(key);
    const isDirect = mode === 'direct';
    const isOff = (id: PersonId) => isDirect || this.unreached.has(id);
    const anyone = mode !== 'none' && (isDirect || this.unreached.size > 0);
    const next = anyone ? choosePairs(possiblePairs(people, isOff), this.pairs) : new Set<number>();
    for (const key of this.pairs) if (!next.has(key)) this.ended.set(key, now);
    for (const key of next) this.ended.delete(key);
    this.pairs = next;
    this.tellAll(people, epoch);
  }

  private tellAll(people: People, epoch: number): void {
    if (this.pairs.size === 0 && this.told.size === 0) return;
    const others = new Map<PersonId, PersonId[]>();
    for (const [a, b] of [...this.pairs].map(pairOf)) {
      others.set(a, [...(others.get(a) ?? []), b]);
      others.set(b, [...(others.get(b) ?? []), a]);
    }
    for (const id of people.keys()) {
      const ids = (others.get(id) ?? []).sort((a, b) => a - b);
      const summary = ids.join();
      const before = this.told.get(id);
      if (summary === (before ?? '')) continue;
      if (ids.length > 0) this.told.set(id, summary);
      else this.told.delete(id);
      this.tell(id, { epoch, ids });
    }
    for (const id of this.told.keys()) if (!people.has(id)) this.told.delete(id);
  }

  /**
   * Looks whether a signal may pass. @returns what is added for its receiver
   * @throws ProblemError `not-in-plan`; `not-yours` for a certificate that is not the sender's
   */
  check(from: PersonId, { to, description }: Signal, inReach: boolean): { fingerprint?: string } {
    const key = pairKey(from, to);
    if (!inReach || !(this.pairs.has(key) || this.ended.has(key)))
      throw new ProblemError('not-in-plan', `Person ${to} is not within reach.`);
    if (!description) return {};
    const fingerprint = this.fingerprints.get(from);
    if (fingerprint === undefined || !isBoundTo(description.sdp, fingerprint))
      throw new ProblemError('not-yours', 'This description is not of the certificate you named.');
    return { fingerprint };
  }
}

/** Pairs of whom one receives the other, or will soon, and one is off the media server. */
function possiblePairs(people: People, isOff: (id: PersonId) => boolean): PossiblePair[] {
  const found = new Map<number, { -readonly [K in keyof PossiblePair]: PossiblePair[K] }>();
  for (const person of people.values())
    for (const [id, { audio, video }] of person.hearing) {
      const other = people.get(id);
      if (!other || !(isOff(person.id) || isOff(id))) continue;
      const key = pairKey(person.id, id);
      const plays = audio || video > 0;
      const known = found.get(key);
      if (known) known.plays ||= plays;
      else {
        const [here, there] = [person.mover.shown, other.mover.shown];
        const apart = Math.hypot(here.x - there.x, here.z - there.z);
        found.set(key, { a: person.id, b: id, apart, plays });
      }
    }
  return [...found.values()];
}
