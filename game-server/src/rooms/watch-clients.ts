import { type Client, ClientState } from '@colyseus/core';

/** Bytes that may wait to be sent to one client; who takes less than it is sent would fill our memory. */
const MAX_WAITING_BYTES = 1024 * 1024;
/** Seconds in which nothing of what waits was taken, until it is clear that nobody reads it. */
export const STUCK_SECONDS = 15;
/** Seconds a client has to say that it has joined; until then all that is sent to it is kept. */
export const JOIN_SECONDS = 10;

/** Why a client was let go. */
export type WatchReason = 'never joined' | 'does not read';

/** What is needed of the WebSocket behind a client. */
interface Line {
  readonly bufferedAmount: number;
  terminate(): void;
}

/**
 * Ends connections that don't take what they are sent. Colyseus keeps messages for both kinds without an end, and its
 * own pings don't help: a client can answer them and still not join, or be slow without being dead.
 */
export class ClientWatch {
  private readonly looksWhileJoining = new WeakMap<Client, number>();
  /** How much waited at the last look, and at how many looks in a row it had not become less. */
  private readonly waiting = new WeakMap<Client, { bytes: number; looks: number }>();

  /** Looks at everyone; call it once a second. @param onEnd told of each connection that was ended */
  look(clients: Iterable<Client>, onEnd: (client: Client, reason: WatchReason) => void): void {
    for (const client of [...clients]) {
      const line = lineOf(client);
      const reason = line && this.reasonToEnd(client, line);
      if (!reason) continue;
      line.terminate();
      onEnd(client, reason);
    }
  }

  private reasonToEnd(client: Client, line: Line): WatchReason | undefined {
    if (line.bufferedAmount > MAX_WAITING_BYTES || this.isStuck(client, line.bufferedAmount))
      return 'does not read';
    if (client.state !== ClientState.JOINING) return undefined;
    const looks = (this.looksWhileJoining.get(client) ?? 0) + 1;
    this.looksWhileJoining.set(client, looks);
    return looks > JOIN_SECONDS ? 'never joined' : undefined;
  }

  private isStuck(client: Client, bytes: number): boolean {
    const before = this.waiting.get(client);
    const looks = before && bytes > 0 && bytes >= before.bytes ? before.looks + 1 : 0;
    this.waiting.set(client, { bytes, looks });
    return looks >= STUCK_SECONDS;
  }
}

/** Colyseus types the socket as any emitter, because it has other transports, too; ours is a WebSocket. */
function lineOf({ ref }: Client): Line | undefined {
  return 'bufferedAmount' in ref &&
    typeof ref.bufferedAmount === 'number' &&
    'terminate' in ref &&
    typeof ref.terminate === 'function'
    ? (ref as typeof ref & Line)
    : undefined;
}
