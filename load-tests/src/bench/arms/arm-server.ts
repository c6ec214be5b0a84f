// A Colyseus server with one bench room, driven by its parent: see calls.ts. Arguments: the arm, and its area as JSON.
import { createServer } from 'node:http';
import { WORLD_ROOM } from '@chatmux/schema';
import { Server } from '@colyseus/core';
import { Encoder } from '@colyseus/schema';
import { WebSocketTransport } from '@colyseus/ws-transport';
import { answerCalls } from '../../bots/calls.ts';
import { type Bench, createBenchRoom, type RoomReport } from './bench-room.ts';
import { fieldFor } from './field.ts';
import { type MakeTeller, tellNobody } from './teller.ts';

/** Loaded only where it is the arm, so that an arm's process holds nothing of another's. */
const ARMS = {
  'input-only': async (): Promise<MakeTeller> => tellNobody,
  full: async (): Promise<MakeTeller> => (await import('./tell-full.ts')).tellFull,
  view: async (): Promise<MakeTeller> => (await import('./tell-view.ts')).tellView,
  ours: async (): Promise<MakeTeller> => (await import('./tell-ours.ts')).tellOurs,
  'ours-counting': async (): Promise<MakeTeller> => (await import('./tell-ours.ts')).tellOursCounting,
};
export type Arm = keyof typeof ARMS;

const [arm = '', area = ''] = process.argv.slice(2);
const make = ARMS[arm as Arm];
if (!make) throw new Error(`there is no arm called ${arm}`);

// Room for the whole state of thousands; Colyseus's own 8 KiB would grow again and again.
Encoder.BUFFER_SIZE = 1024 * 1024;
let bench: Bench | undefined;
// No pings: those of resting arms would be the measured arm's noise.
const web = createServer();
const transport = new WebSocketTransport({ server: web, perMessageDeflate: false, pingInterval: 0 });
const server = new Server({ transport, greet: false, gracefullyShutdown: false });
server.define(
  WORLD_ROOM,
  createBenchRoom(fieldFor(JSON.parse(area)), await make(), (opened) => {
    bench = opened;
  }),
);
await server.listen(0, '127.0.0.1');

function running(): Bench {
  if (!bench) throw new Error('nobody has joined yet');
  return bench;
}
let cpu = process.cpuUsage();
let since = performance.now();

/** What the process used, and what its room did, since the last mark. */
export interface ArmReport extends RoomReport {
  wallMs: number;
  cpuMs: number;
}

const calls = {
  url() {
    const address = web.address();
    if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
    return `http://127.0.0.1:${address.port}`;
  },
  go: () => running().go(),
  rest: () => running().rest(),
  mark() {
    running().mark();
    cpu = process.cpuUsage();
    since = performance.now();
  },
  read(): ArmReport {
    const { user, system } = process.cpuUsage(cpu);
    return { ...running().read(), wallMs: performance.now() - since, cpuMs: (user + system) / 1000 };
  },
};
export type ArmCalls = typeof calls;

answerCalls(calls);
