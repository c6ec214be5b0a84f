import { expect, it } from 'vitest';
import { placeSession, type WorkerLoad } from './place-session.ts';

const load = (worker: number, sessions: number, ofRoom?: number, near = 0): WorkerLoad => ({
  worker,
  sessions,
  ofRoom,
  near,
});

it('[WP1] finds no place where no worker serves', () => {
  expect(placeSession([], 10)).toBeUndefined();
});

it('[WP2] keeps a room together while its worker has place', () => {
  expect(placeSession([load(0, 9, 3), load(1, 0)], 10)).toBe(0);
  expect(placeSession([load(0, 2, 2), load(1, 8, 8)], 10)).toBe(1);
});

it('[WP2] brings a session to those whom it receives', () => {
  expect(placeSession([load(0, 8, 8, 1), load(1, 4, 4, 2)], 10)).toBe(1);
});

it('[WP3] begins a room, or spreads a full one, on the least loaded worker', () => {
  expect(placeSession([load(0, 5), load(1, 2), load(2, 2)], 10)).toBe(1);
  expect(placeSession([load(0, 10, 10, 9), load(1, 7), load(2, 6)], 10)).toBe(2);
  expect(placeSession([load(0, 10, 10), load(1, 9), load(2, 4, 1)], 10)).toBe(2);
});

it('[WP4] goes to the least loaded of all when every one is full', () => {
  expect(placeSession([load(0, 12, 12, 5), load(1, 11), load(2, 11, 1)], 10)).toBe(1);
});

it('spreads a crowd over as many workers as it needs and no more', () => {
  const sessions = [0, 0, 0, 0];
  const routers = new Set<number>();
  for (let i = 0; i < 25; i++) {
    const workers = sessions.map((count, worker) =>
      load(worker, count, routers.has(worker) ? count : undefined),
    );
    const place = placeSession(workers, 10) ?? -1;
    routers.add(place);
    sessions[place] = (sessions[place] ?? 0) + 1;
  }
  expect(sessions).toEqual([10, 10, 5, 0]);
});
