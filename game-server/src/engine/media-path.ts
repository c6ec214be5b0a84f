import type { MediaMode } from '@chatmux/schema';

/** What the operator wants: the SFU where it can serve and direct otherwise, only the SFU, or only direct. */
export type MediaPolicy = 'auto' | 'sfu' | 'direct';

/** How long an SFU that went away is waited for before people are connected directly, in milliseconds. */
export const SFU_GRACE_MS = 2500;

/** Which way media takes in a room. `epoch` grows with every change; what belongs to an older one is over. */
export interface MediaPath {
  readonly mode: MediaMode;
  readonly epoch: number;
  /** Since when the SFU has been away, in milliseconds; undefined while it is up. */
  readonly downSince: number | undefined;
}

/** @param epoch first epoch; later rooms must start higher than earlier ones ended, so take the clock's seconds */
export function startMediaPath(policy: MediaPolicy, sfuUp: boolean, epoch: number, nowMs: number): MediaPath {
  if (policy === 'direct') return { mode: 'direct', epoch, downSince: undefined };
  return { mode: sfuUp ? 'sfu' : 'none', epoch, downSince: sfuUp ? undefined : nowMs };
}

/** [MO] The path after the SFU was seen up or down at a time; the same object when nothing changed. */
export function nextMediaPath(
  path: MediaPath,
  policy: MediaPolicy,
  sfuUp: boolean,
  nowMs: number,
): MediaPath {
  if (policy === 'direct') return path;
  if (sfuUp) {
    if (path.mode === 'sfu' && path.downSince === undefined) return path;
    // It may be another process than before: nothing that belonged to the old one is there any more.
    return { mode: 'sfu', epoch: path.epoch + 1, downSince: undefined };
  }
  if (path.downSince === undefined) return { ...path, downSince: nowMs };
  if (policy === 'sfu' || path.mode === 'direct' || nowMs - path.downSince < SFU_GRACE_MS) return path;
  return { mode: 'direct', epoch: path.epoch + 1, downSince: path.downSince };
}
