import { clientMessages, type ServerMessages } from '@chatmux/schema';
import { beforeAll, expect, it, vi } from 'vitest';
import { ApiVisitor } from '../testing/account-server.ts';
import { freshKey, type Guest } from '../testing/guest.ts';
import { useGame } from '../testing/use-game.ts';

// Each comes from an address of their own, else they would be too many.
const game = useGame({ TRUST_PROXY: 'on' });
const WORLD = 'plaza';
/** Refused at a tick, in its turn: what was asked before has been answered by then. */
const LAST = { do: 'knock', circle: 65_535 } as const;

/** What somebody may be to Tara, about whom things are asked, and to the world both are in. */
const ASKERS = [
  'guest',
  'stranger',
  'friend',
  'blocked',
  'member',
  'moderator',
  'owner',
  'signed out',
  'other origin',
] as const;
type Asker = (typeof ASKERS)[number];
const hasIdentity = (asker: Asker) => asker !== 'guest';
const KEEPERS: readonly Asker[] = ['moderator', 'owner'];

interface Somebody {
  readonly api: ApiVisitor;
  readonly id: string;
}
let port = 0;
let owner: Somebody;

async function somebody(name: string): Promise<Somebody> {
  const api = visitor();
  return { api, id: (await api.join(name)).body.account.id };
}
let addresses = 0;
function visitor(): ApiVisitor {
  const api = new ApiVisitor({ port }, `http://localhost:${port}`);
  addresses += 1;
  api.address = `10.0.${addresses >> 8}.${addresses & 255}`;
  return api;
}

const act = (who: Somebody, what: string, id: string) => who.api.ask(`/api/friends/${what}`, { id });

/** Somebody who is this to a target. */
async function make(asker: Asker, target: Somebody | undefined): Promise<Somebody> {
  if (asker === 'owner') return owner;
  const who = hasIdentity(asker) ? await somebody('Asker') : { api: visitor(), id: '' };
  if (asker === 'member' || asker === 'moderator')
    await owner.api.ask('/api/world/appoint', { world: WORLD, id: who.id, role: asker });
  if (asker === 'friend' && target) {
    await act(who, 'request', target.id);
    await act(target, 'accept', who.id);
  }
  if (asker === 'blocked' && target) await act(target, 'block', who.id);
  if (asker === 'signed out') {
    const { cookie } = who.api;
    await who.api.ask('/api/sign-out', {});
    who.api.cookie = cookie;
  }
  return who;
}

async function enter(who: Somebody, name: string): Promise<Guest> {
  const guest = await game.join({ name, guestKey: freshKey() }, who.api.cookie);
  const { ticket } = (await who.api.ask('/api/ticket', {})).body;
  if (ticket === undefined) return guest;
  guest.room.send('identify', { ticket });
  await vi.waitFor(() => expect(guest.room.state.people.get(String(guest.id))?.identity).toBe(who.id));
  return guest;
}

const rows = new Map<string, string[]>();
const cellsOf = (row: string): Record<Asker, string> =>
  Object.fromEntries(ASKERS.map((asker, i) => [asker, rows.get(row)?.[i] ?? ''])) as Record<Asker, string>;

/** What is asked over HTTP about Tara, or about the world. */
const QUESTIONS: readonly (readonly [string, (target: Somebody) => object])[] = [
  ...['request', 'accept', 'decline', 'cancel', 'remove', 'block', 'unblock'].map(
    (what) => [`/api/friends/${what}`, ({ id }: Somebody) => ({ id })] as const,
  ),
  ['/api/friends/search', () => ({ name: 'Tara' })],
  ['/api/world/order', () => ({ world: WORLD })],
  ['/api/world/appoint', ({ id }) => ({ world: WORLD, id, role: 'member' })],
  ['/api/world/lift', () => ({ world: WORLD, sanction: 999 })],
  ['/api/world/lock', () => ({ world: WORLD, locked: false })],
  ['/api/world/invite', () => ({ world: WORLD, role: 'moderator', uses: 1, hours: 1 })],
  ['/api/world/revoke', () => ({ world: WORLD, invite: 'A'.repeat(11) })],
  ['/api/invites/look', () => ({ invite: 'A'.repeat(22) })],
  ['/api/invites/accept', () => ({ invite: 'A'.repeat(22) })],
];

/** What is said to a room, about Tara where it is about somebody. */
const MESSAGES: readonly (readonly [string, string, (target: Guest) => unknown])[] = [
  ['input', '', () => ({ seq: 1, step: 1, gait: 0, heading: 0 })],
  ['devices', '', () => ({ mic: false, cam: false, screen: false })],
  ['status', '', () => ({ deaf: false, busy: false })],
  ['speaking', '', () => ({ on: false })],
  ['block', '', ({ id }) => ({ id, on: false })],
  ['circle', 'lock', () => ({ do: 'lock' })],
  ['circle', 'let-in', ({ id }) => ({ do: 'let-in', id })],
  ['identify', 'a ticket that was never given', () => ({ ticket: 'A'.repeat(22) })],
  ['moderate', 'mute', ({ id }) => ({ do: 'mute', id })],
  ['moderate', 'unmute', ({ id }) => ({ do: 'unmute', id })],
  ['moderate', 'put-out', ({ id }) => ({ do: 'put-out', id })],
  ['moderate', 'ban', ({ id }) => ({ do: 'ban', id, hours: 1 })],
  ['signal', 'another epoch', ({ id }) => ({ to: id, epoch: 999, connection: 1 })],
  ['reach', 'another epoch', () => ({ epoch: 999, sfu: true })],
  ['certificate', '', () => ({ fingerprint: Array.from({ length: 32 }, () => '0F').join(':') })],
];

