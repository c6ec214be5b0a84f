import {
  type JoinOptions,
  type Milliseconds,
  POSES_TYPE,
  type ServerMessages,
  WORLD_ROOM,
} from '@chatmux/schema';
import { Roster } from '@chatmux/schema/roster';
import { Client, type Room } from 'colyseus.js';

/** What an open seat tells. */
export interface SeatListener {
  onMessage<T extends keyof ServerMessages>(type: T, message: ServerMessages[T]): void;
  onPoses(bytes: Uint8Array): void;
  onRoster(roster: Roster): void;
  /** The connection ended, by whatever cause. @param code of the close, where there was one */
  onClosed(code?: number): void;
}

/** Our seat in the world room, while one connection to it lasts. */
export interface OpenSeat {
  /** Opens the same seat again after a loss. */
  readonly token: string;
  listen(listener: SeatListener): void;
  send(type: string, message: unknown): void;
  /** @throws Error when the connection ends or nothing comes within the time */
  request(type: string, message: unknown, timeoutMs: Milliseconds): Promise<unknown>;
  ping(onAnswer: (ms: Milliseconds) => void): void;
  /** Gives the seat up; nothing is told any more. */
  leave(): void;
  /** Closes the connection and keeps the seat for a while; nothing is told any more. */
  drop(): void;
}

/** The ways into the world room. Both reject with what the SDK throws (`refusal.ts` reads it). */
export interface WorldDoor {
  join(options: JoinOptions): Promise<OpenSeat>;
  /** Takes a seat again that was lost. */
  comeBack(token: string): Promise<OpenSeat>;
}

/** Every message a room may send. As a record, so that none can be missing. */
const MESSAGE_TYPES: Readonly<Record<keyof ServerMessages, true>> = {
  welcome: true,
  travel: true,
  knock: true,
  'knock-answer': true,
  'knock-over': true,
  blocked: true,
  media: true,
  plan: true,
  direct: true,
  'rtc-event': true,
  signal: true,
  problem: true,
  'put-out': true,
};

/** The real door: Colyseus at this address. */
export function createWorldDoor(endpoint: string): WorldDoor {
  const client = new Client(endpoint);
  return {
    join: async (options) => openSeat(await client.joinOrCreate<Roster>(WORLD_ROOM, options, Roster)),
    comeBack: async (token) => openSeat(await client.reconnect<Roster>(token, Roster)),
  };
}

function openSeat(room: Room<unknown, Roster>): OpenSeat {
  // We come back ourselves: the SDK would stop after some tries, and knows no new join.
  room.reconnection.enabled = false;
  return {
    token: room.reconnectionToken,
    listen(listener) {
      for (const type of Object.keys(MESSAGE_TYPES) as (keyof ServerMessages)[])
        room.onMessage(type, (message: ServerMessages[typeof type]) => listener.onMessage(type, message));
      room.onMessage(POSES_TYPE, (bytes: Uint8Array) => listener.onPoses(bytes));
      room.onStateChange((roster) => listener.onRoster(roster));
      room.onLeave((code) => listener.onClosed(code));
    },
    send: (type, message) => room.send(type, message),
    request: (type, message, timeout) => room.request(type, message, { timeout }),
    ping: (onAnswer) => room.ping(onAnswer),
    leave() {
      room.removeAllListeners();
      if (room.connection.isOpen) void room.leave(true);
    },
    drop() {
      room.removeAllListeners();
      room.connection.close();
    },
  };
}
