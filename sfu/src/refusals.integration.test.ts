import { PROBLEM_CODES, type RtcRequest } from '@chatmux/schema';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Sfu } from './start-sfu.ts';
import { camParameters, micParameters, someDtlsParameters } from './testing/rtp-blocks.ts';
import {
  connectTestGameServer,
  eventsOf,
  SECRET,
  startTestSfu,
  type TestGameServer,
} from './testing/sfu-under-test.ts';
import { joinAs, type TestPerson } from './testing/test-person.ts';

const ROOM = 'plaza';
let sfu: Sfu;
let game: TestGameServer;
let al: TestPerson;
let bo: TestPerson;
let boMic: string;
let boConsumer: string;

beforeAll(async () => {
  sfu = await startTestSfu();
  game = await connectTestGameServer(sfu.controlPort);
  al = await joinAs(game, 'al');
  bo = await joinAs(game, 'bo');
  boMic = await bo.produce('mic');
  await al.produce('mic');
  game.client.plan(ROOM, [{ session: 'bo', wants: [{ from: 'al', audio: true, video: 0, screen: 0 }] }]);
  boConsumer = await vi.waitFor(() => {
    const event = eventsOf(game, 'bo', 'consumer-opened')[0];
    if (!event) throw new Error('not yet');
    return event.consumerId;
  });
});

afterAll(async () => {
  await game.client.close();
  await sfu.close();
});

const epoch = 1;

/** Each call that names an object, made with this id. */
function callsNaming(id: string): RtcRequest[] {
  return [
    { method: 'connect-transport', epoch, transportId: id, dtlsParameters: someDtlsParameters },
    { method: 'restart-ice', epoch, transportId: id },
    { method: 'produce', epoch, transportId: id, source: 'mic', rtpParameters: micParameters() },
    { method: 'close-producer', epoch, producerId: id },
    { method: 'consumer-ready', epoch, consumerId: id },
  ];
}

async function codeOf(request: RtcRequest, session = 'al', room = ROOM): Promise<string> {
  return game.client.rtc(room, session, request).then(
    () => 'done',
    (error: { code: string }) => error.code,
  );
}

describe('objects', () => {
  it('of somebody else are refused as not-yours in every call', async () => {
    for (const id of [bo.send, bo.receive, boMic, boConsumer]) {
      for (const call of callsNaming(id))
        expect(await codeOf(call), `${call.method} ${id}`).toBe('not-yours');
    }
  });

  it('of somebody in another room are not-yours either', async () => {
    const far = await joinAs(game, 'far', { room: 'garden' });
    for (const call of callsNaming(far.send)) expect(await codeOf(call), call.method).toBe('not-yours');
    expect(await codeOf({ method: 'restart-ice', epoch, transportId: bo.send }, 'far', 'garden')).toBe(
      'not-yours',
    );
    game.client.closeRoom('garden');
  });

  it('of nobody are not-found', async () => {
    for (const call of callsNaming('nothing')) expect(await codeOf(call), call.method).toBe('not-found');
    for (const call of callsNaming(bo.send))
      expect(await codeOf(call, 'nobody'), call.method).toBe('not-found');
  });

  it('were not touched by any of this', async () => {
    expect(await game.client.stats()).toMatchObject({
      sessions: 2,
      transports: 4,
      producers: 2,
      consumers: 1,
    });
  });
});

describe('media sent', () => {
  const produce = (source: 'mic' | 'cam', rtpParameters: Record<string, unknown>, transportId = al.send) =>
    codeOf({ method: 'produce', epoch, transportId, source, rtpParameters });

  it('must be of the kind its source says', async () => {
    expect(await produce('cam', micParameters())).toBe('bad-message');
    expect(await produce('mic', camParameters(1))).toBe('bad-message');
    expect(await produce('mic', { ...micParameters(), encodings: [{ ssrc: 1 }, { ssrc: 2 }] })).toBe(
      'bad-message',
    );
    expect(await produce('cam', camParameters(4))).toBe('bad-message');
  });

  it('must be readable for mediasoup', async () => {
    expect(await produce('mic', {})).toBe('bad-message');
    const unknown = {
      ...micParameters(),
      codecs: [{ mimeType: 'audio/strange', payloadType: 111, clockRate: 8000 }],
    };
    expect(await produce('mic', unknown)).toBe('bad-message');
    const extension = { ...micParameters(), headerExtensions: [{ uri: 'urn:none', id: 1 }] };
    expect(await produce('mic', extension)).toBe('bad-message');
  });

  it('goes over the send transport', async () => {
    expect(await produce('mic', micParameters(), al.receive)).toBe('bad-message');
  });
});

describe('transports', () => {
  it('take keys once, and only real ones', async () => {
    const connect = (dtlsParameters: Record<string, unknown>) =>
      codeOf({ method: 'connect-transport', epoch, transportId: al.receive, dtlsParameters });
    expect(await connect({ fingerprints: [] })).toBe('bad-message');
    expect(await connect(someDtlsParameters)).toBe('done');
    expect(await connect(someDtlsParameters)).toBe('bad-message');
    expect(await codeOf({ method: 'restart-ice', epoch, transportId: al.receive })).toBe('done');
  });
});

