import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { POSE_HEADROOM, POSES_TYPE } from '@chatmux/schema';
import { type Client, ClientState, Protocol } from '@colyseus/core';
import { WebSocketClient } from '@colyseus/ws-transport';
import { afterEach, expect, it } from 'vitest';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { isLineFull, sendPoses } from './pose-line.ts';

let server: WebSocketServer | undefined;
afterEach(() => {
  for (const socket of server?.clients ?? []) socket.terminate();
  server?.close();
});

/** A client as Colyseus holds it, and the browser's end of its line. */
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

function frameOf(length: number): Uint8Array {
  const buffer = new Uint8Array(POSE_HEADROOM + length);
  for (let i = 0; i < length; i++) buffer[POSE_HEADROOM + i] = (i * 31) & 0xff;
  return buffer.subarray(POSE_HEADROOM);
}

/** Lengths around those where a WebSocket's header grows, less the two bytes that Colyseus adds. */
const LENGTHS = [1, 122, 123, 124, 125, 200, 65_532, 65_533, 65_534, 70_000];

it.each([
  ['in one piece', false],
  ['by the WebSocket itself where it may compress', true],
])('sends frames of any length as Colyseus would, %s', async (_how, perMessageDeflate) => {
  const { client, ref, received, browser } = await connect(perMessageDeflate);
  const expected: Uint8Array[] = [];
  for (const length of LENGTHS) {
    const frame = frameOf(length);
    expected.push(Uint8Array.of(Protocol.ROOM_DATA_BYTES, POSES_TYPE, ...frame));
    expect(sendPoses(client, frame)).toBe(perMessageDeflate ? 0 : length + 2);
    // What goes through `ws` keeps its place between.
    ref.send(Uint8Array.of(length & 0xff));
    expected.push(Uint8Array.of(length & 0xff));
  }
  const closed = once(browser, 'close');
  ref.close();
  await closed;
  expect(received).toEqual(expected);
});

it('calls a line full before its client has joined, and while it does not read', async () => {
  const { client, ref } = await connect(false);
  client.state = ClientState.JOINING;
  expect(isLineFull(client)).toBe(true);
  client.state = ClientState.JOINED;
  expect(isLineFull(client)).toBe(false);
  ref.pause();
  for (let i = 0; i < 400; i++) sendPoses(client, frameOf(60_000));
  expect(isLineFull(client)).toBe(true);
});