beforeAll(async () => {
  port = Number(new URL(game.url()).port);
  owner = await somebody('Olga');
  await owner.api.ask('/api/invites/accept', { invite: game.ownerSecret() });
});

it('over HTTP', { timeout: 120_000 }, async () => {
  for (const [path, body] of QUESTIONS) {
    const cells: string[] = [];
    for (const asker of ASKERS) {
      const target = await somebody('Tara');
      const who = await make(asker, target);
      const headers = asker === 'other origin' ? { Origin: 'https://example.org' } : {};
      const answer = await who.api.ask(path, body(target), { headers });
      cells.push(answer.status === 200 ? 'done' : `${answer.status} ${answer.body.code}`);
    }
    rows.set(`POST ${path}`, cells);
    const { guest, 'signed out': out, 'other origin': elsewhere } = cellsOf(`POST ${path}`);
    expect(elsewhere, path).toBe('403 not-yours');
    if (!path.endsWith('/look')) expect([guest, out], path).toEqual(['401 signed-out', '401 signed-out']);
    if (!path.startsWith('/api/world/')) continue;
    for (const asker of ['stranger', 'friend', 'blocked', 'member'] as const)
      expect(cellsOf(`POST ${path}`)[asker], `${path} as ${asker}`).toBe('403 not-yours');
  }
  expect(cellsOf('POST /api/friends/request').blocked, 'as for nobody').toBe('404 not-found');
  for (const path of ['appoint', 'invite'])
    expect(cellsOf(`POST /api/world/${path}`)).toMatchObject({ moderator: '403 not-yours', owner: 'done' });
});

/** @returns what somebody is told of a message, and what became of Tara */
async function say([type, about, message]: (typeof MESSAGES)[number], asker: Asker) {
  const tara = await somebody('Tara');
  const [who, target] = [await make(asker, tara), await enter(tara, 'Tara')];
  const guest = await enter(who, 'Asker');
  guest.room.send(type, message(target));
  guest.room.send('circle', LAST);
  const isLast = (one: ServerMessages['problem']) => one.about === 'circle' && one.code === 'not-found';
  await vi.waitFor(() => expect(guest.of('problem').some(isLast)).toBe(true), 10_000);
  const problem = guest.of('problem').find((one) => one.about === type && !isLast(one));
  const goes = about === 'put-out' || about === 'ban';
  if (!problem && goes) await vi.waitFor(() => expect(target.closedWith).toBeDefined(), 10_000);
  const isOut = target.closedWith !== undefined;
  await Promise.all([guest.leave(), target.leave()]);
  return { told: problem?.code ?? 'done', isOut };
}

it('to a world room', { timeout: 120_000 }, async () => {
  const seated = ASKERS.filter((asker) => asker !== 'other origin');
  for (const asked of MESSAGES) {
    const [type, about] = asked;
    const row = about === '' ? `\`${type}\`` : `\`${type}\`: ${about}`;
    if (type !== 'moderate') {
      const answers = await Promise.all(seated.map((asker) => say(asked, asker)));
      rows.set(row, [...answers.map(({ told }) => told), '']);
      continue;
    }
    const cells: string[] = [];
    // One after the other: a ban holds for guests of the address, too.
    for (const asker of seated) {
      const { told, isOut } = await say(asked, asker);
      cells.push(told);
      const may = KEEPERS.includes(asker);
      const done = about === 'unmute' ? 'not-found' : 'done';
      expect(told, `${row} as ${asker}`).toBe(may ? done : 'not-yours');
      expect(isOut, `Tara after ${row} as ${asker}`).toBe(may && (about === 'put-out' || about === 'ban'));
      if (!may) continue;
      const { order } = (await owner.api.ask('/api/world/order', { world: WORLD })).body;
      for (const { id } of order.sanctions)
        await owner.api.ask('/api/world/lift', { world: WORLD, sanction: id });
    }
    rows.set(row, [...cells, '']);
  }
  expect(new Set([...MESSAGES.map(([type]) => type), 'rtc'])).toEqual(new Set(Object.keys(clientMessages)));
});

it('about who is above: nobody moderates an owner', { timeout: 60_000 }, async () => {
  const cells: string[] = [];
  for (const asker of ASKERS) {
    if (asker === 'other origin') {
      cells.push('');
      continue;
    }
    const [guest, target] = [await enter(await make(asker, undefined), 'Asker'), await enter(owner, 'Olga')];
    guest.room.send('moderate', { do: 'ban', id: target.id, hours: 1 });
    cells.push((await guest.refusal('moderate')).code);
    expect(target.closedWith).toBeUndefined();
    await Promise.all([guest.leave(), target.leave()]);
  }
  rows.set('`moderate`: ban, of an owner', cells);
  expect(new Set(cells.slice(0, -1))).toEqual(new Set(['not-yours']));
});

it('is written down', async () => {
  const lines = [
    '# Who may do what to whom',
    '',
    'Written by `authorization.integration.test.ts`. Each row is a question or a message, about Tara where it is about',
    'somebody; each column is who asks: what they are to Tara, or in the world. `done` means that it was not refused.',
    'Messages have no origin of their own: their connection had to have ours.',
    '',
    `| | ${ASKERS.join(' | ')} |`,
    `|---|${ASKERS.map(() => '---|').join('')}`,
    ...[...rows].map(([row, cells]) => `| ${row} | ${cells.join(' | ')} |`),
  ];
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./AUTHORIZATION.md');
});

game.expectNoErrors();
