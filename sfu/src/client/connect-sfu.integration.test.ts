import type { AddressInfo } from 'node:net';
import type { SfuEvent } from '@chatmux/schema';
import { afterEach, expect, it, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { connectSfu, type SfuClient } from './index.ts';

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A server that answers as each test says: what a broken or older SFU might do. */
async function listen(onFrame: (socket: WebSocket, frame: { id: number }) => void, port = 0) {
  const server = new WebSocketServer({ host: '127.0.0.1', port });
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (socket) =>
    socket.on('message', (data) => onFrame(socket, JSON.parse(data.toString()))),
  );
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of server.clients) socket.terminate();
      server.close(() => resolve());
    });
  closers.push(close);
  return { server, close, port: (server.address() as AddressInfo).port };
}

async function connect(port: number, timeoutMs = 5000) {
  const events: SfuEvent[] = [];
  const lines: string[] = [];
  const seen: string[] = [];
  const write = (line: string) => void lines.push(line);
  const client: SfuClient = connectSfu({
    url: `ws://127.0.0.1:${port}`,
    secret: 'not asked for here',
    onEvent: (event) => events.push(event),
    onSpeaking: (room, sessions) => seen.push(`${room}: ${sessions}`),
    onDraining: (seconds) => seen.push(`draining ${seconds}`),
    onUp: () => seen.push('up'),
    onDown: () => seen.push('down'),
    log: { info: write, warn: write },
    timeoutMs,
  });
  closers.push(() => client.close());
  await vi.waitFor(() => expect(seen).toContain('up'));
  return { client, events, lines, seen };
}

const stats = {
  workerPids: [1],
  rooms: 0,
  routers: 0,
  sessions: 0,
  transports: 0,
  producers: 0,
  consumers: 0,
  consumersPlaying: 0,
  pipes: 0,
};

it('rejects what waits when the connection is lost, and comes back by itself', async () => {
  const silent = await listen(() => undefined);
  const { client, seen } = await connect(silent.port);
  const waiting = expect(client.stats()).rejects.toMatchObject({ code: 'media-down' });
  await silent.close();
  await waiting;
  await vi.waitFor(() => expect(seen).toEqual(['up', 'down']));
  expect(client.isUp()).toBe(false);
  await expect(client.stats()).rejects.toMatchObject({ code: 'media-down' });
  client.plan('plaza', []);

  await listen((socket, { id }) => socket.send(JSON.stringify({ id, ok: true, data: stats })), silent.port);
  await vi.waitFor(() => expect(seen).toEqual(['up', 'down', 'up']), 5000);
  expect(await client.stats()).toEqual(stats);
});

it('gives up on an answer that doesn’t come', async () => {
  const { port } = await listen(() => undefined);
  const { client } = await connect(port, 50);
  await expect(client.stats()).rejects.toMatchObject({ code: 'media-down' });
});

it('turns a problem into a ProblemError with its code and words', async () => {
  const problem = { code: 'not-yours', message: 'This transport is not yours.' };
  const { port } = await listen((socket, { id }) => socket.send(JSON.stringify({ id, ok: false, problem })));
  const { client } = await connect(port);
  const refused = client.rtc('plaza', 'al', { method: 'restart-ice', epoch: 1, transportId: 'x' });
  await expect(refused).rejects.toMatchObject({ name: 'ProblemError', ...problem });
});

it('passes events on only when they have their shape', async () => {
  const good: SfuEvent = { event: 'consumer-closed', room: 'plaza', session: 'al', consumerId: 'c' };
  const { port } = await listen((socket, { id }) => {
    socket.send('{');
    socket.send(JSON.stringify({ event: { ...good, event: 'surprise' } }));
    socket.send(JSON.stringify({ event: { ...good, consumerId: 5 } }));
    socket.send(JSON.stringify({ event: good }));
    socket.send(JSON.stringify({ id, ok: true, data: stats }));
  });
  const { client, events, lines } = await connect(port);
  await client.stats();
  expect(events).toEqual([good]);
  expect(lines.filter((line) => line.includes('can’t be read'))).toHaveLength(3);
});

it('tells who speaks, and that the server is about to end', async () => {
  const { port } = await listen((socket, { id }) => {
    socket.send(JSON.stringify({ event: { event: 'levels', room: 'plaza', speaking: ['al', 'bo'] } }));
    socket.send(JSON.stringify({ event: { event: 'draining', seconds: 5 } }));
    socket.send(JSON.stringify({ id, ok: true, data: {} }));
  });
  const { client, seen } = await connect(port);
  await client.drain();
  expect(seen).toEqual(['up', 'plaza: al,bo', 'draining 5']);
});

it('refuses an answer that isn’t one', async () => {
  const { port } = await listen((socket, { id }) =>
    socket.send(JSON.stringify({ id, ok: true, data: { rooms: -1 } })),
  );
  const { client } = await connect(port);
  await expect(client.stats()).rejects.toMatchObject({ code: 'internal' });
});

it('logs what a plan was refused for, and doesn’t throw', async () => {
  const problem = { code: 'internal', message: 'no luck' };
  const { port } = await listen((socket, { id }) => socket.send(JSON.stringify({ id, ok: false, problem })));
  const { client, lines } = await connect(port);
  client.plan('plaza', []);
  await vi.waitFor(() => expect(lines.join('\n')).toContain('did not do plan: no luck'));
});
