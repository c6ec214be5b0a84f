import {
  type ClientMessageType,
  type InputMessage,
  type JoinOptions,
  type Milliseconds,
  type Problem,
  ProblemError,
  problemSchema,
  type RtcReply,
  type RtcRequest,
  type ServerMessages,
  type Signal,
  WORLD_ROOM,
} from '@chatmux/schema';
import { Roster } from '@chatmux/schema/roster';
import { Client, type Room } from 'colyseus.js';
import type { ConnectionState } from '../store/types.ts';
import { refusalOf } from './refusal.ts';
import { retryDelay } from './retry-delay.ts';

/** What the connection tells: states, the roster, and every message by its type. */
export interface ConnectionHandlers {
  onState(state: ConnectionState, problem?: Problem): void;
  onRoster(roster: Roster): void;
  onRoundTrip(ms: Milliseconds): void;
  onPoses(bytes: Uint8Array): void;
  /** A new connection, or an old one that came back: everything about others will be sent anew. */
  onMessage<T extends keyof ServerMessages>(type: T, message: ServerMessages[T]): void;
}

const MESSAGE_TYPES = ['welcome', 'self', 'media', 'plan', 'rtc-event', 'signal', 'problem'] as const;
/** How often the round trip is measured; a connection silent for longer than the second number is taken for dead. */
const PING_MS = 2000;
const SILENT_MS = 7000;

/**
 * The way to the world room. It returns to its seat after a loss, joins anew where the seat or the server is gone, and
 * goes on trying until it is told to stop.
 */
export class WorldConnection {
  private readonly client: Client;
  private readonly handlers: ConnectionHandlers;
  private room: Room<unknown, Roster> | undefined;
  private token: string | undefined;
  private options: JoinOptions | undefined;
  private attempt = 0;
  private wanted = false;
  private isOnline = false;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private pingTimer: ReturnType<typeof setInterval> | undefined;
  private heardMs = 0;

  constructor(endpoint: string, handlers: ConnectionHandlers) {
    this.client = new Client(endpoint);
    this.handlers = handlers;
  }

  join(options: JoinOptions): void {
    this.options = options;
    this.wanted = true;
    this.attempt = 0;
    this.handlers.onState('connecting');
    void this.connect();
  }

  /** Tries at once. */
  retryNow(): void {
    if (!this.wanted || this.isOnline) return;
    clearTimeout(this.retryTimer);
    this.retryTimer = undefined;
    void this.connect();
  }

  /** Says goodbye: the seat is given up. */
  leave(): void {
    this.wanted = false;
    clearTimeout(this.retryTimer);
    this.retryTimer = undefined;
    this.token = undefined;
    const { room } = this;
    this.detach();
    if (room?.connection.isOpen) void room.leave(true);
    this.handlers.onState('idle');
  }

  get online(): boolean {
    return this.isOnline;
  }

  sendInput(input: InputMessage): void {
    this.send('input', input);
  }

  sendDevices(devices: { mic: boolean; cam: boolean }): void {
    this.send('devices', devices);
  }

  sendSignal(signal: Signal): void {
    this.send('signal', signal);
  }

  /** @throws ProblemError what the server refused, or `media-down` while we are not connected */
  async request(request: RtcRequest): Promise<unknown> {
    if (!this.room || !this.isOnline)
      throw new ProblemError('media-down', 'There is no connection to the server.');
    const reply: RtcReply = await this.room.request('rtc', request, { timeout: 8000 });
    if (reply.ok) return reply.data;
    const { code, message } = problemSchema.parse(reply.problem);
    throw new ProblemError(code, message);
  }

  private send(type: ClientMessageType, message: unknown): void {
    if (this.isOnline) this.room?.send(type, message);
  }

  private async connect(): Promise<void> {
    if (!this.options) return;
    try {
      const room = this.token
        ? await this.client.reconnect<Roster>(this.token, Roster)
        : await this.client.joinOrCreate<Roster>(WORLD_ROOM, this.options, Roster);
      if (this.wanted) this.attach(room);
      else void room.leave(true);
    } catch (error) {
      this.failed(error);
    }
  }

  private attach(room: Room<unknown, Roster>): void {
    this.detach();
    this.room = room;
    this.token = room.reconnectionToken;
    // We come back ourselves: the SDK would stop after some tries, and knows no new join.
    room.reconnection.enabled = false;
    this.isOnline = true;
    this.attempt = 0;
    this.heardMs = performance.now();
    for (const type of MESSAGE_TYPES)
      room.onMessage(type, (message: ServerMessages[typeof type]) => this.handlers.onMessage(type, message));
    room.onMessage('poses', (bytes: Uint8Array) => {
      this.heardMs = performance.now();
      this.handlers.onPoses(bytes);
    });
    room.onStateChange((roster) => this.handlers.onRoster(roster));
    room.onLeave(() => this.lost(room));
    this.pingTimer = setInterval(() => this.ping(room), PING_MS);
    this.handlers.onState('online');
  }

  private ping(room: Room<unknown, Roster>): void {
    if (performance.now() - this.heardMs > SILENT_MS) {
      // The other side is gone without a word (a network that changed): don't wait for the system to notice.
      room.connection.close();
      this.lost(room);
      return;
    }
    room.ping((ms) => {
      this.heardMs = performance.now();
      this.handlers.onRoundTrip(ms);
    });
  }

  private lost(room: Room<unknown, Roster>): void {
    if (room !== this.room) return;
    this.detach();
    if (!this.wanted) return;
    this.handlers.onState('reconnecting');
    this.tryLater();
  }

  private detach(): void {
    clearInterval(this.pingTimer);
    this.room?.removeAllListeners();
    this.room = undefined;
    this.isOnline = false;
  }

  private failed(error: unknown): void {
    if (!this.wanted) return;
    const refusal = refusalOf(error);
    if (refusal?.kind === 'final') {
      this.wanted = false;
      this.handlers.onState('offline', refusal.problem);
      return;
    }
    // The server is there, but keeps no seat for us any more: join as if new.
    if (this.token && refusal?.kind === 'no-seat') {
      this.token = undefined;
      void this.connect();
      return;
    }
    this.handlers.onState(this.token ? 'reconnecting' : 'connecting', refusal?.problem);
    this.tryLater();
  }

  private tryLater(): void {
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => void this.connect(), retryDelay(this.attempt, Math.random()));
    this.attempt += 1;
  }
}
