import { WORLD_ROOM } from '@chatmux/schema';
import { expect, it, vi } from 'vitest';
import { joinOptions } from '../testing/guest.ts';
import { RawGuest } from '../testing/raw-guest.ts';
import { useGame } from '../testing/use-game.ts';
import { JOIN_SECONDS } from './watch-clients.ts';

const game = useGame();

it('lets go of one who never says that they have joined', async () => {
  const lin = await game.join({ name: 'Lin' });
  const raw = await RawGuest.join(game.url(), WORLD_ROOM, joinOptions({ name: 'Raw' }));
  await vi.waitFor(() => expect(lin.names()).toEqual(['Lin', 'Raw']));
  await vi.waitFor(() => expect(lin.names()).toEqual(['Lin']), { timeout: (JOIN_SECONDS + 3) * 1000 });
  await raw.read().closed;
  expect(lin.closedWith).toBeUndefined();
});

it('ends nobody’s line by what others send them: the room refuses what it can’t take', async () => {
  const raw = await RawGuest.join(game.url(), WORLD_ROOM, joinOptions({ name: 'Raw' }));
  raw.sayJoined();
  const fingerprint = Array.from({ length: 32 }, () => '0F').join(':');
  raw.sayCertificate(fingerprint);
  const lin = await game.join({ name: 'Lin' });
  const rawPerson = () => [...lin.room.state.people.values()].find((person) => person.name === 'Raw');
  const to = await vi.waitUntil(() => rawPerson()?.id);
  const sdp = `${'x'.repeat(47_000)}\r\na=fingerprint:sha-256 ${fingerprint}\r\n`;
  const description = { type: 'offer' as const, sdp, offer: 1 };
  lin.room.send('certificate', { fingerprint });
  await vi.waitFor(() => expect(lin.of('direct').at(-1)?.ids).toEqual([to]));
  const { epoch } = lin.of('welcome')[0]?.media ?? { epoch: 0 };
  for (let i = 0; i < 60; i++) lin.room.send('signal', { to, epoch, connection: 1, description });
  expect(await lin.refusal('signal')).toMatchObject({ code: 'too-many' });
  // They read again, and are still here.
  raw.read();
  const { here } = rawPerson() ?? {};
  expect(here).toBe(true);
  raw.socket.destroy();
  expect(lin.closedWith).toBeUndefined();
});

game.expectNoErrors();
