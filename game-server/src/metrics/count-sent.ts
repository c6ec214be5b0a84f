import { Protocol } from '@colyseus/core';
import type { RoomMetrics } from './room-metrics.ts';
import type { SentKind } from './tally.ts';

/** The part of Colyseus's client through which all it sends goes. */
interface SendingClient {
  raw(data: Uint8Array, ...rest: unknown[]): void;
}

/** Names of messages by their first bytes: how Colyseus packs a text of up to 31 bytes. */
const PLAN = Buffer.from([0xa0 | 4, ...Buffer.from('plan')]);

/**
 * Counts what Colyseus sends a client, by kind, from now on. What goes to its socket directly is counted by who sends it
 * (`RoomMetrics.sent`).
 */
export function countSent(client: SendingClient, metrics: Pick<RoomMetrics, 'sent'>): void {
  const send = client.raw.bind(client);
  client.raw = (data, ...rest) => {
    metrics.sent(kindOf(data), data.byteLength);
    send(data, ...rest);
  };
}

/** What a message of Colyseus is for, by how it begins. */
export function kindOf(data: Uint8Array): SentKind {
  switch (data[0]) {
    case Protocol.ROOM_STATE:
    case Protocol.ROOM_STATE_PATCH:
      return 'roster';
    case Protocol.ROOM_DATA_BYTES:
      return 'poses';
    case Protocol.ROOM_DATA:
      return PLAN.every((byte, i) => data[i + 1] === byte) ? 'plan' : 'other';
    default:
      return 'other';
  }
}
