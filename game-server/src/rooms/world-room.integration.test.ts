import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@chatmux/config';
import {
  decodeFrame,
  type JoinOptions,
  PROTOCOL_VERSION,
  type ServerMessages,
  WORLD_ROOM,
} from '@chatmux/schema';
import { Roster } from '@chatmux/schema/roster';
import { Client, type Room } from 'colyseus.js';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type GameServer, startGameServer } from '../start-game-server.ts';

const GRACE_SECONDS = 2;
let game: GameServer;
let folder: string;
const errors: unknown[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chatmux-room-'));
  const env = { DATA_DIR: folder, MEDIA: 'direct', RECONNECT_SECONDS: String(GRACE_SECONDS) };
  const config = { ...parseConfig(env), port: 0 };
  const quiet = { info: () => undefined, warn: () => undefined, debug: () => undefined };
  const log = { ...quiet, error: (text: string, error?: unknown) => errors.push(text, error) };
  game = await startGameServer(config, log, { joinLimit: { burst: 10_000, perSecond: 1000 } });
});
afterAll(async () => {
  await game.stop();
  await rm(folder, { recursive: true });
});

/** Every test ends with an empty room: what one left behind would be another's ghost. */
afterEach(async () => {
  await Promise.all([...open].map((guest) => guest.leave()));
  await vi.waitFor(
    async () => expect(await (await fetch(`${game.url}/healthz`)).json()).toMatchObject({ people: 0 }),
    {
      timeout: (GRACE_SECONDS + 3) * 1000,
    },
  );
});

let keys = 0;
const freshKey = () => String(keys++).padStart(43, 'k');
const options = (part: Partial<JoinOptions> = {}): JoinOptions => ({
  version: PROTOCOL_VERSION,
  name: 'Ada',
  colour: 1,
  guestKey: freshKey(),
  ...part,
});

const open = new Set<Guest>();

/** One connected client and everything it was told. */
class Guest {
  readonly room: Room<unknown, Roster>;
  readonly told: { type: keyof ServerMessages; message: ServerMessages[keyof ServerMessages] }[] = [];
  readonly poses = new Map<number, { x: number; z: number }>();
  closedWith: number | undefined;

  constructor(room: Room<unknown, Roster>) {
    this.room = room;
    open.add(this);
    room.reconnection.enabled = false;
    for (const type of ['welcome', 'self', 'media', 'plan', 'rtc-event', 'signal', 'problem'] as const)
      room.onMessage(type, (message: ServerMessages[typeof type]) => this.told.push({ type, message }));
    room.onMessage('poses', (bytes: Uint8Array) => {
      for (const { poses } of decodeFrame(bytes).sections)
        for (const { id, x, z } of poses) this.poses.set(id, { x, z });
    });
    room.onLeave((code) => {
      this.closedWith = code;
      open.delete(this);
    });
  }

  async leave(): Promise<void> {
    open.delete(this);
    if (this.closedWith === undefined) await this.room.leave();
  }

