import { once } from 'node:events';
import { connect } from 'node:net';
import { problemSchema } from '@chatmux/schema';
import { CloseCode } from '@colyseus/core';
import { Client } from 'colyseus.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, ask, askForSocket, askToJoin } from './testing/ask.ts';
import { addressesSeen, startWorld, type TestWorld } from './testing/start-world.ts';

const FRIEND = 'https://friends.example';
const STRANGER = 'https://stranger.example';

let world: TestWorld;
let port: number;
beforeAll(async () => {
  world = await startWorld({ allowedOrigins: [FRIEND], joinLimit: { burst: 1000, perSecond: 1000 } });
  ({ port } = world);
});
afterAll(() => world.stop());
beforeEach(() => {
  world.errors.length = 0;
  addressesSeen.length = 0;
});

function expectProblem(answer: Answer, status: number, code: string): void {
  expect(answer.status).toBe(status);
  expect(problemSchema.parse(JSON.parse(answer.text)).code).toBe(code);
}

/** Sends bytes as they are, and gives back what comes until the server closes. */
async function sendRaw(bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  socket.end(bytes);
  await once(socket, 'close');
  return text;
}

describe('a real client', () => {
  it('joins and talks with the room', async () => {
    const client = new Client(`http://127.0.0.1:${port}`);
    const room = await client.joinOrCreate('tiny', { name: 'Ann' });
    const heard = new Promise((resolve) => room.onMessage('echo', resolve));
    room.send('echo', { words: 'hello' });
    expect(await heard).toEqual({ words: 'hello' });
    await room.leave();
  });

  it('comes back by itself when the connection is cut', async () => {
    const room = await new Client(`http://127.0.0.1:${port}`).joinOrCreate('tiny');
    Object.assign(room.reconnection, { minUptime: 0, minDelay: 1, maxDelay: 1 });
    const back = new Promise<void>((resolve) => room.onReconnect(() => resolve()));
    room.connection.close(CloseCode.MAY_TRY_RECONNECT);
    await back;
    const heard = new Promise((resolve) => room.onMessage('echo', resolve));
    room.send('echo', 'still here');
    expect(await heard).toBe('still here');
    await room.leave();
  });

  it('comes back to its seat in a page that was loaded anew', async () => {
    const before = await new Client(`http://127.0.0.1:${port}`).joinOrCreate('tiny');
    before.reconnection.enabled = false;
    const gone = new Promise((resolve) => before.onLeave(resolve));
    before.connection.close(CloseCode.MAY_TRY_RECONNECT);
    await gone;
    const after = await new Client(`http://127.0.0.1:${port}`).reconnect(before.reconnectionToken);
    expect(after.sessionId).toBe(before.sessionId);
    await after.leave();
  });

  it('is told in words why a room refuses it', async () => {
    const client = new Client(`http://127.0.0.1:${port}`);
    await expect(client.joinOrCreate('tiny', { wish: 'refuse' })).rejects.toMatchObject({
      code: 422,
      message: 'Please choose a name that can be seen.',
    });
  });

  it('is cut off when it sends more than a message may hold', async () => {
    const client = new Client(`http://127.0.0.1:${port}`);
    const room = await client.joinOrCreate('tiny');
    room.reconnection.enabled = false;
    const left = new Promise((resolve) => room.onLeave(resolve));
    room.send('echo', 'x'.repeat(70_000));
    expect(await left).toBe(1009);
  });
});

