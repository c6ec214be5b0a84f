import { Socket } from 'node:net';
import { POSE_HEADROOM, POSES_TYPE } from '@chatmux/schema';
import { type Client, ClientState, Protocol } from '@colyseus/core';

/** Bytes that may wait to be sent before a client is told no more poses; it is told everything once they are sent. */
const MAX_WAITING_BYTES = 64 * 1024;
/** What Colyseus puts before bytes of a numbered type: its own code, and the number (one byte up to 127). */
const HEADER = Uint8Array.of(Protocol.ROOM_DATA_BYTES, POSES_TYPE);
/** Longest header of a WebSocket frame that is sent by a server (RFC 6455, 5.2). */
const MAX_FRAME_HEADER = 10;
if (HEADER.length + MAX_FRAME_HEADER > POSE_HEADROOM)
  throw new Error('the headers do not fit before a pose frame');
/** First byte of a frame: whole, and binary. */
const WHOLE_BINARY = 0x82;
const OPEN = 1;

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
  const header = length < 126 ? 2 : length < 0x10000 ? 4 : 10;
  const whole = new Uint8Array(frame.buffer, start - header, header + length);
  whole[0] = WHOLE_BINARY;
  if (header === 2) whole[1] = length;
  else {
    const view = new DataView(frame.buffer, start - header, header);
    whole[1] = header === 4 ? 126 : 127;
    if (header === 4) view.setUint16(2, length);
    else view.setBigUint64(2, BigInt(length));
  }
  socket.write(whole);
  return length;
}

/** The socket of an open WebSocket that sends each message as it comes: nothing is compressed or waits in `ws` itself. */
function plainSocket({ ref }: Client): Socket | undefined {
  if (!('_socket' in ref && '_sender' in ref && 'readyState' in ref && 'extensions' in ref)) return undefined;
  const { _socket: socket, _sender: sender, readyState, extensions } = ref;
  const idle = typeof sender === 'object' && sender !== null && '_state' in sender && sender._state === 0;
  const open = readyState === OPEN && extensions === '';
  return open && idle && socket instanceof Socket ? socket : undefined;
}
