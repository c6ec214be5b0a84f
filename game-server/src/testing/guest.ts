import {
  decodeFrame,
  type JoinOptions,
  POSES_TYPE,
  PROTOCOL_VERSION,
  type SelfMessage,
  type ServerMessages,
  WORLD_ROOM,
} from '@chatmux/schema';
import { Roster } from '@chatmux/schema/roster';
import { Client, type Room } from 'colyseus.js';
import { expect, vi } from 'vitest';

let keys = 0;
/** A key no other guest of the tests has. */
export const freshKey = () => String(keys++).padStart(43, 'k');
/** Options of a join, in part our own. */
export const joinOptions = (part: Partial<JoinOptions> = {}): JoinOptions => ({
  version: PROTOCOL_VERSION,
  name: 'Ada',
  colour: 1,
  guestKey: freshKey(),
  ...part,
});

const SERVER_TYPES = [
  'welcome',
  'travel',
  'knock',
  'knock-answer',
  'knock-over',
  'blocked',
  'media',
  'plan',
  'direct',
  'rtc-event',
  'signal',
  'problem',
  'put-out',
] as const satisfies (keyof ServerMessages)[];

/** Guests whose connection is open. */
export const openGuests = new Set<Guest>();

/** One connected client and everything it was told. */
export class Guest {
  readonly room: Room<unknown, Roster>;
  readonly told: { type: keyof ServerMessages; message: ServerMessages[keyof ServerMessages] }[] = [];
  readonly poses = new Map<number, { x: number; z: number }>();
  /** Acknowledgements of our inputs, in their order. */
  readonly acks: SelfMessage[] = [];
  closedWith: number | undefined;

  constructor(room: Room<unknown, Roster>) {
    this.room = room;
    openGuests.add(this);
    room.reconnection.enabled = false;
    for (const type of SERVER_TYPES)
      room.onMessage(type, (message: ServerMessages[typeof type]) => this.told.push({ type, message }));
    room.onMessage(POSES_TYPE, (bytes: Uint8Array) => {
      const { self, groups } = decodeFrame(bytes);
      if (self) this.acks.push(self);
      for (const { poses } of groups) for (const { id, x, z } of poses) this.poses.set(id, { x, z });
    });
    room.onLeave((code) => {
      this.closedWith = code;
      openGuests.delete(this);
    });
  }

  async leave(): Promise<void> {
    openGuests.delete(this);
    if (this.closedWith === undefined) await this.room.leave();
  }

  static async join(url: string, part: Partial<JoinOptions> = {}, cookie?: string): Promise<Guest> {
    const guest = new Guest(
      await new Client(url, cookie === undefined ? {} : { headers: { Cookie: cookie } }).joinOrCreate<Roster>(
        WORLD_ROOM,
        joinOptions(part),
        Roster,
      ),
    );
    await vi.waitFor(() => expect(guest.of('welcome')).toHaveLength(1), 10_000);
    return guest;
  }

  of<T extends keyof ServerMessages>(type: T): ServerMessages[T][] {
    return this.told.filter((t) => t.type === type).map((t) => t.message as ServerMessages[T]);
  }

  get id(): number {
    return this.of('welcome')[0]?.id ?? 0;
  }

  /** Waits for the first refusal of a kind of message. */
  async refusal(about: string): Promise<ServerMessages['problem']> {
    return vi.waitFor(() => {
      const problem = this.of('problem').find((p) => p.about === about);
      if (!problem) throw new Error(`no refusal of ${about} yet`);
      return problem;
    });
  }

  names(): string[] {
    return [...this.room.state.people.values()].map((person) => person.name).sort();
  }
}
