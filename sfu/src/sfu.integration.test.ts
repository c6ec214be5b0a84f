import { ProblemError } from '@chatmux/schema';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Sfu } from './start-sfu.ts';
import { soundOnlyCapabilities } from './testing/rtp-blocks.ts';
import {
  connectTestGameServer,
  eventsOf,
  startTestSfu,
  type TestGameServer,
} from './testing/sfu-under-test.ts';
import { joinAs } from './testing/test-person.ts';

const ROOM = 'plaza';
const NOTHING = {
  rooms: 0,
  routers: 0,
  sessions: 0,
  transports: 0,
  producers: 0,
  consumers: 0,
  consumersPlaying: 0,
};
const hear = (from: string, video: 0 | 1 | 2 | 3 = 0) => [{ from, audio: true, video, screen: 0 as const }];

let sfu: Sfu;
let game: TestGameServer;

beforeEach(async () => {
  sfu = await startTestSfu({ healMs: 100, readyMs: 400, orphanMs: 600, unusedRoomMs: 300 });
  game = await connectTestGameServer(sfu.controlPort);
});

afterEach(async () => {
  await game.client.close();
  await sfu.close();
});

/** Waits for the first event of a kind about a session, and gives it. */
async function until<
  E extends 'consumer-opened' | 'consumer-closed' | 'consumer-paused' | 'consumer-resumed',
>(session: string, kind: E, index = 0, server = game) {
  return vi.waitFor(() => {
    const event = eventsOf(server, session, kind)[index];
    if (!event) throw new Error(`no ${kind} for ${session}`);
    return event;
  }, 3000);
}

describe('the plan', () => {
  it('opens paused, plays when confirmed, pauses, resumes and closes', async () => {
    const al = await joinAs(game, 'al');
    const bo = await joinAs(game, 'bo');
    const mic = await bo.produce('mic');
    game.client.plan(ROOM, [{ session: 'al', wants: hear('bo') }]);
    const opened = await until('al', 'consumer-opened');
    expect(opened).toMatchObject({ room: ROOM, from: 'bo', source: 'mic', producerId: mic });
    expect(opened.rtpParameters).toHaveProperty('codecs');
    expect(await game.client.stats()).toMatchObject({ consumers: 1, consumersPlaying: 0 });

    await al.ready(opened.consumerId);
    await until('al', 'consumer-resumed');
    expect(await game.client.stats()).toMatchObject({ consumers: 1, consumersPlaying: 1 });

    game.client.plan(ROOM, [{ session: 'al', wants: [{ from: 'bo', audio: false, video: 0, screen: 0 }] }]);
    await until('al', 'consumer-paused');
    expect(await game.client.stats()).toMatchObject({ consumers: 1, consumersPlaying: 0 });

    game.client.plan(ROOM, [{ session: 'al', wants: hear('bo') }]);
    await until('al', 'consumer-resumed', 1);

    game.client.plan(ROOM, [{ session: 'al', wants: [] }]);
    expect((await until('al', 'consumer-closed')).consumerId).toBe(opened.consumerId);
    expect(await game.client.stats()).toMatchObject({ consumers: 0, producers: 1 });
  });

  it('opens what is produced after the plan has come, and closes it with its producer', async () => {
    await joinAs(game, 'al');
    const bo = await joinAs(game, 'bo');
    game.client.plan(ROOM, [{ session: 'al', wants: hear('bo', 2) }]);
    await bo.produce('cam');
    const first = await until('al', 'consumer-opened');
    expect(first.source).toBe('cam');
    const second = await bo.produce('cam');
    expect((await until('al', 'consumer-closed')).consumerId).toBe(first.consumerId);
    expect((await until('al', 'consumer-opened', 1)).producerId).toBe(second);
    await game.client.rtc(ROOM, 'bo', { method: 'close-producer', epoch: 1, producerId: second });
    await until('al', 'consumer-closed', 1);
    expect(await game.client.stats()).toMatchObject({ producers: 0, consumers: 0 });
  });

  it('opens anew what the browser never confirms', async () => {
    const al = await joinAs(game, 'al');
    const bo = await joinAs(game, 'bo');
    await bo.produce('mic');
    game.client.plan(ROOM, [{ session: 'al', wants: hear('bo') }]);
    const lost = await until('al', 'consumer-opened');
    const again = await until('al', 'consumer-opened', 1);
    expect(eventsOf(game, 'al', 'consumer-closed')[0]?.consumerId).toBe(lost.consumerId);
    await al.ready(again.consumerId);
    await until('al', 'consumer-resumed');
  });

  it('goes on for others when one browser can’t decode', async () => {
    await joinAs(game, 'deaf', { rtpCapabilities: soundOnlyCapabilities });
    const al = await joinAs(game, 'al');
    const bo = await joinAs(game, 'bo');
    await bo.produce('cam');
    await bo.produce('mic');
    game.client.plan(ROOM, [
      { session: 'deaf', wants: hear('bo', 3) },
      { session: 'al', wants: hear('bo', 3) },
    ]);
    await until('al', 'consumer-opened', 1);
    for (const { consumerId } of eventsOf(game, 'al', 'consumer-opened')) await al.ready(consumerId);
    await until('al', 'consumer-resumed', 1);
    await until('deaf', 'consumer-opened');
    expect(eventsOf(game, 'deaf', 'consumer-opened').map(({ source }) => source)).toEqual(['mic']);
  });

  it('closes the receiving side with its transport and opens it again over the next', async () => {
    await joinAs(game, 'al');
    const bo = await joinAs(game, 'bo');
    await bo.produce('mic');
    game.client.plan(ROOM, [{ session: 'al', wants: hear('bo') }]);
    const first = await until('al', 'consumer-opened');
    await game.client.rtc(ROOM, 'al', { method: 'create-transport', epoch: 1, direction: 'receive' });
    expect((await until('al', 'consumer-closed')).consumerId).toBe(first.consumerId);
    await until('al', 'consumer-opened', 1);
    expect(await game.client.stats()).toMatchObject({ transports: 4, consumers: 1 });
  });
});

