import type { Problem } from '@chatmux/schema';

/**
 * What a failed join or return means. `final`: the same again would fail again, so the person must do something;
 * `no-seat`: the server is there but keeps no seat for us, or (`not-found`) knows no such room; `later`: trying again may
 * help.
 */
export interface Refusal {
  kind: 'final' | 'no-seat' | 'later';
  problem: Problem;
}

/** Statuses of the join route that are final, and the problems they stand for. The SDK hands on status and sentence. */
const FINAL: Readonly<Record<number, Problem['code']>> = {
  400: 'bad-message',
  403: 'not-yours',
  413: 'too-large',
  422: 'bad-name',
  426: 'bad-version',
};
/** Statuses that say a room or a seat is gone; Colyseus numbers its own refusals of a seat from 520 on. */
const isNoSeat = (code: number) =>
  code === 404 || code === 409 || code === 410 || (code >= 520 && code < 600);

/** Reads what the SDK threw. Undefined: the server was not reached at all. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'number') return undefined;
  const { code, message } = error;
  const final = FINAL[code];
  if (final) return { kind: 'final', problem: { code: final, message } };
  if (isNoSeat(code))
    return { kind: 'no-seat', problem: { code: code === 404 ? 'not-found' : 'stale', message } };
  if (code === 429) return { kind: 'later', problem: { code: 'too-many', message } };
  if (code === 503) return { kind: 'later', problem: { code: 'world-full', message } };
  return undefined;
}
