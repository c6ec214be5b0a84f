import { expect, it, vi } from 'vitest';
import { useGame } from '../testing/use-game.ts';

const game = useGame();

const FINGERPRINT = Array.from({ length: 32 }, () => '0F').join(':');
const OTHER = Array.from({ length: 32 }, () => '1F').join(':');
const offer = (fingerprint: string) => ({
  type: 'offer' as const,
  sdp: `v=0\r\na=fingerprint:sha-256 ${fingerprint}\r\n`,
  offer: 1,
});

it('[DR3] [DR4] two who are near are named to each other, and trade descriptions of their own certificates', async () => {
  const ada = await game.join({ name: 'Ada' });
  const lin = await game.join({ name: 'Lin' });
  const [a, b] = [ada, lin].map((guest) => guest.of('welcome')[0]?.id ?? 0) as [number, number];
  ada.room.send('certificate', { fingerprint: FINGERPRINT });
  lin.room.send('certificate', { fingerprint: OTHER });
  await vi.waitFor(() => {
    expect(ada.of('direct').at(-1)?.ids).toEqual([b]);
    expect(lin.of('direct').at(-1)?.ids).toEqual([a]);
  });
  const epoch = ada.of('direct').at(-1)?.epoch ?? 0;
  const signal = { to: b, epoch, connection: 5 };
  ada.room.send('signal', { ...signal, description: offer(OTHER) });
  expect(await ada.refusal('signal')).toMatchObject({ code: 'not-yours' });
  ada.room.send('signal', { ...signal, description: offer(FINGERPRINT) });
  ada.room.send('signal', {
    ...signal,
    candidate: { candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host' },
  });
  await vi.waitFor(() => expect(lin.of('signal')).toHaveLength(2));
  expect(lin.of('signal')).toMatchObject([
    { from: a, connection: 5, description: offer(FINGERPRINT), fingerprint: FINGERPRINT },
    { from: a, connection: 5, candidate: { candidate: expect.any(String) } },
  ]);
  ada.room.send('certificate', { fingerprint: 'nothing' });
  expect(await ada.refusal('certificate')).toMatchObject({ code: 'bad-message' });
});

it('[DR5] who wants no direct connections is named to nobody, and nobody to them', async () => {
  const ada = await game.join({ name: 'Ada' });
  const lin = await game.join({ name: 'Lin' });
  ada.room.send('certificate', { fingerprint: FINGERPRINT });
  lin.room.send('certificate', { fingerprint: OTHER });
  await vi.waitFor(() => expect(ada.of('direct').at(-1)?.ids).toHaveLength(1));
  lin.room.send('certificate', { fingerprint: null });
  await vi.waitFor(() => {
    expect(ada.of('direct').at(-1)?.ids).toEqual([]);
    expect(lin.of('direct').at(-1)?.ids).toEqual([]);
  });
});

it('who says that they can’t reach the media server where there is none is told that it is stale', async () => {
  const ada = await game.join({ name: 'Ada' });
  const { epoch } = ada.of('welcome')[0]?.media ?? { epoch: 0 };
  ada.room.send('reach', { epoch, sfu: false });
  expect(await ada.refusal('reach')).toMatchObject({ code: 'stale' });
});

game.expectNoErrors();