describe('lives', () => {
  it('leaves nothing when everybody has left', async () => {
    await joinAs(game, 'al');
    const bo = await joinAs(game, 'bo');
    await bo.produce('mic');
    await bo.produce('cam');
    game.client.plan(ROOM, [{ session: 'al', wants: hear('bo', 1) }]);
    await until('al', 'consumer-opened', 1);
    expect(await game.client.stats()).toMatchObject({
      rooms: 1,
      sessions: 2,
      transports: 4,
      producers: 2,
      consumers: 2,
    });
    game.client.closeSession(ROOM, 'bo');
    await until('al', 'consumer-closed', 1);
    expect(await game.client.stats()).toMatchObject({
      rooms: 1,
      sessions: 1,
      transports: 2,
      producers: 0,
      consumers: 0,
    });
    game.client.closeSession(ROOM, 'al');
    expect(await game.client.stats()).toMatchObject(NOTHING);
  });

  it('keeps the sessions named and closes the others', async () => {
    for (const name of ['al', 'bo', 'cy']) await joinAs(game, name);
    game.client.keepSessions(ROOM, ['bo', 'nobody']);
    expect(await game.client.stats()).toMatchObject({ sessions: 1, transports: 2 });
    game.client.closeRoom(ROOM);
    expect(await game.client.stats()).toMatchObject(NOTHING);
  });

  it('starts a session anew when it joins again', async () => {
    const al = await joinAs(game, 'al');
    await al.produce('mic');
    await joinAs(game, 'al');
    expect(await game.client.stats()).toMatchObject({ sessions: 1, transports: 2, producers: 0 });
  });

  it('closes a room nobody joins', async () => {
    await game.client.rtc(ROOM, 'al', { method: 'capabilities', epoch: 1 });
    expect(await game.client.stats()).toMatchObject({ rooms: 1 });
    await vi.waitFor(async () => expect(await game.client.stats()).toMatchObject({ rooms: 0 }), 3000);
  });

  it('holds back who joins again and again, also with what one does after joining', async () => {
    const startMs = performance.now();
    const outcomes: string[] = [];
    let producers = 0;
    for (let nth = 0; nth < 20; nth++)
      try {
        const al = await joinAs(game, 'al');
        outcomes.push('joined');
        await al.produce('mic');
        producers += 1;
      } catch (error) {
        outcomes.push(error instanceof ProblemError ? error.code : String(error));
      }
    const most = 5 + (performance.now() - startMs) / 1000;
    expect(outcomes.filter((outcome) => outcome === 'joined').length).toBeLessThanOrEqual(most);
    expect(producers).toBeLessThanOrEqual(most);
    expect(new Set(outcomes)).toEqual(new Set(['joined', 'too-many']));
    // Others are not held back for it.
    await joinAs(game, 'bo');
  });

  it('keeps rooms for a game server that comes back, with what happened meanwhile', async () => {
    await joinAs(game, 'al');
    const bo = await joinAs(game, 'bo');
    await bo.produce('mic');
    game.client.plan(ROOM, [{ session: 'al', wants: hear('bo') }]);
    await game.client.stats();
    await game.client.close();
    const next = await connectTestGameServer(sfu.controlPort);
    try {
      next.client.keepSessions(ROOM, ['al', 'bo']);
      expect(await next.client.stats()).toMatchObject({ sessions: 2, transports: 4, producers: 1 });
      await vi.waitFor(async () => expect(await next.client.stats()).toMatchObject({ consumers: 1 }), 3000);
      const told = [...eventsOf(game, 'al', 'consumer-opened'), ...eventsOf(next, 'al', 'consumer-opened')];
      expect(told.length).toBeGreaterThan(0);
    } finally {
      await next.client.close();
    }
  });

  it('closes rooms whose game server stays away', async () => {
    await joinAs(game, 'al');
    await game.client.close();
    const other = await connectTestGameServer(sfu.controlPort);
    try {
      expect(await other.client.stats()).toMatchObject({ rooms: 1 });
      await vi.waitFor(async () => expect(await other.client.stats()).toMatchObject(NOTHING), 3000);
    } finally {
      await other.client.close();
    }
  });
});
