import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Sfu } from './start-sfu.ts';
import {
  connectTestGameServer,
  eventsOf,
  startTestSfu,
  type TestGameServer,
} from './testing/sfu-under-test.ts';
import { joinAs } from './testing/test-person.ts';
import { openVoice } from './testing/voice.ts';

const ROOM = 'plaza';
const hear = (...from: string[]) =>
  from.map((each) => ({ from: each, audio: true, video: 0 as const, screen: 0 as const }));

let sfu: Sfu;
let game: TestGameServer;

async function start(workers: number, sessionsPerWorker = 200) {
  sfu = await startTestSfu({ healMs: 100 }, { workers, sessionsPerWorker });
  game = await connectTestGameServer(sfu.controlPort);
}

afterEach(async () => {
  await game.client.close();
  await sfu.close();
});

function killWorker(number: number): void {
  const worker = sfu.pool.serving.find((each) => each.number === number);
  if (!worker) throw new Error(`worker ${number} does not serve`);
  process.kill(worker.worker.pid, 'SIGKILL');
}

/** Looks often: what is between two workers doesn't last. */
const until = <T>(check: () => T | Promise<T>) => vi.waitFor(check, { timeout: 5000, interval: 2 });
const homeOf = (session: string) => sfu.rooms.session(ROOM, session).session.home.number;
const openedFor = (session: string) => eventsOf(game, session, 'consumer-opened');

describe('a worker that dies', () => {
  beforeEach(() => start(1));

  it('is followed by another, and its sessions are told to join again', async () => {
    const al = await joinAs(game, 'al');
    const bo = await joinAs(game, 'bo');
    await bo.produce('mic');
    game.client.plan(ROOM, [{ session: 'al', wants: hear('bo') }]);
    await until(() => expect(openedFor('al')).toHaveLength(1));
    const [before] = (await game.client.stats()).workerPids;

    killWorker(0);
    await until(() => {
      for (const name of ['al', 'bo']) expect(eventsOf(game, name, 'session-lost')).toHaveLength(1);
    });
    const stats = await game.client.stats();
    expect(stats.workerPids).toHaveLength(1);
    expect(stats.workerPids[0]).not.toBe(before);
    expect(stats).toMatchObject({ sessions: 0, transports: 0, consumers: 0 });
    await expect(al.ready('anything')).rejects.toMatchObject({ code: 'not-found' });

    // What was wanted is still wanted: nobody has to say it again.
    await joinAs(game, 'al');
    await (await joinAs(game, 'bo')).produce('mic');
    await until(() => expect(openedFor('al')).toHaveLength(2));
    expect(game.downs).toEqual([]);
  });

  it('lets those wait who join just then', async () => {
    await joinAs(game, 'al');
    killWorker(0);
    await until(() => expect(sfu.pool.serving).toEqual([]));
    await joinAs(game, 'bo');
    expect(await game.client.stats()).toMatchObject({ sessions: 1, transports: 2 });
  });

  it('tells nobody who has left meanwhile', async () => {
    for (const name of ['al', 'bo', 'cy']) await joinAs(game, name);
    killWorker(0);
    await until(() => expect(sfu.pool.serving).toEqual([]));
    game.client.closeSession(ROOM, 'bo');
    await until(() => expect(eventsOf(game, 'cy', 'session-lost')).toHaveLength(1));
    expect(eventsOf(game, 'bo', 'session-lost')).toEqual([]);
  });
});

