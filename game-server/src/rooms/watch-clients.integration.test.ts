import { WORLD_ROOM } from '@chatmux/schema';
import { expect, it, vi } from 'vitest';
import { joinOptions } from '../testing/guest.ts';
import { RawGuest } from '../testing/raw-guest.ts';
import { GRACE_SECONDS, useGame } from '../testing/use-game.ts';
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

it('lets go of one who does not read what is sent, and of nobody else', async () => {
  const lin = await game.join({ name: 'Lin' });
  const raw = await RawGuest.join(game.url(), WORLD_ROOM, joinOptions({ name: 'Raw' }));
  raw.sayJoined();
  const rawPerson = () => [...lin.room.state.people.values()].find((person) => person.name === 'Raw');
  await vi.waitFor(() => expect(lin.of('plan').at(-1)?.entries).toMatchObject([{ id: rawPerson()?.id }]));
  const to = rawPerson()?.id ?? 0;
  const { epoch } = lin.of('welcome')[0]?.media ?? { epoch: 0 };
  const fingerprint = Array.from({ length: 32 }, () => '0F').join(':');
  const sdp = `${'x'.repeat(47_000)}\r\na=fingerprint:sha-256 ${fingerprint}\r\n`;
  const description = { type: 'offer' as const, sdp, offer: 1 };
  lin.room.send('certificate', { fingerprint });
  await vi.waitFor(() => expect(lin.of('direct').at(-1)?.ids).toEqual([to]));
  const flood = setInterval(() => lin.room.send('signal', { to, epoch, connection: 1, description }), 10);
  try {
    await vi.waitFor(() => expect(rawPerson()?.here ?? false).toBe(false), { timeout: 12_000 });
  } finally {
    clearInterval(flood);
  }
  await vi.waitFor(() => expect(lin.names()).toEqual(['Lin']), { timeout: (GRACE_SECONDS + 3) * 1000 });
  raw.socket.destroy();
  expect(lin.closedWith).toBeUndefined();
});

game.expectNoErrors();
