import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stateHash } from '../engine/state-hash.ts';
import { RandomCrowd, YARD } from '../engine/testing/random-crowd.ts';
import { loadWorldDump } from '../engine/world-dump.ts';
import { ask } from '../http/testing/ask.ts';
import { startWorld, type TestWorld } from '../http/testing/start-world.ts';
import type { RoomView } from '../metrics/room-view.ts';
import { ServerMetrics } from '../metrics/server-metrics.ts';
import { runTick } from '../systems/schedule.ts';
import { createWorld } from '../world/create-world.ts';
import { type AdminRoutes, adminRoutes } from './admin-routes.ts';

const TOKEN = 'a-token-of-some-length';

/** A world that people walk in, and its metrics. */
function observedYard() {
  const metrics = new ServerMetrics({ sfuUp: () => true });
  const world = createWorld(YARD);
  const crowd = new RandomCrowd(1, 30);
  const room = metrics.observe({ roomId: 'room-1', copy: 2, world, connections: () => 29 });
  for (let i = 0; i < 300; i++) {
    room.beginTick();
    runTick(world, crowd.next());
    room.endTick();
  }
  room.sent('poses', 1000);
  room.received('input');
  room.refused('stale');
  return { metrics, world };
}

/** The door with the operators' part behind it. */
function useDoor(token: string | undefined) {
  const { metrics, world } = observedYard();
  let clock = 0;
  let routes: AdminRoutes;
  let door: TestWorld;
  beforeAll(async () => {
    routes = adminRoutes({ token, metrics, sfuUp: () => true, now: () => clock });
    door = await startWorld({ admin: routes.answer, trustProxy: true });
  });
  afterAll(async () => {
    routes.stop();
    await door.stop();
    expect(door.errors).toEqual([]);
  });
  return {
    world,
    pass: (ms: number) => {
      clock += ms;
    },
    get: (path: string, authorization?: string, from = '10.0.0.1', method = 'GET') =>
      ask(door.port, path, {
        method,
        headers: { 'X-Forwarded-For': from, ...(authorization !== undefined && { authorization }) },
      }),
  };
}

const PATHS = ['/metrics', '/admin/state.json', '/admin/rooms/room-1/dump.json'];

describe('without ADMIN_TOKEN', () => {
  const door = useDoor(undefined);

  it.each([...PATHS, '/admin', '/admin/', '/admin/admin.js'])('%s is not there', async (path) => {
    expect((await door.get(path, `Bearer ${TOKEN}`)).status).toBe(404);
    expect((await door.get(path, 'Bearer undefined')).status).toBe(404);
  });

  it('all else is answered as ever', async () => {
    expect((await door.get('/healthz')).status).toBe(200);
    expect((await door.get('/')).text).toContain('page');
  });
});

describe('with ADMIN_TOKEN', () => {
  const door = useDoor(TOKEN);
  const right = `Bearer ${TOKEN}`;

  it.each(PATHS)('%s wants the token, the whole token and nothing but the token', async (path) => {
    const wrong = [
      undefined,
      '',
      TOKEN,
      `Basic ${TOKEN}`,
      'Bearer',
      `Bearer ${TOKEN.slice(0, -1)}`,
      `${right}x`,
    ];
    for (const [i, given] of wrong.entries()) {
      const { status, text } = await door.get(path, given, `10.1.${PATHS.indexOf(path)}.${i}`);
      expect([given, status, JSON.parse(text).code]).toEqual([given, 401, 'not-yours']);
    }
    expect((await door.get(path, right)).status).toBe(200);
  });

  it('takes no token in the address', async () => {
    expect((await door.get(`/admin/state.json?token=${TOKEN}`)).status).toBe(401);
  });

  it('lets an address that sent ten wrong tokens wait a minute, whatever it sends, and no other', async () => {
    const from = '10.2.0.1';
    for (let i = 0; i < 10; i++)
      expect((await door.get('/metrics', `Bearer wrong${i}`, from)).status).toBe(401);
    expect((await door.get('/metrics', 'Bearer wrong', from)).status).toBe(429);
    expect((await door.get('/metrics', right, from)).status).toBe(429);
    expect((await door.get('/metrics', right, '10.2.0.2')).status).toBe(200);
    door.pass(59_000);
    expect((await door.get('/metrics', right, from)).status).toBe(429);
    door.pass(1000);
    expect((await door.get('/metrics', right, from)).status).toBe(200);
  });

  it('serves the page to anybody, under the same rules as every page', async () => {
    for (const [path, type] of [
      ['/admin', 'text/html'],
      ['/admin/', 'text/html'],
      ['/admin/admin.css', 'text/css'],
      ['/admin/admin.js', 'text/javascript'],
      ['/admin/charts.js', 'text/javascript'],
    ] as const) {
      const { status, headers, text } = await door.get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(headers['content-type']).toContain(type);
      expect(headers['content-security-policy']).toContain("script-src 'self'");
      expect(text).not.toMatch(/<script>|<style|style=|onclick=/);
    }
    expect((await door.get('/admin', undefined, '10.0.0.1', 'HEAD')).text).toBe('');
    expect((await door.get('/admin', undefined, '10.0.0.1', 'POST')).status).toBe(405);
  });

  it('shows rooms as they are, without names', async () => {
    const { text, headers } = await door.get('/admin/state.json', right);
    const state = JSON.parse(text) as { rooms: RoomView[]; sfu: string };
    expect(headers['cache-control']).toBe('no-store');
    expect(state.sfu).toBe('up');
    const [room] = state.rooms;
    const { world } = door;
    expect(room).toMatchObject({
      roomId: 'room-1',
      world: 'yard',
      copy: 2,
      tick: 300,
      people: world.people.size,
      connections: 29,
      circles: world.grouping.circles.size,
      sent: { poses: { bytes: 1000, messages: 1 } },
      received: { input: 1 },
      refused: { stale: 1 },
    });
    expect(room?.places).toHaveLength(world.people.size);
    expect(room?.tickMs.bars.reduce((sum, { count }) => sum + count, 0)).toBe(300);
    for (const { name } of world.people.values()) expect(text).not.toContain(`"${name}"`);
  });

  it('gives a dump that can be loaded, and says that it is personal', async () => {
    const { text, headers } = await door.get('/admin/rooms/room-1/dump.json', right);
    expect(headers['content-disposition']).toContain('room-1.dump.json');
    const dump: unknown = JSON.parse(text);
    expect(dump).toMatchObject({ about: expect.stringMatching(/^Personal/) });
    expect(stateHash(loadWorldDump(dump, new Map([[YARD.id, YARD]])))).toBe(stateHash(door.world));
    expect((await door.get('/admin/rooms/room-2/dump.json', right)).status).toBe(404);
    expect((await door.get('/admin/rooms/..%2Froom-1/dump.json', right)).status).toBe(404);
  });

  it('gives the metrics in the format of Prometheus', async () => {
    const { text, headers } = await door.get('/metrics', right);
    expect(headers['content-type']).toContain('text/plain; version=0.0.4');
    expect(text).toContain(`chatmux_people{world="yard",copy="2"} ${door.world.people.size}\n`);
    expect(text).toContain('chatmux_tick_seconds_count{world="yard"} 300\n');
    expect(text).toContain('chatmux_sent_bytes_total{kind="poses"} 1000\n');
    expect(text).toContain('chatmux_sfu_up 1\n');
  });
});
