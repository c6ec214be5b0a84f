import {
  type PagePresence,
  PROTOCOL_VERSION,
  SIGNED_OUT_CODE,
  SOCIAL_ROOM,
  type SocialMessages,
  TOO_MANY_PAGES,
} from '@chatmux/schema';
import { Client } from 'colyseus.js';
import { type Refusal, refusalOf } from './refusal.ts';
import { retryDelay } from './retry-delay.ts';

/** What an open line tells. */
export interface SocialListener {
  onFriends(friends: SocialMessages['friends']): void;
  onPresence(presence: SocialMessages['presence']): void;
  /** It ended, by whatever cause: a code of the WebSocket's. */
  onClosed(code: number): void;
}

/** An open line. */
export interface OpenLine {
  sit(presence: PagePresence): void;
  /** Nothing is told any more. */
  hangUp(): void;
}

/** Opens a line, as whoever the ticket is of. Rejects with what the SDK throws. */
export type SocialDoor = (ticket: string, listener: SocialListener) => Promise<OpenLine>;

/** The real door: Colyseus at this address. */
export function createSocialDoor(endpoint: string): SocialDoor {
  const client = new Client(endpoint);
  return async (ticket, listener) => {
    const room = await client.joinOrCreate(SOCIAL_ROOM, { version: PROTOCOL_VERSION, ticket });
    // A ticket counts once: we come back with a new one.
    room.reconnection.enabled = false;
    room.onMessage('friends', (friends: SocialMessages['friends']) => listener.onFriends(friends));
    room.onMessage('presence', (presence: SocialMessages['presence']) => listener.onPresence(presence));
    room.onLeave((code) => listener.onClosed(code));
    room.onMessage('problem', (problem: SocialMessages['problem']) => console.warn('refused', problem));
    return {
      sit: (presence) => room.send('presence', presence),
      hangUp() {
        room.removeAllListeners();
        if (room.connection.isOpen) void room.leave(true);
      },
    };
  };
}

export interface SocialHandlers extends Omit<SocialListener, 'onClosed'> {
  /** Nothing is heard for now. @param why what the server refuses us for, in words; it lasts a while, or for good */
  onWaiting(why?: string): void;
  /** Shows the server who we are. Undefined where that can't be had now. */
  ticket(): Promise<string | undefined>;
  /** The server says that our session is over. Settles when it is known who we are now. */
  onSignedOut(): Promise<unknown>;
}

/** Between tries while the server has too much of us. */
const REFUSED_MS = 10_000;

/** Hears of friends while it is open: it comes back after a loss, and goes on trying until it is closed. */
export class SocialLine {
  private readonly door: SocialDoor;
  private readonly handlers: SocialHandlers;
  private failures = 0;
  /** What the server refused us for the last time. */
  private why: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private line: OpenLine | undefined;
  private presence: PagePresence | undefined;
  private closed = false;

  constructor(door: SocialDoor, handlers: SocialHandlers) {
    this.door = door;
    this.handlers = handlers;
    void this.connect();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.line?.hangUp();
    this.line = undefined;
  }

  /** Says how somebody sits before this page, now and after each loss. */
  sit(presence: PagePresence): void {
    this.presence = presence;
    this.line?.sit(presence);
  }

  private async connect(): Promise<void> {
    this.handlers.onWaiting(this.why);
    try {
      const ticket = await this.handlers.ticket();
      if (this.closed) return;
      if (ticket === undefined) {
        this.later();
        return;
      }
      const line = await this.door(ticket, {
        onFriends: (friends) => {
          this.failures = 0;
          this.why = undefined;
          this.handlers.onFriends(friends);
        },
        onPresence: (presence) => this.handlers.onPresence(presence),
        onClosed: (code) => {
          this.line = undefined;
          void this.lost(code);
        },
      });
      // It was closed while it was opened.
      if (this.closed) {
        line.hangUp();
        return;
      }
      this.line = line;
      if (this.presence) line.sit(this.presence);
    } catch (error) {
      this.refused(refusalOf(error));
    }
  }

  private refused(refusal: Refusal | undefined): void {
    const { kind, problem } = refusal ?? {};
    this.why = kind === 'final' || problem?.code === 'too-many' ? problem?.message : undefined;
    if (kind !== 'final') this.later();
    // The same again would fail again: another version of the page, above all.
    else if (!this.closed) this.handlers.onWaiting(this.why);
  }

  private async lost(code: number): Promise<void> {
    if (code === SIGNED_OUT_CODE) {
      this.handlers.onWaiting();
      await this.handlers.onSignedOut();
    }
    if (code === TOO_MANY_PAGES.code) this.why = TOO_MANY_PAGES.words;
    // Unless we are nobody by now.
    this.later();
  }

  private later(): void {
    if (this.closed) return;
    this.handlers.onWaiting(this.why);
    clearTimeout(this.timer);
    const delay = this.why === undefined ? retryDelay(this.failures, Math.random()) : REFUSED_MS;
    this.timer = setTimeout(() => void this.connect(), delay);
    this.failures += 1;
  }
}
