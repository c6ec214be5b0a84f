import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type Client, ClientState } from '@colyseus/core';
import { WebSocketClient } from '@colyseus/ws-transport';
import { afterEach, expect, it, vi } from 'vitest';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { plainSocket, straighten } from './socket-line.ts';

let server: WebSocketServer | undefined;
afterEach(() => {
  for (const socket of server?.clients ?? []) socket.terminate();
  server?.close();
});

async function connect(perMessageDeflate: boolean) {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate });
  await once(server, 'listening');
  const browser = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  browser.binaryType = 'arraybuffer';
  const [ref] = (await once(server, 'connection')) as [ServerSocket];
  await once(browser, 'open');
  const client: Client = new WebSocketClient('someone', ref);
  client.state = ClientState.JOINED;
  const received: Uint8Array[] = [];
  browser.addEventListener('message', ({ data }) => received.push(new Uint8Array(data as ArrayBuffer)));
  return { client, ref, browser, received };
}

/** Around the lengths where a header grows, and where messages are too long to be copied. */
const LENGTHS = [0, 1, 125, 126, 127, 4000, 16_384, 16_385, 65_535, 65_536, 100_000];
const messageOf = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 0xff);

it.each([
  ['plain', false],
  ['compressing', true],
])('sends messages of any length in their order over a %s line', async (_how, perMessageDeflate) => {
  const { client, ref, received, browser } = await connect(perMessageDeflate);
  expect(plainSocket(client) === undefined).toBe(perMessageDeflate);
  straighten(client);
  for (const length of LENGTHS) client.raw(messageOf(length));
  const closed = once(browser, 'close');
  ref.close();
  await closed;
  expect(received).toEqual(LENGTHS.map(messageOf));
});

it('hands small messages to the system in one piece, and leaves them whole when their bytes change later', async () => {
  const { client, ref, received, browser } = await connect(false);
  const socket = plainSocket(client);
  if (!socket) throw new Error('the line is not plain');
  const write = vi.spyOn(socket, 'write');
  straighten(client);
  const message = messageOf(300);
  for (let i = 0; i < 5; i++) {
    client.raw(message);
    message.fill(i);
  }
  expect(write).toHaveBeenCalledTimes(5);
  const closed = once(browser, 'close');
  ref.close();
  await closed;
  expect(received).toEqual([messageOf(300), ...[0, 1, 2, 3].map((i) => new Uint8Array(300).fill(i))]);
});

it('sends nothing once the line is closed', async () => {
  const { client, ref, browser } = await connect(false);
  straighten(client);
  const closed = once(ref, 'close');
  browser.close();
  await closed;
  expect(plainSocket(client)).toBeUndefined();
  expect(() => client.raw(messageOf(10))).not.toThrow();
});
