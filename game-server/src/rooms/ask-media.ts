import { clientMessages, ProblemError, type RtcRequest } from '@chatmux/schema';
import type { MediaPath } from '../engine/media-path.ts';
import type { MediaPort } from '../ports/media-port.ts';

/**
 * Checks what a client asks of the media server, and asks it.
 * @throws ProblemError `stale` when media takes another way now; what the media server refuses; a ZodError
 */
export function askMedia(
  media: MediaPort,
  path: MediaPath,
  session: string,
  data: unknown,
): Promise<unknown> {
  const request: RtcRequest = clientMessages.rtc.parse(data);
  checkEpoch(path, request.epoch, 'sfu');
  return media.rtc(session, request);
}

/** @throws ProblemError `stale` when the room's media doesn't take this way (any where none is named), or not since this epoch */
export function checkEpoch(path: MediaPath, epoch: number, mode: MediaPath['mode'] = path.mode): void {
  if (epoch !== path.epoch || path.mode !== mode)
    throw new ProblemError('stale', 'The way voices take has changed meanwhile.');
}
