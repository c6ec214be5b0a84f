import { type ClientMessageType, MAX_INPUTS_PER_SECOND, ProblemError } from '@chatmux/schema';
import { TokenBucket } from './token-bucket.ts';

/** What one client may send of each kind. Direct calls trade many candidates at once when a crowd meets. */
const LIMITS: Record<ClientMessageType, { burst: number; perSecond: number }> = {
  input: { burst: MAX_INPUTS_PER_SECOND * 2, perSecond: MAX_INPUTS_PER_SECOND },
  // Everybody in earshot is wired anew for it.
  devices: { burst: 12, perSecond: 1 },
  status: { burst: 20, perSecond: 5 },
  speaking: { burst: 20, perSecond: 6 },
  block: { burst: 20, perSecond: 2 },
  circle: { burst: 10, perSecond: 2 },
  // Looks into the database.
  identify: { burst: 10, perSecond: 0.5 },
  moderate: { burst: 20, perSecond: 2 },
  rtc: { burst: 100, perSecond: 25 },
  signal: { burst: 600, perSecond: 60 },
  reach: { burst: 10, perSecond: 0.2 },
  certificate: { burst: 5, perSecond: 0.2 },
};
/** Refusals told a client; beyond them it floods, and answering would only help it. */
const ANSWERS = { burst: 50, perSecond: 10 };

/** The limits of one connected client. */
export class ClientLimits {
  private readonly buckets: Record<ClientMessageType, TokenBucket>;
  private readonly answers: TokenBucket;

  constructor(nowMs: number) {
    this.buckets = {
      input: new TokenBucket(LIMITS.input, nowMs),
      devices: new TokenBucket(LIMITS.devices, nowMs),
      status: new TokenBucket(LIMITS.status, nowMs),
      speaking: new TokenBucket(LIMITS.speaking, nowMs),
      block: new TokenBucket(LIMITS.block, nowMs),
      circle: new TokenBucket(LIMITS.circle, nowMs),
      identify: new TokenBucket(LIMITS.identify, nowMs),
      moderate: new TokenBucket(LIMITS.moderate, nowMs),
      rtc: new TokenBucket(LIMITS.rtc, nowMs),
      signal: new TokenBucket(LIMITS.signal, nowMs),
      reach: new TokenBucket(LIMITS.reach, nowMs),
      certificate: new TokenBucket(LIMITS.certificate, nowMs),
    };
    this.answers = new TokenBucket(ANSWERS, nowMs);
  }

  /** @throws ProblemError `too-many` */
  check(type: ClientMessageType, nowMs: number): void {
    if (!this.buckets[type].take(nowMs))
      throw new ProblemError('too-many', 'That was too much at once. Please wait a moment.');
  }

  /** True when one more refusal may be told. */
  mayAnswer(nowMs: number): boolean {
    return this.answers.take(nowMs);
  }
}
