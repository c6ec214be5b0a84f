import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenDatabase, openDatabase, sqliteIdentities, sqliteSessions } from '@chatmux/db';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AccountEvents, type SignedOut } from './account-events.ts';
import { Sessions } from './sessions.ts';

const NOON = 1_800_000_000_000;
const MONTH = 30 * 86_400_000;
const ANN = 'A'.repeat(22);

let folder: string;
let database: OpenDatabase;
let ended: SignedOut[];
let sessions: Sessions;

beforeEach(async () => {
  // Lucia has no clock but the machine's.
  vi.useFakeTimers({ toFake: ['Date'], now: NOON });
  folder = mkdtempSync(join(tmpdir(), 'chatmux-sessions-'));
  database = await openDatabase({ file: join(folder, 'chatmux.sqlite') });
  const passkey = {
    id: 'key',
    rpId: 'example.org',
    publicKey: new Uint8Array([1]),
    counter: 0,
    transports: [],
    name: 'Key',
  };
  await sqliteIdentities(database.db).create({ id: ANN, name: 'Ann', colour: 1 }, passkey, [], NOON);
  ended = [];
  const events = new AccountEvents();
  events.on('signed-out', (one) => ended.push(one));
  sessions = new Sessions(sqliteSessions(database.db), events, () => Date.now());
});
afterEach(async () => {
  vi.useRealTimers();
  await database.close();
  rmSync(folder, { recursive: true });
});

/** Who begins a session, and which it is. */
const begin = async () => (await sessions.begin(ANN, 'Firefox', false)).idHash;

it('tells of the session that gives way to one too many', async () => {
  const first = await begin();
  for (let i = 1; i < 50; i++) {
    vi.advanceTimersByTime(1000);
    await begin();
  }
  expect(ended).toEqual([]);
  vi.advanceTimersByTime(1000);
  const last = await begin();
  expect(ended.map((one) => [one.identityId, one.isOver(first), one.isOver(last)])).toEqual([
    [ANN, true, false],
  ]);
});

it('tells of those that were not used for too long', async () => {
  const old = await begin();
  vi.advanceTimersByTime(1000);
  const young = await begin();
  vi.setSystemTime(NOON + MONTH);
  await sessions.removeExpired();
  expect(ended.map((one) => [one.identityId, one.isOver(old), one.isOver(young)])).toEqual([
    [ANN, true, false],
  ]);
});