it('a browser’s unreadable capabilities open no session', async () => {
  expect(await codeOf({ method: 'join', epoch, rtpCapabilities: { codecs: 'all' } }, 'new')).toBe(
    'bad-message',
  );
  expect(await game.client.stats()).toMatchObject({ sessions: 2 });
});

describe('how cameras should be coded', () => {
  it('is said in words there are', async () => {
    const strange = { method: 'prefer', epoch, codec: 'av1' } as unknown as RtcRequest;
    expect(await codeOf(strange)).toBe('bad-message');
    const joining = { method: 'join', epoch, rtpCapabilities: {}, prefers: 'av1' } as unknown as RtcRequest;
    expect(await codeOf(joining, 'new')).toBe('bad-message');
    expect(await codeOf({ method: 'prefer', epoch, codec: 'vp9' }, 'nobody')).toBe('not-found');
  });

  it('can be changed a few times, and not on and on; to say the same again costs nothing', async () => {
    const prefer = (codec: 'vp8' | 'vp9') => codeOf({ method: 'prefer', epoch, codec });
    const answers: string[] = [];
    for (let nth = 0; nth < 20; nth++) answers.push(await prefer(nth % 2 === 0 ? 'vp9' : 'vp8'));
    expect(answers[0]).toBe('done');
    expect(answers).toContain('too-many');
    const last = sfu.rooms.session(ROOM, 'al').session.prefers;
    for (let nth = 0; nth < 20; nth++) expect(await prefer(last)).toBe('done');
  });
});

describe('frames', () => {
  /** Sends raw frames and gives the answers to the numbered ones, then to a last good one. */
  async function answersTo(
    frames: (string | Buffer)[],
  ): Promise<{ id: number; ok: boolean; problem?: { code: string } }[]> {
    const socket = new WebSocket(`ws://127.0.0.1:${sfu.controlPort}`, {
      headers: { authorization: `Bearer ${SECRET}` },
    });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const answers: { id: number; ok: boolean }[] = [];
    const last = new Promise<void>((resolve) => {
      socket.on('message', (data) => {
        const answer = JSON.parse(data.toString());
        answers.push(answer);
        if (answer.id === 99) resolve();
      });
    });
    for (const frame of frames) socket.send(frame);
    socket.send(JSON.stringify({ id: 99, request: { method: 'stats' } }));
    await last;
    socket.close();
    await new Promise((resolve) => socket.once('close', resolve));
    return answers;
  }

  it('that can’t be read get a typed problem and the connection stays', async () => {
    const numbered = [
      { id: 1 },
      { id: 2, request: { method: 'no-such-method' } },
      { id: 3, request: { method: 'stats', more: 1 } },
      { id: 4, request: { method: 'rtc', room: ROOM, session: 'al', request: { method: 'join' } } },
      {
        id: 5,
        request: {
          method: 'plan',
          room: ROOM,
          listeners: [{ session: 'al', wants: [{ from: 'bo', audio: 1, video: 9, screen: 0 }] }],
        },
      },
      { id: 6, request: null },
    ];
    const unnumbered = ['', '{', 'null', '[]', '"x"', '{"id":-1}', '{"id":"1"}', Buffer.from([0, 1, 2])];
    const answers = await answersTo([...unnumbered, ...numbered.map((frame) => JSON.stringify(frame))]);
    expect(answers.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 99]);
    for (const answer of answers.slice(0, -1)) {
      expect(answer).toMatchObject({ ok: false, problem: { code: 'bad-message' } });
      expect(PROBLEM_CODES).toContain(answer.problem?.code);
    }
    expect(answers.at(-1)?.ok).toBe(true);
  });

  it.each([undefined, 'Bearer wrong', `Basic ${SECRET}`])(
    'without the secret never get in (%s)',
    async (authorization) => {
      const headers = authorization === undefined ? {} : { authorization };
      const socket = new WebSocket(`ws://127.0.0.1:${sfu.controlPort}`, { headers });
      const status = await new Promise((resolve, reject) => {
        socket.once('unexpected-response', (_request, response) => resolve(response.statusCode));
        socket.once('open', () => reject(new Error('let in')));
        socket.once('error', reject);
      });
      expect(status).toBe(401);
      socket.on('error', () => undefined);
      socket.terminate();
    },
  );

  it('too large end that connection alone', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${sfu.controlPort}`, {
      headers: { authorization: `Bearer ${SECRET}` },
    });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    socket.on('error', () => undefined);
    const code = new Promise((resolve) => socket.once('close', resolve));
    socket.send(Buffer.alloc(8 * 1024 * 1024 + 1, 0x20));
    expect([1006, 1009]).toContain(await code);
    expect(await game.client.stats()).toMatchObject({ sessions: 2 });
  });
});
