// The whole game server as operators run it, with people who are signed in, driven by its parent: see calls.ts. Argument:
// the plan as JSON.
import { join } from 'node:path';
import { parseConfig } from '@chatmux/config';
import { openDatabase, sqliteIdentities, sqliteSessions } from '@chatmux/db';
import { AccountEvents } from '../../../../game-server/src/auth/account-events.ts';
import { Sessions } from '../../../../game-server/src/auth/sessions.ts';
import { startGameServer } from '../../../../game-server/src/start-game-server.ts';
import { answerCalls } from '../../bots/calls.ts';

export interface PeopledPlan {
  /** Empty folder for the database. */
  folder: string;
  people: number;
}
const plan: PeopledPlan = JSON.parse(process.argv[2] ?? '');
const { folder, people } = plan;

/** @returns who they are, and the cookie they are signed in by */
async function settle(): Promise<{ id: string; cookie: string }[]> {
  const { db, close } = await openDatabase({ file: join(folder, 'chatmux.sqlite') });
  const identities = sqliteIdentities(db);
  const sessions = new Sessions(sqliteSessions(db), new AccountEvents(), () => Date.now());
  const all: { id: string; cookie: string }[] = [];
  for (let nth = 0; nth < people; nth += 1) {
    const id = String(nth).padStart(22, '0');
    const key = { rpId: 'localhost', publicKey: new Uint8Array(77), counter: 0, transports: [], name: 'Key' };
    await identities.create({ id, name: `Person ${nth}`, colour: 0 }, { ...key, id }, [], Date.now());
    const [cookie = ''] = (await sessions.begin(id, 'Chrome on Linux', false)).cookie.split(';');
    all.push({ id, cookie });
  }
  await close();
  return all;
}
const settled = await settle();

// Each asks from an address of their own, as its proxy would say it: an address has a limit, which is not what is measured.
const config = parseConfig({ DATA_DIR: folder, HOST: '127.0.0.1', MEDIA: 'direct', TRUST_PROXY: 'on' });
const quiet = () => undefined;
const log = { info: quiet, debug: quiet, warn: console.error, error: console.error };
const game = await startGameServer({ ...config, port: 0 }, log);

const calls = { url: () => game.url, people: () => settled, stop: () => game.stop() };
export type PeopledCalls = typeof calls;

answerCalls(calls);
