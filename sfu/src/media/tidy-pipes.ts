import { neededPipes } from '../policy/needed-pipes.ts';
import type { RoomRouters } from './room-routers.ts';
import type { Session } from './session.ts';

/** Makes the pipes between a room's routers agree with what its sessions receive: [PN]. */
export async function tidyPipes(
  { all }: Pick<RoomRouters, 'all'>,
  sessions: ReadonlyMap<string, Session>,
): Promise<void> {
  if (all.every(({ pipes }) => pipes.count === 0)) return;
  const receptions = [...sessions.values()].flatMap(({ home, consumers }) =>
    [...consumers.values()].map(({ consumer }) => ({
      router: home.number,
      producerId: consumer.producerId,
      playing: !consumer.paused,
    })),
  );
  const needs = neededPipes(receptions);
  await Promise.all(all.map(({ number, pipes }) => pipes.tidy(needs.get(number) ?? new Map())));
}