  static async join(part: Partial<JoinOptions> = {}): Promise<Guest> {
    const guest = new Guest(
      await new Client(game.url).joinOrCreate<Roster>(WORLD_ROOM, options(part), Roster),
    );
    await vi.waitFor(() => expect(guest.of('welcome')).toHaveLength(1));
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

describe('a world room', () => {
  it('lets guests in, shows them to each other, and forgets who leaves', async () => {
    const ada = await Guest.join({ name: ' Ada ' });
    const lin = await Guest.join({ name: 'Lin', colour: 5 });
    await vi.waitFor(() => expect(ada.names()).toEqual(['Ada', 'Lin']));
    await vi.waitFor(() => expect(ada.poses.has(lin.id)).toBe(true));
    expect(lin.room.state.people.get(String(lin.id))).toMatchObject({ name: 'Lin', colour: 5, here: true });
    await lin.leave();
    await vi.waitFor(() => expect(ada.names()).toEqual(['Ada']));
  });

  it('moves a body by inputs, and acknowledges them', async () => {
    const ada = await Guest.join();
    const lin = await Guest.join();
    await vi.waitFor(() => expect(lin.poses.has(ada.id)).toBe(true));
    const before = lin.poses.get(ada.id);
    ada.room.send('input', { seq: 1, step: 10, gait: 1, heading: 0 });
    await vi.waitFor(() => expect((lin.poses.get(ada.id)?.z ?? 0) - (before?.z ?? 0)).toBeGreaterThan(0.5));
    ada.room.send('input', { seq: 2, step: 40, gait: 0, heading: 0 });
    await vi.waitFor(() => expect(ada.of('self').at(-1)).toMatchObject({ seq: 2, step: 40 }));
  });

  it.each([
    ['version', { version: 2 as 1 }, 426],
    ['empty name', { name: '  ' }, 422],
    ['invisible name', { name: '\u200b' }, 422],
    ['colour', { colour: 99 }, 400],
    ['key', { guestKey: 'short' }, 400],
    ['unknown option', { admin: true }, 400],
  ])('refuses a join with a bad %s, in words', async (_what, part, status) => {
    const join = new Client(game.url).joinOrCreate(WORLD_ROOM, { ...options(), ...part });
    await expect(join).rejects.toMatchObject({ code: status, message: expect.stringMatching(/\w+ \w+/) });
  });
});

describe('hostile messages', () => {
  const good = { seq: 1, step: 1, gait: 1, heading: 0 };
  it.each([
    ['NaN', 'input', { ...good, heading: Number.NaN }, 'bad-message'],
    ['infinity', 'input', { ...good, step: Number.POSITIVE_INFINITY }, 'bad-message'],
    ['a wrong type', 'input', { ...good, seq: 'first' }, 'bad-message'],
    ['a place instead of keys', 'input', { ...good, x: 500, z: 500 }, 'bad-message'],
    ['nothing', 'input', undefined, 'bad-message'],
    ['a list', 'devices', [true, true], 'bad-message'],
    ['a signal to oneself', 'signal', { to: 1, epoch: 0, connection: 1 }, 'stale'],
    [
      'an sdp that is too large',
      'signal',
      { to: 1, epoch: 0, connection: 1, description: { type: 'offer', sdp: 'x'.repeat(50_000) } },
      'bad-message',
    ],
    ['an unknown type', 'make-me-admin', {}, 'unknown-message'],
  ])('%s is refused with a typed error', async (_what, type, message, code) => {
    const guest = await Guest.join();
    guest.room.send(type, message);
    expect(await guest.refusal(type)).toMatchObject({ code, message: expect.any(String) });
    expect(guest.closedWith).toBeUndefined();
  });

  it('a teleport by claiming steps is refused, and the body stays where it may be', async () => {
    const guest = await Guest.join();
    guest.room.send('input', { seq: 1, step: 0, gait: 2, heading: 0 });
    guest.room.send('input', { seq: 2, step: 4_000_000_000, gait: 2, heading: 0 });
    expect(await guest.refusal('input')).toMatchObject({ code: 'too-fast' });
    const [first, last] = [guest.of('self')[0], guest.of('self').at(-1)];
    expect(last?.cut).toBe(true);
    expect(Math.hypot((last?.x ?? 0) - (first?.x ?? 0), (last?.z ?? 0) - (first?.z ?? 0))).toBeLessThan(13);
  });

  it('an old input again is refused as stale', async () => {
    const guest = await Guest.join();
    guest.room.send('input', good);
    guest.room.send('input', good);
    expect(await guest.refusal('input')).toMatchObject({ code: 'stale' });
  });

  it('a signal to somebody out of reach, or to nobody, is refused', async () => {
    const guest = await Guest.join();
    const { epoch } = guest.of('welcome')[0]?.media ?? { epoch: 0 };
    guest.room.send('signal', { to: 60_000, epoch, connection: 1, candidate: null });
    expect(await guest.refusal('signal')).toMatchObject({ code: 'not-in-plan' });
  });

  it('a request of the SFU where there is none is answered with a problem', async () => {
    const guest = await Guest.join();
    const { epoch } = guest.of('welcome')[0]?.media ?? { epoch: 0 };
    const asked = await guest.room.request('rtc', { method: 'capabilities', epoch });
    expect(asked).toMatchObject({ ok: false, problem: { code: 'stale' } });
    expect(await guest.room.request('rtc', { method: 'sudo' })).toMatchObject({
      problem: { code: 'bad-message' },
    });
  });

  it('too many are refused first, and a flood closes its own connection, while others go on', async () => {
    const guest = await Guest.join();
    const other = await Guest.join();
    for (let i = 0; i < 60; i++) guest.room.send('devices', { mic: false, cam: false });
    expect(await guest.refusal('devices')).toMatchObject({ code: 'too-many' });
    for (let i = 0; i < 500; i++) guest.room.send('input', good);
    await vi.waitFor(() => expect(guest.closedWith).toBeDefined());
    other.room.send('input', { seq: 1, step: 1, gait: 1, heading: 0 });
    await vi.waitFor(() => expect(other.of('self').at(-1)?.seq).toBe(1));
  });

  it('bytes that are no message close the connection that sent them, and nothing else', async () => {
    const guest = await Guest.join();
    const other = await Guest.join();
    guest.room.connection.send(new Uint8Array([13, 165, 105, 110, 112, 117, 116, 0xda, 0xff, 0xff, 1]));
    await vi.waitFor(() => expect(guest.closedWith).toBeDefined());
    expect(other.closedWith).toBeUndefined();
  });
});

describe('a seat', () => {
  it('is kept for a lost connection, marked, and given back where it stood', async () => {
    const ada = await Guest.join({ name: 'Ada' });
    const lin = await Guest.join({ name: 'Lin' });
    const token = ada.room.reconnectionToken;
    ada.room.connection.close();
    await vi.waitFor(() => expect(lin.room.state.people.get(String(ada.id))?.here).toBe(false));
    const back = new Guest(await new Client(game.url).reconnect<Roster>(token, Roster));
    await vi.waitFor(() => expect(back.id).toBe(ada.id));
    await vi.waitFor(() => expect(lin.room.state.people.get(String(ada.id))?.here).toBe(true));
    await vi.waitFor(() => expect(back.poses.has(lin.id)).toBe(true));
    expect(lin.names()).toEqual(['Ada', 'Lin']);
  });

  it('is given up after the time of grace: no ghost stays', async () => {
    const ada = await Guest.join({ name: 'Ada' });
    const lin = await Guest.join({ name: 'Lin' });
    ada.room.connection.close();
    await vi.waitFor(() => expect(lin.names()).toEqual(['Lin']), { timeout: (GRACE_SECONDS + 3) * 1000 });
  });

  it('is taken over by the same browser when its page was loaded anew: no double', async () => {
    const guestKey = freshKey();
    const ada = await Guest.join({ name: 'Ada', guestKey });
    const lin = await Guest.join({ name: 'Lin' });
    ada.room.connection.close();
    await vi.waitFor(() => expect(lin.room.state.people.get(String(ada.id))?.here).toBe(false));
    const again = await Guest.join({ name: 'Ada', guestKey });
    expect(again.id).toBe(ada.id);
    await vi.waitFor(() => expect(lin.room.state.people.get(String(ada.id))?.here).toBe(true));
    expect(lin.names()).toEqual(['Ada', 'Lin']);
    // The wait of the first connection ends without taking the seat away.
    await new Promise((resolve) => setTimeout(resolve, (GRACE_SECONDS + 0.5) * 1000));
    expect(lin.names()).toEqual(['Ada', 'Lin']);
  });

  it('of another cannot be had with a wrong token', async () => {
    const ada = await Guest.join();
    const [roomId] = ada.room.reconnectionToken.split(':');
    await expect(new Client(game.url).reconnect(`${roomId}:guessed-token`)).rejects.toMatchObject({
      code: 410,
    });
  });

  it('comes back where one left it, on the next visit', async () => {
    const guestKey = freshKey();
    const ada = await Guest.join({ guestKey });
    ada.room.send('input', { seq: 1, step: 0, gait: 2, heading: 0 });
    await vi.waitFor(() => expect(ada.of('self').length).toBeGreaterThan(1));
    ada.room.send('input', { seq: 2, step: 40, gait: 0, heading: 0 });
    await vi.waitFor(() => expect(ada.of('self').at(-1)?.seq).toBe(2));
    const left = ada.of('self').at(-1);
    await ada.leave();
    await vi.waitFor(async () => {
      const again = await Guest.join({ guestKey });
      await vi.waitFor(() => expect(again.of('self')).not.toHaveLength(0));
      const at = again.of('self')[0];
      await again.leave();
      expect(at?.z).toBeCloseTo(left?.z ?? 0, 1);
    });
  });
});

it('none of all this was an error of the server', () => expect(errors).toEqual([]));
