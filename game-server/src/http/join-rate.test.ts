import { afterAll, beforeAll, expect, it } from 'vitest';
import { askForSocket, askToJoin } from './testing/ask.ts';
import { addressesSeen, startWorld, type TestWorld } from './testing/start-world.ts';

let world: TestWorld;
let nowMs = 0;
beforeAll(async () => {
  world = await startWorld({ joinLimit: { burst: 2, perSecond: 1 }, trustProxy: true, now: () => nowMs });
});
afterAll(() => world.stop());

const from = (address: string) => ({ headers: { 'X-Forwarded-For': address } });
const join = async (address: string) => (await askToJoin(world.port, from(address))).status;

it('lets an address join so often and no more, until time has passed', async () => {
  expect([await join('1.1.1.1'), await join('1.1.1.1')]).toEqual([200, 200]);
  const refused = await askToJoin(world.port, from('1.1.1.1'));
  expect(refused.status).toBe(429);
  expect(JSON.parse(refused.text)).toMatchObject({ code: 'too-many' });
  nowMs += 1000;
  expect([await join('1.1.1.1'), await join('1.1.1.1')]).toEqual([200, 429]);
});

it('counts addresses apart, and a client can not choose its own behind the proxy', async () => {
  addressesSeen.length = 0;
  expect([await join('6.6.6.6, 2.2.2.2'), await join('7.7.7.7, 2.2.2.2')]).toEqual([200, 200]);
  expect(await join('8.8.8.8, 2.2.2.2')).toBe(429);
  expect(addressesSeen).toEqual(['2.2.2.2', '2.2.2.2']);
});

it('counts joins of the social room by themselves', async () => {
  const social = async () => {
    const { status } = await askToJoin(world.port, {
      ...from('4.4.4.4'),
      path: '/matchmake/joinOrCreate/social',
    });
    return status;
  };
  expect([await join('4.4.4.4'), await join('4.4.4.4'), await join('4.4.4.4')]).toEqual([200, 200, 429]);
  expect(await social()).not.toBe(429);
  expect([await social(), await social()]).toEqual([expect.anything(), 429]);
});

it('counts WebSockets by themselves, twice as many', async () => {
  const open = async () => (await askForSocket(world.port, '/', from('3.3.3.3').headers)).status;
  const opened = [await open(), await open(), await open(), await open(), await open()];
  expect(opened).toEqual([101, 101, 101, 101, 429]);
  expect(await join('3.3.3.3')).toBe(200);
});
