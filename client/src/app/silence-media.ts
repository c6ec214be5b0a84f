import type { Media } from '../media/index.ts';

/** Beyond every epoch a room may have. */
const LAST_EPOCH = Number.MAX_SAFE_INTEGER;

/**
 * Lets go of everyone, because we are in another room from now on. Devices, speakers and the permission to play stay.
 * Each room counts epochs for itself: in this order nothing of the old one is left, whichever numbers the next one has.
 */
export function silenceMedia(media: Pick<Media, 'handlePlan' | 'setPath'>): void {
  media.handlePlan({ epoch: LAST_EPOCH, entries: [] });
  media.setPath({ mode: 'none', epoch: LAST_EPOCH, iceServers: [] });
}
