import { type PersonId, ProblemError, type Signal } from '@chatmux/schema';
import { TokenBucket } from '../engine/token-bucket.ts';

/** Characters that one person may send to all others: fifteen connections at once, each with some ways to reach them. */
const CHARACTERS = { burst: 600_000, perSecond: 20_000 };
/** To one other: descriptions are work for the browser that takes them, and ways are tried out one by one. */
const DESCRIPTIONS = { burst: 20, perSecond: 1 };
const CANDIDATES = { burst: 120, perSecond: 8 };

const PERSON_IDS = 0x10000;

/** How much people may signal each other: what one sends, another one's line and browser must bear. */
export class SignalLimits {
  private readonly characters = new Map<PersonId, TokenBucket>();
  private readonly pairs = new Map<number, { descriptions: TokenBucket; candidates: TokenBucket }>();

  /** @throws ProblemError `too-many` */
  check(from: PersonId, { to, description, candidate }: Signal, nowMs: number): void {
    const size = (description?.sdp.length ?? 0) + (candidate?.candidate.length ?? 0);
    const pair = this.pairOf(from, to, nowMs);
    const fits =
      (!description || pair.descriptions.take(nowMs)) &&
      (!candidate || pair.candidates.take(nowMs)) &&
      this.charactersOf(from, nowMs).take(nowMs, size);
    if (!fits)
      throw new ProblemError('too-many', 'That was too much at once. It can be sent again in a moment.');
  }

  /** Forgets those who left, and those who don't signal each other any more. */
  keep(mayStill: (a: PersonId, b: PersonId) => boolean): void {
    for (const key of this.pairs.keys())
      if (!mayStill(Math.floor(key / PERSON_IDS), key % PERSON_IDS)) this.pairs.delete(key);
  }

  forget(id: PersonId): void {
    this.characters.delete(id);
  }

  private charactersOf(from: PersonId, nowMs: number): TokenBucket {
    return getOrMake(this.characters, from, () => new TokenBucket(CHARACTERS, nowMs));
  }

  private pairOf(from: PersonId, to: PersonId, nowMs: number) {
    return getOrMake(this.pairs, from * PERSON_IDS + to, () => ({
      descriptions: new TokenBucket(DESCRIPTIONS, nowMs),
      candidates: new TokenBucket(CANDIDATES, nowMs),
    }));
  }
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