describe('a room on several workers', () => {
  beforeEach(async () => {
    await start(2, 2);
    for (const name of ['al', 'bo', 'cy', 'di']) await joinAs(game, name);
  });

  it('fills one before it spreads, and puts people with those they hear', async () => {
    expect(['al', 'bo', 'cy', 'di'].map(homeOf)).toEqual([0, 0, 1, 1]);
    expect(await game.client.stats()).toMatchObject({ rooms: 1, routers: 2, sessions: 4 });
    game.client.closeSession(ROOM, 'al');
    game.client.closeSession(ROOM, 'cy');
    game.client.plan(ROOM, [{ session: 'ed', wants: hear('di') }]);
    await joinAs(game, 'ed');
    expect(homeOf('ed')).toBe(homeOf('di'));
  });

  it('pipes a producer once to each router, as long as somebody there listens', async () => {
    const cy = await joinAs(game, 'cy');
    const mic = await cy.produce('mic');
    game.client.plan(ROOM, [
      { session: 'al', wants: hear('cy') },
      { session: 'bo', wants: hear('cy') },
      { session: 'di', wants: hear('cy') },
    ]);
    await until(() => {
      for (const name of ['al', 'bo', 'di']) expect(openedFor(name)[0]?.producerId).toBe(mic);
    });
    expect(await game.client.stats()).toMatchObject({ consumers: 3, pipes: 1, producers: 1 });
    game.client.plan(ROOM, [{ session: 'al', wants: [] }]);
    await until(() => expect(eventsOf(game, 'al', 'consumer-closed')).toHaveLength(1));
    expect(await game.client.stats()).toMatchObject({ consumers: 2, pipes: 1 });
    game.client.plan(ROOM, [{ session: 'bo', wants: [] }]);
    await until(async () => expect(await game.client.stats()).toMatchObject({ consumers: 1, pipes: 0 }));
    game.client.plan(ROOM, [{ session: 'bo', wants: hear('cy') }]);
    await until(async () => expect(await game.client.stats()).toMatchObject({ consumers: 2, pipes: 1 }));
    await game.client.rtc(ROOM, 'cy', { method: 'close-producer', epoch: 1, producerId: mic });
    await until(async () => expect(await game.client.stats()).toMatchObject({ consumers: 0, pipes: 0 }));
  });

  it('lets packets through a pipe while somebody plays them, and none otherwise', async () => {
    const { room, session } = sfu.rooms.session(ROOM, 'cy');
    const voice = await openVoice(session.home.router);
    room.watchProducer(session, 'mic', voice.producer);
    game.client.plan(ROOM, [{ session: 'al', wants: hear('cy') }]);
    const opened = await until(() => {
      const [event] = openedFor('al');
      if (!event) throw new Error('not yet');
      return event;
    });
    const consumer = sfu.rooms.session(ROOM, 'al').session.consumers.get(opened.consumerId)?.consumer;
    const arrived = async () =>
      (await consumer?.getStats())?.find(({ type }) => type === 'inbound-rtp')?.packetCount ?? 0;
    voice.speak(-30);
    try {
      // Not confirmed by al's browser: it rests, on both workers.
      await until(async () => expect((await voice.producer.getStats())[0]?.packetCount).toBeGreaterThan(5));
      expect(await arrived()).toBe(0);
      await game.client.rtc(ROOM, 'al', {
        method: 'consumer-ready',
        epoch: 1,
        consumerId: opened.consumerId,
      });
      await until(async () => expect(await arrived()).toBeGreaterThan(5));
    } finally {
      voice.close();
    }
  });

  it('goes on where its worker lives when another dies', async () => {
    const bo = await joinAs(game, 'bo');
    const cy = await joinAs(game, 'cy');
    await bo.produce('mic');
    await cy.produce('mic');
    game.client.plan(ROOM, [{ session: 'al', wants: hear('bo', 'cy') }]);
    await until(() => expect(openedFor('al')).toHaveLength(2));
    const fromBo = openedFor('al').find(({ from }) => from === 'bo');

    killWorker(1);
    await until(() => {
      for (const name of ['cy', 'di']) expect(eventsOf(game, name, 'session-lost')).toHaveLength(1);
    });
    for (const name of ['al', 'bo']) expect(eventsOf(game, name, 'session-lost')).toEqual([]);
    expect(eventsOf(game, 'al', 'consumer-closed').map(({ consumerId }) => consumerId)).not.toContain(
      fromBo?.consumerId,
    );
    // Al's worker is told that what it had of cy is gone, and says so a moment later.
    await until(async () =>
      expect(await game.client.stats()).toMatchObject({ sessions: 2, transports: 4, consumers: 1, pipes: 0 }),
    );

    await (await joinAs(game, 'cy')).produce('mic');
    await until(() => expect(openedFor('al')).toHaveLength(3));
    await until(() => expect(sfu.pool.serving).toHaveLength(2));
  });

  it('leaves nothing in any worker when all have left', async () => {
    const cy = await joinAs(game, 'cy');
    await cy.produce('mic');
    game.client.plan(ROOM, [{ session: 'al', wants: hear('cy') }]);
    await until(() => expect(openedFor('al')).toHaveLength(1));
    game.client.keepSessions(ROOM, []);
    await until(async () =>
      expect(await game.client.stats()).toMatchObject({ rooms: 0, routers: 0, pipes: 0 }),
    );
    for (const { worker, webRtcServer } of sfu.pool.serving) {
      await until(async () => expect((await worker.dump()).routerIds).toEqual([]));
      expect((await webRtcServer.dump()).webRtcTransportIds).toEqual([]);
    }
  });
});
