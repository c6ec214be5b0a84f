import type { MediaMode } from '@chatmux/schema';

/** What the operator wants: the SFU where it can serve and direct otherwise, only the SFU, or only direct. */
export type MediaPolicy = 'auto' | 'sfu' | 'direct';

/** How long an SFU that went away is waited for before people are connected directly, in milliseconds. */
export const SFU_GRACE_MS = 2000;
/** How long an SFU must have been back before people who were connected directly meanwhile change over to it. */
export const SFU_STEADY_MS = 10_000;

/** Which way media takes in a room. `epoch` grows with every change; what belongs to an older one is over. */
export interface MediaPath {
  readonly mode: MediaMode;
  readonly epoch: number;
  /** Since when the SFU has been away, in milliseconds; undefined while it is up. */
  readonly downSince: number | undefined;
  /** Since when an SFU has been back while people are still connected directly. */
  readonly upSince?: number | undefined;
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
    // One that comes and goes must not make voices do the same.
    if (path.mode === 'direct') {
      if (path.upSince === undefined) return { ...path, upSince: nowMs };
      if (nowMs - path.upSince < SFU_STEADY_MS) return path;
    }
    // It may be another process than before: nothing that belonged to the old one is there any more.
    return { mode: 'sfu', epoch: path.epoch + 1, downSince: undefined };
  }
  if (path.downSince === undefined) return { ...path, downSince: nowMs };
  if (path.upSince !== undefined) return { ...path, upSince: undefined };
  if (policy === 'sfu' || path.mode === 'direct' || nowMs - path.downSince < SFU_GRACE_MS) return path;
  return { mode: 'direct', epoch: path.epoch + 1, downSince: path.downSince };
}
