import type { SignalReceived } from '@chatmux/schema';

/** What one end knows of the two numbers of a connection. */
export interface Numbers {
  /** Names our connection. */
  readonly own: number;
  /** Names theirs, once heard. */
  readonly theirs: number | undefined;
  /** A description of theirs was applied: from here on ours works with that one and no other. */
  readonly bound: boolean;
}

/** take: it is meant for this connection; replace: they have begun anew, so must we; drop: it is of the past. */
export type Verdict = 'take' | 'replace' | 'drop';

/** A signal without a description and a candidate only says "I am here, under this number; please offer". */
export function isHello(signal: SignalReceived): boolean {
  return !signal.description && !signal.candidate;
}

/**
 * [DN] Which connection a signal belongs to. Browsers reload and connections are rebuilt while signals are on the way;
 * signals of one sender arrive in the order they were sent.
 *
 * - [DN1] What names another connection of ours than the present one is dropped.
 * - [DN2] Under the number we know, it is taken.
 * - [DN3] A candidate or an answer never introduces a number on a bound connection; a candidate never introduces one.
 * - [DN4] While nothing of theirs was applied, a description or hello under another number is taken: theirs is new,
 *   ours still fits.
 * - [DN5] On a bound connection an offer or hello under another number means that they began anew.
 */
export function judgeSignal(numbers: Numbers, signal: SignalReceived): Verdict {
  if (signal.peerConnection !== undefined && signal.peerConnection !== numbers.own) return 'drop';
  if (signal.connection === numbers.theirs) return 'take';
  if (signal.candidate && !signal.description) return 'drop';
  if (!numbers.bound) return 'take';
  return isHello(signal) || signal.description?.type === 'offer' ? 'replace' : 'drop';
}
