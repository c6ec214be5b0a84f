import { POSE_HEADROOM, POSES_TYPE } from '@chatmux/schema';
import { type Client, ClientState, Protocol } from '@colyseus/core';

/** Bytes that may wait to be sent before a client is told no more poses; it is told everything once they are sent. */
const MAX_WAITING_BYTES = 64 * 1024;
/** What Colyseus puts before bytes of a numbered type: its own code, and the number (one byte up to 127). */
const HEADER = Uint8Array.of(Protocol.ROOM_DATA_BYTES, POSES_TYPE);
if (HEADER.length > POSE_HEADROOM) throw new Error('the header does not fit before a pose frame');

/**
 * True when a client can't take poses now: it has not said yet that it joined, and Colyseus would keep them all, or it
 * reads more slowly than it is told.
 */
export function isLineFull({ state, ref }: Client): boolean {
  if (state !== ClientState.JOINED) return true;
  return 'bufferedAmount' in ref && Number(ref.bufferedAmount) > MAX_WAITING_BYTES;
}

/** Sends a pose frame as Colyseus's `sendBytes` would, without its copy: the header goes into the room before the frame. */
export function sendPoses(client: Client, frame: Uint8Array): void {
  const message = new Uint8Array(
    frame.buffer,
    frame.byteOffset - HEADER.length,
    frame.byteLength + HEADER.length,
  );
  message.set(HEADER);
  client.raw(message);
}
