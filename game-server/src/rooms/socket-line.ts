import { Socket } from 'node:net';
import type { Client } from '@colyseus/core';

/** Longest header of a WebSocket frame that is sent by a server (RFC 6455, 5.2). */
export const MAX_FRAME_HEADER = 10;
/** First byte of a frame: whole, and binary. */
const WHOLE_BINARY = 0x82;
const OPEN = 1;
/** Longer messages are left to `ws`: to copy them would cost more than it saves. */
const MAX_COPIED = 16 * 1024;

type SendingClient = Pick<Client, 'ref' | 'raw'>;

/** The socket of an open WebSocket that sends each message as it comes: nothing is compressed or waits in `ws` itself. */
export function plainSocket({ ref }: Pick<Client, 'ref'>): Socket | undefined {
  if (!('_socket' in ref && '_sender' in ref && 'readyState' in ref && 'extensions' in ref)) return undefined;
  const { _socket: socket, _sender: sender, readyState, extensions } = ref;
  const idle = typeof sender === 'object' && sender !== null && '_state' in sender && sender._state === 0;
  const open = readyState === OPEN && extensions === '';
  return open && idle && socket instanceof Socket ? socket : undefined;
}

/**
 * Writes a frame's header into the room before a message.
 * @param message a view with at least MAX_FRAME_HEADER bytes of its buffer free before it
 * @returns header and message
 */
export function inOneFrame({
  buffer,
  byteOffset,
  byteLength: length,
}: Uint8Array<ArrayBufferLike>): Uint8Array {
  const header = length < 126 ? 2 : length < 0x10000 ? 4 : 10;
  const start = byteOffset - header;
  const whole = new Uint8Array(buffer, start, header + length);
  whole[0] = WHOLE_BINARY;
  if (header === 2) whole[1] = length;
  else {
    const view = new DataView(buffer, start, header);
    whole[1] = header === 4 ? 126 : 127;
    if (header === 4) view.setUint16(2, length);
    else view.setBigUint64(2, BigInt(length));
  }
  return whole;
}

/**
 * From now on what Colyseus sends a client goes to the system in one piece. `ws` gives it header and content one by one;
 * a change of the roster is told to everyone at once, and that costs a full world a third more.
 */
export function straighten(client: SendingClient): void {
  const send = client.raw.bind(client);
  client.raw = (data, options, done) => {
    const socket = done || data.length > MAX_COPIED ? undefined : plainSocket(client);
    if (!socket) {
      send(data, options, done);
      return;
    }
    const room = new Uint8Array(MAX_FRAME_HEADER + data.length);
    room.set(data, MAX_FRAME_HEADER);
    socket.write(inOneFrame(room.subarray(MAX_FRAME_HEADER)));
  };
}
