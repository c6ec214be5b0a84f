import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { STEPS_PER_TICK } from '@chatmux/schema';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { replayFile } from '../engine/replay.ts';
import { stateHash } from '../engine/state-hash.ts';
import { loadWorldDump } from '../engine/world-dump.ts';
import { loadWorlds } from '../load-worlds.ts';
import type { RoomView } from '../metrics/room-view.ts';
import type { Guest } from '../testing/guest.ts';
import { useGame } from '../testing/use-game.ts';

const TOKEN = 'the-token-of-these-tests';
const WORLDS = fileURLToPath(new URL('../../../assets/worlds', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'chatmux-observed-'));
const recordings = join(folder, 'recordings');

describe('a whole game that is observed', () => {
  // Registered before the game's own, so it runs after the game has stopped.
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const game = useGame({ ADMIN_TOKEN: TOKEN, RECORD: 'on', DATA_DIR: folder });
  const get = async (path: string) => {
    const answer = await fetch(`${game.url()}${path}`, { headers: { Authorization: `Bearer ${TOKEN}` } });
    expect(answer.status).toBe(200);
    return answer.text();
  };
  const rooms = async () => (JSON.parse(await get('/admin/state.json')) as { rooms: RoomView[] }).rooms;
  const metric = async (line: string) =>
    Number(
      (await get('/metrics'))
        .split('\n')
        .find((each) => each.startsWith(`${line} `))
        ?.slice(line.length),
    );

  /** Walks about: each input a third of a second after the one before, as the client counts. */
  function walk(guest: Guest, inputs: number): void {
    for (let seq = 0; seq < inputs; seq++)
      guest.room.send('input', { seq, step: seq * STEPS_PER_TICK * 6, gait: seq % 3, heading: seq * 9000 });
  }

  it('tells who is here, what was sent of each kind, what came and what was refused', async () => {
    const [ada, bob] = [await game.join(), await game.join({ name: 'Bob' })];
    walk(ada, 5);
    bob.room.send('devices', { mic: true, cam: false, screen: false });
    bob.room.send('nonsense', {});
    await vi.waitFor(() => expect(ada.of('plan').at(-1)?.entries).toHaveLength(1));
    await vi.waitFor(() => expect(bob.of('problem')).toHaveLength(1));
    expect(await metric('chatmux_people{world="plaza",copy="1"}')).toBe(2);
    expect(await metric('chatmux_connections{world="plaza",copy="1"}')).toBe(2);
    expect(await metric('chatmux_rooms')).toBe(1);
    for (const kind of ['poses', 'plan', 'roster', 'other']) {
      expect(await metric(`chatmux_sent_messages_total{kind="${kind}"}`)).toBeGreaterThan(0);
      expect(await metric(`chatmux_sent_bytes_total{kind="${kind}"}`)).toBeGreaterThan(0);
    }
    expect(await metric('chatmux_received_messages_total{type="input"}')).toBe(5);
    expect(await metric('chatmux_received_messages_total{type="devices"}')).toBe(1);
    expect(await metric('chatmux_received_messages_total{type="other"}')).toBe(1);
    expect(await metric('chatmux_refused_total{code="unknown-message"}')).toBe(1);
    expect(await metric('chatmux_tick_seconds_count{world="plaza"}')).toBeGreaterThan(0);
    expect(await metric('chatmux_plan_entries_count{of="voices"}')).toBeGreaterThan(0);
    const [room] = await rooms();
    expect(room).toMatchObject({ world: 'plaza', copy: 1, people: 2, away: 0, connections: 2 });
    expect(room?.places.map(([id]) => id).sort()).toEqual([ada.id, bob.id].sort());
  });

  it('dumps a room, and a test can load it', async () => {
    const ada = await game.join();
    await vi.waitFor(async () => expect((await rooms())[0]?.people).toBe(1));
    const [room] = await rooms();
    const dump: unknown = JSON.parse(await get(`/admin/rooms/${room?.roomId}/dump.json`));
    const world = loadWorldDump(dump, await loadWorlds(WORLDS));
    expect([...world.people.keys()]).toEqual([ada.id]);
    expect(stateHash(world)).toMatch(/^[0-9a-f]{16}$/);
  });

  it('recorded all of it: what happens again comes to the same state', async () => {
    const guests = [await game.join(), await game.join(), await game.join()];
    for (const guest of guests) walk(guest, 8);
    // The room of the test before may still be closing.
    const room = await vi.waitFor(async () => {
      const ours = (await rooms()).find(({ people }) => people === guests.length);
      expect(ours).toBeDefined();
      return ours;
    });
    for (const guest of guests) await vi.waitFor(() => expect(guest.acks.at(-1)?.seq).toBe(7));
    for (const guest of guests) await guest.leave();
    const file = readdirSync(recordings).find((name) => name.startsWith(`${room?.roomId}-`));
    const path = join(recordings, file ?? '');
    await vi.waitFor(() => expect(readFileSync(path, 'utf8')).toMatch(/"hash":"[0-9a-f]{16}"\}\n$/), 10_000);
    const result = await replayFile(path, await loadWorlds(WORLDS));
    expect(result).toMatchObject({ differs: undefined, end: undefined, failed: [] });
    expect(result.agreed).toBeGreaterThan(0);
    expect(readFileSync(path, 'utf8').match(/"type":"input"/g)?.length).toBeGreaterThanOrEqual(24);
  });

  it('forgets rooms that are gone', async () => {
    await vi.waitFor(async () => expect(await rooms()).toEqual([]), 10_000);
    expect(await metric('chatmux_rooms')).toBe(0);
  });

  game.expectNoErrors();
});
