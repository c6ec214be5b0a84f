// The whole game server as operators run it, on a bench's own world, driven by its parent: see calls.ts. Argument: the
// plan as JSON.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseConfig } from '@chatmux/config';
import { openDatabase, sqliteGuests } from '@chatmux/db';
import { admitGuest } from '../../../../game-server/src/rooms/admit-guest.ts';
import { startGameServer } from '../../../../game-server/src/start-game-server.ts';
import { botJoin, botPlace } from '../../bots/bot-join.ts';
import { answerCalls } from '../../bots/calls.ts';
import type { Area } from '../../bots/random-walk.ts';
import { fieldFor } from './field.ts';

export interface GamePlan {
  /** Empty folder for the world's file and the database. */
  folder: string;
  area: Area;
  /** Bots of this seed that have been here before: each comes back to where it stood. */
  seed: number;
  people: number;
  adminToken: string;
}
const plan: GamePlan = JSON.parse(process.argv[2] ?? '');
const { folder, area, seed, people, adminToken } = plan;

const map = fieldFor(area);
await writeFile(join(folder, `${map.id}.json`), JSON.stringify(map));
const database = await openDatabase({ file: join(folder, 'chatmux.sqlite') });
const guests = sqliteGuests(database.db);
for (let nth = 0; nth < people; nth++) {
  const { guestHash, name, colour } = admitGuest(botJoin(seed, nth));
  await guests.visit(guestHash, { name, colour }, Date.now());
  await guests.leftAt(guestHash, { worldId: map.id, ...botPlace(seed, nth, area), yaw: 0 }, Date.now());
}
await database.close();

const config = parseConfig({
  DATA_DIR: folder,
  HOST: '127.0.0.1',
  MEDIA: 'direct',
  WORLD: map.id,
  MAX_PEOPLE: `${people + 10}`,
  ADMIN_TOKEN: adminToken,
});
const quiet = () => undefined;
const log = { info: quiet, debug: quiet, warn: console.error, error: console.error };
const game = await startGameServer({ ...config, port: 0 }, log, {
  // They all come from one address, which else would have to wait for its turn.
  joinLimit: { burst: 10_000, perSecond: 1000 },
  worldsFolder: folder,
});

let cpu = process.cpuUsage();
let since = performance.now();
const calls = {
  url: () => game.url,
  mark() {
    cpu = process.cpuUsage();
    since = performance.now();
  },
  read() {
    const { user, system } = process.cpuUsage(cpu);
    return { wallMs: performance.now() - since, cpuMs: (user + system) / 1000 };
  },
  stop: () => game.stop(),
};
export type GameCalls = typeof calls;

answerCalls(calls);
