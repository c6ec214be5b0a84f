import { expect, it } from 'vitest';
import { Session } from './session.ts';

const all = () => true;

it('holds a producer back longer after each failure, up to ten seconds', () => {
  const session = new Session('al', {}, undefined);
  const waits: number[] = [];
  for (let failure = 0; failure < 7; failure++) {
    session.openingFailed('p', 0);
    let wait = 0;
    while (session.heldBack(wait, all).has('p')) wait += 100;
    waits.push(wait);
  }
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
});

it('starts anew after an opening that worked, and forgets producers that are gone', () => {
  const session = new Session('al', {}, undefined);
  session.openingFailed('p', 0);
  session.openingWorked('p');
  expect(session.heldBack(0, all).size).toBe(0);
  session.openingFailed('p', 0);
  session.openingFailed('p', 0);
  expect(session.heldBack(0, () => false).size).toBe(0);
  session.openingFailed('p', 0);
  expect(session.heldBack(499, all).size).toBe(1);
  expect(session.heldBack(500, all).size).toBe(0);
});

it('runs requests one after the other, past one that fails', async () => {
  const session = new Session('al', {}, undefined);
  const seen: string[] = [];
  let release: () => void = () => undefined;
  const first = session.inTurn(async () => {
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    seen.push('first');
    throw new Error('no');
  });
  const second = session.inTurn(async () => void seen.push('second'));
  await Promise.resolve();
  await Promise.resolve();
  expect(seen).toEqual([]);
  release();
  await expect(first).rejects.toThrow('no');
  await second;
  expect(seen).toEqual(['first', 'second']);
});
