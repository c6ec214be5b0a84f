import type { MediaMode } from '@chatmux/schema';

/** What the operator wants: the SFU where it can serve and direct otherwise, only the SFU, or only direct. */
export type MediaPolicy = 'auto' | 'sfu' | 'direct';

/** How long a room that opens waits for its first SFU before people are connected directly, in milliseconds. */
export const SFU_START_MS = 2000;
/** How long an SFU must have been back before people who were connected directly meanwhile change over to it. */
export const SFU_STEADY_MS = 20_000;
/** An SFU that is lost sooner than this after such a change must be steady twice as long the next time... */
const SFU_TRUST_MS = 60_000;
/** ...and at most so long. */
export const SFU_MOST_STEADY_MS = 160_000;

/** Which way media takes in a room. `epoch` grows with every change; what belongs to an older one is over. */
export interface MediaPath {
  readonly mode: MediaMode;
  readonly epoch: number;
  /** Since when the SFU has been away, in milliseconds; undefined while it is up. */
  readonly downSince: number | undefined;
  /** Since when an SFU has been back while people are still connected directly. */
  readonly upSince?: number | undefined;
  /** Since when it serves again after people were connected directly. */
  readonly backSince?: number | undefined;
  /** How long it must be steady the next time; SFU_STEADY_MS when missing. */
  readonly steadyMs?: number | undefined;
}

/** @param epoch first epoch; later rooms must start higher than earlier ones ended, so take the clock's seconds */
export function startMediaPath(policy: MediaPolicy, sfuUp: boolean, epoch: number, nowMs: number): MediaPath {
  if (policy === 'direct') return { mode: 'direct', epoch, downSince: undefined };
  return { mode: sfuUp ? 'sfu' : 'none', epoch, downSince: sfuUp ? undefined : nowMs };
}

/**
 * The path after the SFU was seen up or down at a time; the same object when nothing changed.
 *
 * - [MO1] An SFU that went away is left at once: one that only lost its worker stays connected and mends itself. A room
 *   that opens waits 2 s for its first one.
 * - [MO2] People go back to it when it was there for 20 s without a break; so there are at most two changes in any 20 s,
 *   and one alone while it comes and goes.
 * - [MO3] Lost within a minute after people went back, it must be there twice as long the next time, 160 s at most.
 * - [MO4] Where the operator wants the SFU or direct calls alone, that is what it stays.
 */
export function nextMediaPath(
  path: MediaPath,
  policy: MediaPolicy,
  sfuUp: boolean,
  nowMs: number,
): MediaPath {
  if (policy === 'direct') return path;
  const { mode, epoch, downSince, upSince, backSince, steadyMs = SFU_STEADY_MS } = path;
  if (sfuUp) {
    if (mode === 'sfu' && downSince === undefined) return path;
    if (mode === 'direct') {
      if (upSince === undefined) return { ...path, upSince: nowMs };
      if (nowMs - upSince < steadyMs) return path;
      return { mode: 'sfu', epoch: epoch + 1, downSince: undefined, backSince: nowMs, steadyMs };
    }
    // It may be another process than before: nothing that belonged to the old one is there any more.
    return { mode: 'sfu', epoch: epoch + 1, downSince: undefined };
  }
  if (upSince !== undefined) return { ...path, upSince: undefined };
  const since = downSince ?? nowMs;
  const leaves = policy === 'auto' && (mode === 'sfu' || (mode === 'none' && nowMs - since >= SFU_START_MS));
  if (!leaves) return downSince === undefined ? { ...path, downSince: nowMs } : path;
  const soon = backSince !== undefined && nowMs - backSince < SFU_TRUST_MS;
  const next = soon ? Math.min(2 * steadyMs, SFU_MOST_STEADY_MS) : SFU_STEADY_MS;
  return { mode: 'direct', epoch: epoch + 1, downSince: since, steadyMs: next };
}
