import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Health } from './control/http-routes.ts';
import type { Sfu } from './start-sfu.ts';
import {
  connectTestGameServer,
  SECRET,
  startTestSfu,
  type TestGameServer,
} from './testing/sfu-under-test.ts';
import { joinAs } from './testing/test-person.ts';

const ROOM = 'plaza';
let sfu: Sfu;
let game: TestGameServer;

async function start(drainMs: number) {
  sfu = await startTestSfu({ healMs: 100, drainMs });
  game = await connectTestGameServer(sfu.controlPort);
}

afterEach(async () => {
  await game.client.close();
  await sfu.close();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${sfu.controlPort}${path}`, { headers });
const health = async () => {
  const response = await get('/healthz');
  const told: unknown = await response.json();
  return { code: response.status, ...(told as Health) };
};

describe('draining', () => {
  it('takes nobody new, lets those go on who are there, and ends when they have gone', async () => {
    await start(3_600_000);
    const al = await joinAs(game, 'al');
    await game.client.drain();
    await vi.waitFor(() => expect(game.drains).toEqual([3600]));
    await expect(joinAs(game, 'bo')).rejects.toMatchObject({ code: 'media-down' });
    await expect(joinAs(game, 'cy', { room: 'garden' })).rejects.toMatchObject({ code: 'media-down' });
    await game.client.rtc(ROOM, 'al', { method: 'restart-ice', epoch: 1, transportId: al.send });
    await al.produce('mic');
    expect(await health()).toMatchObject({ code: 503, status: 'draining', sessions: 1 });
    game.client.closeSession(ROOM, 'al');
    await sfu.drained;
  });

  it('ends at its deadline although somebody is there', async () => {
    await start(200);
    await joinAs(game, 'al');
    sfu.drain();
    sfu.drain();
    await sfu.drained;
    expect((await game.client.stats()).sessions).toBe(1);
    expect(game.drains).toEqual([0.2]);
  });

  it('is told to a game server that comes later', async () => {
    await start(3_600_000);
    await joinAs(game, 'al');
    sfu.drain();
    const late = await connectTestGameServer(sfu.controlPort);
    await vi.waitFor(() => expect(late.drains).toEqual([3600]));
    await late.client.close();
  });
});

describe('what can be asked over HTTP', () => {
  beforeEach(() => start(0));

  it('is whether it is well, without the secret', async () => {
    expect(await health()).toEqual({ code: 200, status: 'ok', workers: { serving: 1, of: 1 }, sessions: 0 });
    for (const { worker } of sfu.pool.serving) process.kill(worker.pid, 'SIGKILL');
    await vi.waitFor(async () => expect((await health()).status).toBe('starting'), { interval: 1 });
    await vi.waitFor(async () => expect(await health()).toMatchObject({ code: 200, status: 'ok' }), 5000);
  });

  it('is what it measures, with the secret', async () => {
    await joinAs(game, 'al');
    const bo = await joinAs(game, 'bo');
    await bo.produce('mic');
    game.client.plan(ROOM, [{ session: 'al', wants: [{ from: 'bo', audio: true, video: 0, screen: 0 }] }]);
    await vi.waitFor(async () => expect((await game.client.stats()).consumers).toBe(1));
    const response = await get('/metrics', { authorization: `Bearer ${SECRET}` });
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=/);
    const text = await response.text();
    const value = (name: string) =>
      Number(new RegExp(`^chatmux_sfu_${name.replace(/[{}"]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1]);
    expect({
      workers: value('workers'),
      rooms: value('rooms'),
      routers: value('routers'),
      sessions: value('sessions'),
      transports: value('transports'),
      producers: value('producers'),
      pipes: value('pipes'),
      playing: value('consumers{state="playing"}'),
      paused: value('consumers{state="paused"}'),
      deaths: value('worker_deaths_total'),
      draining: value('draining'),
    }).toEqual({
      workers: 1,
      rooms: 1,
      routers: 1,
      sessions: 2,
      transports: 4,
      producers: 1,
      pipes: 0,
      playing: 0,
      paused: 1,
      deaths: 0,
      draining: 0,
    });
    expect(value('passes_total')).toBeGreaterThan(0);
    expect(value('worker_cpu_seconds_total{worker="0"}')).toBeGreaterThan(0);
    expect(value('worker_memory_max_bytes{worker="0"}')).toBeGreaterThan(1_000_000);
    for (const direction of ['in', 'out']) expect(value(`bytes_total{direction="${direction}"}`)).toBe(0);
  });

  it.each([{}, { authorization: 'Bearer wrong' }])('is no metrics without it (%o)', async (headers) => {
    const response = await get('/metrics', headers);
    expect([response.status, await response.text()]).toEqual([401, expect.not.stringContaining('chatmux_')]);
  });

  it('is nothing else', async () => {
    expect((await get('/')).status).toBe(426);
    expect((await get('//')).status).toBe(426);
    const posted = await fetch(`http://127.0.0.1:${sfu.controlPort}/healthz`, { method: 'POST' });
    expect(posted.status).toBe(405);
  });
});
