import { POSES_TYPE, WORLD_ROOM } from '@chatmux/schema';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useGame } from '../../../game-server/src/testing/use-game.ts';
import { botJoin } from './bot-join.ts';
import { Crowd } from './crowd.ts';
import { seededNumbers } from './seeded-numbers.ts';

const PEOPLE = 5;
/** Free ground of the plaza, around where people arrive. */
const area = { minX: 5, maxX: 10, minZ: -16, maxZ: -10 };
const gaits = { walk: 1, run: 0, stand: 0 };

describe('a crowd in the real world room', () => {
  const game = useGame();
  let crowd = new Crowd();
  afterEach(() => {
    crowd.close();
    crowd = new Crowd();
  });
  const plan = (nth: number, room: string = WORLD_ROOM) => ({
    url: new URL(game.url()),
    room,
    options: botJoin(1, nth),
    at: { x: 7.5, z: -13 },
    area,
    gaits,
    random: seededNumbers(nth),
  });

  it('joins, walks, and is told where others are, without a word of refusal', async () => {
    await crowd.join(Array.from({ length: PEOPLE }, (_, nth) => plan(nth)));
    const health = await (await fetch(`${game.url()}/healthz`)).json();
    expect(health).toMatchObject({ people: PEOPLE });
    crowd.go();
    await vi.waitFor(
      () => {
        const { traffic, inputs } = crowd.read();
        expect(traffic.welcome?.messages).toBe(PEOPLE);
        expect(traffic[`${POSES_TYPE}`]?.messages).toBeGreaterThan(20 * PEOPLE);
        expect(inputs).toBeGreaterThan(4 * PEOPLE);
      },
      { timeout: 15_000 },
    );
    const { traffic, lost } = crowd.read();
    expect(lost).toBe(0);
    expect(traffic.problem).toBeUndefined();
  });

  it('says why a join failed', async () => {
    await expect(crowd.join([plan(0, 'nowhere')])).rejects.toThrow(/refused: 404/);
  });

  it('notices a connection that ends', async () => {
    await crowd.join([plan(0)]);
    crowd.bots[0]?.close();
    expect(crowd.read()).toMatchObject({ people: 1, lost: 1, lostWhy: 'us' });
  });

  game.expectNoErrors();
});
