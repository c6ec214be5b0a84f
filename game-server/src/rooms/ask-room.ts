import { WORLD_ROOM } from '@chatmux/schema';
import { matchMaker, ServerError } from '@colyseus/core';
import type { PlaceAnswer, PlaceAsker } from './places.ts';

/** What a world room is asked, wherever it runs. */
export interface AskedRoom {
  keepsSeatFor(guestHash: string): boolean;
  promisePlace(asker: PlaceAsker): PlaceAnswer;
  guestIsElsewhere(guestHash: string): Promise<void>;
}

/** Asks a room, here or in another process; undefined when it is gone. */
export async function askRoom<M extends keyof AskedRoom>(
  roomId: string,
  method: M,
  ...args: Parameters<AskedRoom[M]>
): Promise<Awaited<ReturnType<AskedRoom[M]>> | undefined> {
  try {
    const answer: Awaited<ReturnType<AskedRoom[M]>> = await matchMaker.remoteRoomCall<AskedRoom>(
      roomId,
      method,
      args,
    );
    return answer;
  } catch (error) {
    if (error instanceof ServerError) return undefined;
    throw error;
  }
}

/** Tells all world rooms but one that a guest has come to that one: a seat which another keeps for them is a ghost. */
export async function tellOthers(roomId: string, guestHash: string): Promise<void> {
  const rooms = await matchMaker.query({ name: WORLD_ROOM });
  const others = rooms.filter((room) => room.roomId !== roomId);
  await Promise.all(others.map((room) => askRoom(room.roomId, 'guestIsElsewhere', guestHash)));
}
