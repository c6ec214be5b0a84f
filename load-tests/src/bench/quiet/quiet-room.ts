import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseConfig } from '@chatmux/config';
import { HEARTBEAT_STANDING_MS, STEP_HZ, WORLD_ROOM } from '@chatmux/schema';
import { matchMaker, Protocol } from '@colyseus/core';
import { startGameServer } from '../../../../game-server/src/start-game-server.ts';
import { openEars } from '../../../../sfu/src/testing/ears.ts';
import { SECRET, startTestSfu } from '../../../../sfu/src/testing/sfu-under-test.ts';
import { botJoin } from '../../bots/bot-join.ts';
import { BotSocket } from '../../bots/bot-socket.ts';
import { clientFrame } from '../../bots/frame-reader.ts';
import { inputFrame } from '../../bots/input-frame.ts';
import { count, kindOf, type Traffic } from '../../bots/traffic.ts';
import { fieldFor } from '../arms/field.ts';
import type { Tape } from './microphone-tape.ts';
import { listenAt, type SeatedListener } from './seat.ts';
import { openTapePlayer, type TapePlayer } from './tape-player.ts';

const PATIENCE_MS = 40_000;
/** They stand about as guests at a party do: all within earshot of all. */
const AREA = { minX: -4, maxX: 4, minZ: -4, maxZ: 4 };

/** `devices {mic: true, cam: false, screen: false}` as the room reads it, in MessagePack. */
const text = (word: string) => [0xa0 | word.length, ...Buffer.from(word, 'latin1')];
const MIC_ON = clientFrame(
  Uint8Array.from(
    [
      [Protocol.ROOM_DATA, ...text('devices'), 0x83],
      [...text('mic'), 0xc3, ...text('cam'), 0xc2, ...text('screen'), 0xc2],
    ].flat(),
  ),
);

/** What has left the servers until now. */
export interface Sent {
  /** RTP and reports, as they lie in UDP. */
  readonly media: { packets: number; bytes: number };
  /** By kind, WebSocket headers counted. */
  readonly messages: Traffic;
}

/** The real game server and the real SFU with people whose microphones are on, and who stand. */
export interface QuietRoom {
  readonly people: number;
  /** What each microphone sends from now on. */
  play(tapeOf: (nth: number) => Tape): void;
  sent(): Sent;
  /** Packets that the microphones have sent until now. */
  spoken(): number;
  close(): Promise<void>;
}

export async function openQuietRoom(people: number, tape: Tape): Promise<QuietRoom> {
  const folder = await mkdtemp(join(tmpdir(), 'chatmux-quiet-'));
  const map = fieldFor(AREA);
  await writeFile(join(folder, `${map.id}.json`), JSON.stringify(map));
  const sfu = await startTestSfu();
  const config = parseConfig({
    DATA_DIR: folder,
    HOST: '127.0.0.1',
    MEDIA: 'sfu',
    WORLD: map.id,
    SFU_CONTROL_PORT: `${sfu.controlPort}`,
    SFU_SECRET: SECRET,
  });
  const quiet = () => undefined;
  const log = { info: quiet, debug: quiet, warn: console.error, error: console.error };
  const game = await startGameServer({ ...config, port: 0 }, log, {
    // They all come from one address, which else would have to wait for its turn.
    joinLimit: { burst: 1000, perSecond: 100 },
    worldsFolder: folder,
  });
  const ears = await openEars();
  const messages: Traffic = {};
  const sockets: BotSocket[] = [];
  const players: TapePlayer[] = [];
  const listeners: SeatedListener[] = [];
  let beating: NodeJS.Timeout | undefined;

  async function close(): Promise<void> {
    clearInterval(beating);
    for (const player of players) player.close();
    for (const socket of sockets) socket.close();
    await game.stop();
    await sfu.close();
    await ears.close();
    await rm(folder, { recursive: true, force: true });
  }

  try {
    const join = async (nth: number) => {
      const socket = await BotSocket.join(
        new URL(game.url),
        WORLD_ROOM,
        botJoin(1, nth),
        (bytes, start, _end, wire) => count(messages, kindOf(bytes, start), wire),
      );
      sockets.push(socket);
      socket.send(MIC_ON);
    };
    await join(0);
    const [listed] = await matchMaker.query({ name: WORLD_ROOM });
    if (!listed) throw new Error('there is no room');
    // From now on the plan is kept: it is told to rooms that the media server knows.
    const room = await sfu.rooms.getOrOpen(listed.roomId);
    for (let nth = 1; nth < people; nth++) await join(nth);
    // A person who stands says so every other second.
    let beat = 0;
    beating = setInterval(() => {
      const step = Math.round((beat * HEARTBEAT_STANDING_MS * STEP_HZ) / 1000);
      for (const socket of sockets) socket.send(inputFrame({ seq: beat, step, gait: 0, heading: 0 }));
      beat += 1;
    }, HEARTBEAT_STANDING_MS);

    const end = performance.now() + PATIENCE_MS;
    const until = async (what: string, holds: () => boolean) => {
      while (!holds()) {
        if (performance.now() > end) throw new Error(`${what}: not within ${PATIENCE_MS} ms`);
        await wait(100);
      }
    };
    await until('everybody is in the plan', () => room.wants.size === people);
    for (const [nth, session] of [...room.wants.keys()].entries()) {
      const listener = await listenAt(sfu, listed.roomId, session, ears);
      listeners.push(listener);
      const player = await openTapePlayer(listener.session.home.router, 1000 + nth, nth / people);
      players.push(player);
      room.watchProducer(listener.session, 'mic', player.producer);
      player.play(tape);
    }
    const wanted = () => [...room.wants.values()].flat().filter(({ audio }) => audio).length;
    await until('everybody hears whom the plan gives them', () => {
      for (const listener of listeners) listener.confirm();
      return sfu.rooms.stats().consumersPlaying >= wanted();
    });
    // Whoever comes into the plan later is confirmed as well.
    const confirming = setInterval(() => {
      for (const listener of listeners) listener.confirm();
    }, 100);
    return {
      people,
      play(tapeOf) {
        for (const [nth, player] of players.entries()) player.play(tapeOf(nth));
      },
      sent: () => ({ media: ears.all, messages: structuredClone(messages) }),
      spoken: () => players.reduce((sum, { sent }) => sum + sent, 0),
      async close() {
        clearInterval(confirming);
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
