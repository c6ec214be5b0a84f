import { EventEmitter } from 'node:events';
import type { FriendLimits, FriendRepository, Identity, Relation, RequestResult } from '@chatmux/db';
import { type Friends as FriendLists, ProblemError, type Somebody } from '@chatmux/schema';
import { RateLimiter } from '../engine/rate-limiter.ts';
import { Whereabouts } from './whereabouts.ts';

const DAY_MS = 86_400_000;
const LIMITS: FriendLimits = {
  requests: 50,
  waiting: 200,
  friends: 1000,
  blocks: 1000,
  patienceMs: 7 * DAY_MS,
};
/** Requests somebody may make: who finds a whole team at once, and then now and then. */
const REQUESTS = { burst: 30, perSecond: 1 / 60 };
/** People a search shows. */
const MOST_FOUND = 20;

/** Somebody blocks another, or no longer does. */
export interface Block {
  readonly by: string;
  readonly of: string;
  readonly on: boolean;
}

/** What becomes of friends, told to whoever shows it: once it is written. */
class FriendEvents extends EventEmitter<{ changed: [identityId: string]; block: [Block] }> {
  constructor() {
    super();
    // Each room listens.
    this.setMaxListeners(0);
  }
}

/** Who is whose friend, and what may be done about it. Each change is told to both. */
export class Friends {
  readonly events = new FriendEvents();
  readonly whereabouts = new Whereabouts();
  private readonly repository: FriendRepository;
  private readonly now: () => number;
  private readonly rate = new RateLimiter(REQUESTS);

  /** @param now wall clock, in milliseconds */
  constructor(repository: FriendRepository, now: () => number) {
    this.repository = repository;
    this.now = now;
  }

  /** All that somebody has to do with others, as they see it. */
  async of(id: string): Promise<FriendLists> {
    const { friends, incoming, outgoing, blocked } = await this.repository.of(id);
    const since = (one: Relation) => ({ ...toSomebody(one.identity), since: one.since });
    return {
      friends: friends.map((one) => ({
        ...since(one),
        ...saysOf(one.identity),
        ...this.whereabouts.of(one.identity.id),
      })),
      incoming: incoming.map(since),
      outgoing: outgoing.map(since),
      blocked: blocked.map(since),
    };
  }

  /** Everybody whose lists somebody is in, or who is in theirs. */
  async around(id: string): Promise<string[]> {
    const [{ friends, incoming, outgoing, blocked }, blocks] = await Promise.all([
      this.repository.of(id),
      this.repository.blocksAround(id),
    ]);
    const ids = [friends, incoming, outgoing, blocked].flat().map(({ identity }) => identity.id);
    return [...new Set([...ids, ...blocks.map(({ by }) => by)])].filter((one) => one !== id);
  }

  /** What others see of somebody is not what it was. @param ids who sees it: see `around` */
  tell(...ids: string[]): void {
    for (const id of ids) this.events.emit('changed', id);
  }

  /** Ids of somebody's friends. */
  async idsOf(id: string): Promise<string[]> {
    return (await this.repository.of(id)).friends.map(({ identity }) => identity.id);
  }

  async search(by: string, typed: string): Promise<Somebody[]> {
    return (await this.repository.search(by, typed, MOST_FOUND)).map(toSomebody);
  }

  /** @throws ProblemError `too-many`, `stale` or `not-found` */
  async request(from: string, to: string): Promise<void> {
    if (!this.rate.take(from, this.now()))
      throw new ProblemError('too-many', 'You asked many people at once. Please wait a minute.');
    refuse(await this.repository.request(from, to, LIMITS, this.now()));
    this.tell(from, to);
  }

  /** @throws ProblemError `not-found` or `too-many` */
  async accept(by: string, from: string): Promise<void> {
    const result = await this.repository.accept(by, from, LIMITS, this.now());
    if (result === 'not-found') throw over();
    refuse(result);
    this.tell(by, from);
  }

  /** @throws ProblemError `not-found` */
  async decline(by: string, from: string): Promise<void> {
    if (!(await this.repository.decline(by, from, this.now()))) throw over();
    // Who was declined sees no change, and hears of none.
    this.tell(by);
  }

  /** @throws ProblemError `not-found` */
  async cancel(by: string, to: string): Promise<void> {
    if (!(await this.repository.cancel(by, to))) throw over();
    this.tell(by, to);
  }

  /** @throws ProblemError `not-found` */
  async unfriend(by: string, other: string): Promise<void> {
    if (!(await this.repository.unfriend(by, other)))
      throw new ProblemError('not-found', 'You are not friends any more.');
    this.tell(by, other);
  }

  /** @throws ProblemError `not-found` or `too-many` */
  async block(by: string, other: string): Promise<void> {
    const result = await this.repository.block(by, other, LIMITS, this.now());
    if (result === 'not-found') throw nobody();
    if (result === 'too-many')
      throw new ProblemError('too-many', `You block ${LIMITS.blocks} people. Unblock somebody first.`);
    this.events.emit('block', { by, of: other, on: true });
    // Who sees no change hears of none.
    if (result === 'ended') this.tell(other);
    this.tell(by);
  }

  /** @throws ProblemError `not-found` */
  async unblock(by: string, other: string): Promise<void> {
    if (!(await this.repository.unblock(by, other)))
      throw new ProblemError('not-found', 'You don’t block them any more.');
    this.events.emit('block', { by, of: other, on: false });
    this.tell(by);
  }

  /** Everybody whom somebody blocks, or who blocks them. */
  blocksAround(id: string): Promise<{ by: string; of: string }[]> {
    return this.repository.blocksAround(id);
  }
}

const saysOf = ({ pronouns, about }: Identity) => ({
  ...(pronouns !== '' && { pronouns }),
  ...(about !== '' && { about }),
});
const toSomebody = ({ id, name, colour }: Identity): Somebody => ({ id, name, colour });
const nobody = () => new ProblemError('not-found', 'There is nobody of that kind here.');
const over = () => new ProblemError('not-found', 'This request is over: it was answered, or taken back.');

/** @throws ProblemError for what was not done */
function refuse(result: RequestResult): void {
  switch (result) {
    case 'asked':
    case 'friends':
      return;
    case 'already':
      throw new ProblemError('stale', 'You are friends already, or have asked.');
    case 'too-soon':
      throw new ProblemError('too-many', 'You asked them a short while ago. You can ask again in a week.');
    case 'too-many':
      throw new ProblemError(
        'too-many',
        `There can be ${LIMITS.requests} requests that wait, and ${LIMITS.friends} friends. One of you has as many.`,
      );
    case 'full':
      throw new ProblemError('too-many', 'They have very many requests to answer. Please ask another time.');
    case 'not-found':
      throw nobody();
  }
}
