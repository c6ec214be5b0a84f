import { matchMaker } from '@colyseus/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askToJoin } from './testing/ask.ts';
import { startWorld, type TestWorld } from './testing/start-world.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await startWorld({ joinLimit: { burst: 100, perSecond: 1 } });
});
afterAll(() => world.stop());

it('fills one room however many come at once, and tells the others that it is full', async () => {
  const join = (wish = '') =>
    askToJoin(world.port, { path: '/matchmake/joinOrCreate/narrow', body: JSON.stringify({ wish }) });
  const answers = await Promise.all(Array.from({ length: 7 }, () => join()));
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 503, 503, 503, 503, 503]);
  const late = await join();
  expect(late.status).toBe(503);
  expect(JSON.parse(late.text)).toMatchObject({ code: 'world-full', message: expect.stringMatching(/full/) });
  expect((await join('refuse')).status).toBe(422);
  expect(await matchMaker.query({ name: 'narrow' })).toHaveLength(1);
  expect(world.errors).toEqual([]);
});

it('still knows no room that was never defined', async () => {
  const answer = await askToJoin(world.port, { path: '/matchmake/joinOrCreate/nowhere' });
  expect(answer.status).toBe(404);
});
