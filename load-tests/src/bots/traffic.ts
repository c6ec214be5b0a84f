import { Protocol } from '@colyseus/core';

/** Messages of one kind, and their bytes on the wire: WebSocket headers counted, those of TCP and below not. */
export interface Count {
  messages: number;
  bytes: number;
}

/** Counts by kind: `patch`, `state`, `joined`, or the type of a room message. */
export type Traffic = Record<string, Count>;

/** Bits of the first byte that say the kind; the others modify it. */
const KIND_BITS = 0x1f;

/** What kind of message of Colyseus lies in the bytes from `start` on. */
export function kindOf(bytes: Buffer, start: number): string {
  const code = (bytes[start] ?? 0) & KIND_BITS;
  switch (code) {
    case Protocol.ROOM_STATE_PATCH:
      return 'patch';
    case Protocol.ROOM_DATA:
    case Protocol.ROOM_DATA_BYTES:
      return typeOf(bytes, start + 1);
    case Protocol.ROOM_STATE:
      return 'state';
    case Protocol.JOIN_ROOM:
      return 'joined';
    case Protocol.ERROR:
      return 'error';
    default:
      return `code ${code}`;
  }
}

/** Bytes that kind and type take before a room message's own begin. */
export function typeBytes(bytes: Buffer, start: number): number {
  const first = bytes[start + 1] ?? 0;
  return first >= 0xa0 && first < 0xc0 ? 2 + (first & 0x1f) : 2;
}

/** Types are short strings or small numbers, in MessagePack. */
function typeOf(bytes: Buffer, at: number): string {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return `${first}`;
  if (first >= 0xa0 && first < 0xc0) return bytes.toString('latin1', at + 1, at + 1 + (first & 0x1f));
  return 'a long type';
}

export function count(traffic: Traffic, kind: string, bytes: number): void {
  const known = traffic[kind];
  if (known) {
    known.messages += 1;
    known.bytes += bytes;
  } else traffic[kind] = { messages: 1, bytes };
}

/** Adds counts of many together. */
export function sumTraffic(all: Iterable<Traffic>): Traffic {
  const sum: Traffic = {};
  for (const traffic of all)
    for (const [kind, { messages, bytes }] of Object.entries(traffic)) {
      const known = sum[kind];
      if (known) {
        known.messages += messages;
        known.bytes += bytes;
      } else sum[kind] = { messages, bytes };
    }
  return sum;
}