describe('joining', () => {
  it('gives a seat to a page of our own and to a program without a page', async () => {
    for (const headers of [{ Origin: `http://127.0.0.1:${port}` }, {}]) {
      const answer = await askToJoin(port, { headers });
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.text)).toMatchObject({ name: 'tiny', sessionId: expect.any(String) });
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it.each([STRANGER, 'null', `http://127.0.0.1:1`])('is refused to pages of %s', async (origin) => {
    const answer = await askToJoin(port, { headers: { Origin: origin } });
    expectProblem(answer, 403, 'not-yours');
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    expect(addressesSeen).toEqual([]);
  });

  it('is open to pages of a listed origin, which may read the answer', async () => {
    const answer = await askToJoin(port, { headers: { Origin: FRIEND } });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': FRIEND, vary: 'Origin' });
  });

  it('answers the question before it to listed origins only', async () => {
    const path = '/matchmake/joinOrCreate/tiny';
    const friend = await ask(port, path, { method: 'OPTIONS', headers: { Origin: FRIEND } });
    expect(friend.status).toBe(204);
    expect(friend.headers).toMatchObject({
      'access-control-allow-origin': FRIEND,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': expect.stringContaining('Content-Type'),
    });
    const stranger = await ask(port, path, { method: 'OPTIONS', headers: { Origin: STRANGER } });
    expectProblem(stranger, 403, 'not-yours');
    expect(stranger.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it.each([
    ['no JSON', '{"name":', 400, 'bad-message'],
    ['a list', '[]', 400, 'bad-message'],
    ['null', 'null', 400, 'bad-message'],
    ['too much', JSON.stringify({ name: 'x'.repeat(17_000) }), 413, 'too-large'],
  ])('refuses %s', async (_what, body, status, code) => {
    expectProblem(await askToJoin(port, { body }), status, code);
    expect(addressesSeen).toEqual([]);
  });

  it('refuses too much that was not announced', async () => {
    const answer = await askToJoin(port, {
      headers: { 'Transfer-Encoding': 'chunked' },
      body: JSON.stringify({ name: 'x'.repeat(100_000) }),
    });
    expectProblem(answer, 413, 'too-large');
  });

  it('refuses what a foreign form could send', async () => {
    expectProblem(await askToJoin(port, { headers: { 'Content-Type': 'text/plain' } }), 415, 'bad-message');
  });

  it.each([
    '/matchmake/create/tiny',
    '/matchmake/getRoomById/tiny',
    '/matchmake/joinOrCreate/nowhere',
    '/matchmake/joinById/nothing',
    '/matchmake/reconnect/nothing',
    '/matchmake/joinOrCreate/tiny/more',
    '/matchmake/joinOrCreate/%2e%2e',
    '/matchmake/',
  ])('finds nothing at %s', async (path) => {
    expectProblem(await askToJoin(port, { path }), 404, 'not-found');
    expect(world.errors).toEqual([]);
  });

  it('passes on a refusal of the room with its code', async () => {
    expectProblem(await askToJoin(port, { body: '{"wish":"refuse"}' }), 422, 'bad-name');
  });

  it('keeps an error of ours to itself, but tells the log', async () => {
    const answer = await askToJoin(port, { body: '{"wish":"break"}' });
    expectProblem(answer, 500, 'internal');
    expect(answer.text).not.toContain('secret');
    expect(world.errors).toMatchObject([{ message: 'a secret of the server' }]);
  });

  it('takes no other method', async () => {
    const answer = await ask(port, '/matchmake/joinOrCreate/tiny', { method: 'PUT' });
    expectProblem(answer, 405, 'bad-message');
    expect(answer.headers.allow).toBe('POST, OPTIONS');
  });

  it('tells the room the true address, whatever the headers claim', async () => {
    await askToJoin(port, {
      headers: { 'X-Forwarded-For': '9.9.9.9', 'X-Real-IP': '9.9.9.9', 'X-Client-IP': '9.9.9.9' },
    });
    expect(addressesSeen).toEqual(['127.0.0.1']);
  });

  it('survives a client that goes away in the middle', async () => {
    const head =
      'POST /matchmake/joinOrCreate/tiny HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{';
    await sendRaw(head);
    expect((await ask(port, '/healthz')).status).toBe(200);
    expect(world.errors).toEqual([]);
  });
});

describe('opening a WebSocket', () => {
  it('is open to our own page, a listed one, and a program without a page', async () => {
    expect((await askForSocket(port, '/', { Origin: `http://127.0.0.1:${port}` })).status).toBe(101);
    expect((await askForSocket(port, '/', { Origin: FRIEND })).status).toBe(101);
    expect((await askForSocket(port, '/')).status).toBe(101);
  });

  it.each([STRANGER, 'null'])('is refused to pages of %s', async (origin) => {
    expectProblem(
      await askForSocket(port, '/process/room?sessionId=1', { Origin: origin }),
      403,
      'not-yours',
    );
  });

  it.each(['*:99999', '*%', '//', '/a/b/c', '/../etc'])('finds nothing at %s, and lives', async (path) => {
    const answer = await sendRaw(
      `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AQEBAQEBAQEBAQEBAQEBAQ==\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect((await ask(port, '/healthz')).status).toBe(200);
  });
});

describe('the page and what belongs to it', () => {
  it('comes with headers that keep strangers out', async () => {
    const { status, headers, text } = await ask(port, '/');
    expect(status).toBe(200);
    expect(text).toContain('<title>page</title>');
    expect(headers).toMatchObject({
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('microphone=(self)'),
      'content-security-policy': expect.stringContaining(`ws://127.0.0.1:${port} wss://127.0.0.1:${port}`),
    });
    expect(headers).not.toHaveProperty('strict-transport-security');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('puts the same headers on refusals', async () => {
    const { headers } = await ask(port, '/nothing.js');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('gives out the maps, and says when one has not changed', async () => {
    const { status, headers, text } = await ask(port, '/worlds/meadow.json');
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ id: 'meadow', format: 1 });
    const again = await ask(port, '/worlds/meadow.json', {
      headers: { 'If-None-Match': String(headers.etag) },
    });
    expect([again.status, again.text]).toEqual([304, '']);
    expectProblem(await ask(port, '/worlds/../meadow.json'), 404, 'not-found');
    expectProblem(
      await ask(port, '/worlds/nowhere.json', { headers: { Accept: 'text/html' } }),
      404,
      'not-found',
    );
  });

  it.each(['/', '/healthz', '/worlds/meadow.json'])('takes no POST at %s, but HEAD', async (path) => {
    expectProblem(await ask(port, path, { method: 'POST' }), 405, 'bad-message');
    expectProblem(await ask(port, path, { method: 'OPTIONS' }), 405, 'bad-message');
    const head = await ask(port, path, { method: 'HEAD' });
    expect([head.status, head.text]).toEqual([200, '']);
  });

  it('shows nothing of Colyseus’s own routes', async () => {
    expectProblem(await ask(port, '/__healthcheck'), 404, 'not-found');
    expect((await ask(port, '/')).text).not.toContain('Colyseus');
  });

  it.each(['a b', 'a;b', '"', '', 'a:99999', '[::1'])('refuses the host %j', async (host) => {
    const answer = await sendRaw(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('refuses an address of another server', async () => {
    const answer = await sendRaw('GET http://elsewhere/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });
});
