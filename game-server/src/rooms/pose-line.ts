import { POSE_HEADROOM, POSES_TYPE } from '@chatmux/schema';
import { type Client, ClientState, Protocol } from '@colyseus/core';
import { inOneFrame, MAX_FRAME_HEADER, plainSocket } from './socket-line.ts';

/** Bytes that may wait to be sent before a client is told no more poses; it is told everything once they are sent. */
const MAX_WAITING_BYTES = 64 * 1024;
/** What Colyseus puts before bytes of a numbered type: its own code, and the number (one byte up to 127). */
const HEADER = Uint8Array.of(Protocol.ROOM_DATA_BYTES, POSES_TYPE);
if (HEADER.length + MAX_FRAME_HEADER > POSE_HEADROOM)
  throw new Error('the headers do not fit before a pose frame');

/**
 * True when a client can't take poses now: it has not said yet that it joined, and Colyseus would keep them all, or it
 * reads more slowly than it is told.
 */
export function isLineFull({ state, ref }: Client): boolean {
  if (state !== ClientState.JOINED) return true;
  return 'bufferedAmount' in ref && Number(ref.bufferedAmount) > MAX_WAITING_BYTES;
}

/**
 * Sends a pose frame as Colyseus's `sendBytes` would, without its copy: headers go into the room before the frame. Where
 * the socket below is plain to see, the WebSocket frame is written in one piece: `ws` would give header and content to the
 * system one by one, which costs a third more, and these are nearly all that a full world sends.
 * @returns bytes that didn't go through `client.raw`, where others count them
 */
export function sendPoses(client: Client, frame: Uint8Array): number {
  const start = frame.byteOffset - HEADER.length;
  const length = frame.byteLength + HEADER.length;
  const message = new Uint8Array(frame.buffer, start, length);
  message.set(HEADER);
  const socket = plainSocket(client);
  if (!socket) {
    client.raw(message);
    return 0;
  }
  socket.write(inOneFrame(message));
  return length;
}
