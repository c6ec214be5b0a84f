import { ErrorCode, matchMaker } from '@colyseus/core';
import { HttpProblem } from './answers.ts';

type Context = Parameters<typeof matchMaker.controller.invokeMethod>[3];

/** Tries before somebody is told that the world is full: it may be opened or closed while we ask. */
const TRIES = 5;

/** Rooms that are being opened now, by name: who comes meanwhile waits and joins what is opened. */
const opening = new Map<string, Promise<unknown>>();

/**
 * Joins the one room of a name, and opens it when there is none. Colyseus's own joinOrCreate opens a second beside a
 * full one, where people would look for each other in vain.
 *
 * @returns the reservation of a seat, for the client
 * @throws HttpProblem `world-full` when the room has no seat left; what Colyseus or the room throws otherwise
 */
export async function joinOneWorld(name: string, options: object, context: Context): Promise<unknown> {
  for (let left = TRIES; left > 0; left--) {
    if ((await matchMaker.query({ name })).length > 0) {
      try {
        return await matchMaker.controller.invokeMethod('join', name, options, context);
      } catch (error) {
        if (!isNoSeat(error)) throw error;
        const rooms = await matchMaker.query({ name });
        if (rooms.length > 0 && rooms.every((room) => room.locked)) break;
        continue;
      }
    }
    const other = opening.get(name);
    if (!other) return open(name, options, context);
    await other.catch(() => undefined); // whoever opened it is told; we try for ourselves
  }
  throw new HttpProblem(503, 'world-full', 'This world is full at the moment. Please try again later.');
}

async function open(name: string, options: object, context: Context): Promise<unknown> {
  const work = matchMaker.controller.invokeMethod('joinOrCreate', name, options, context);
  opening.set(name, work);
  try {
    return await work;
  } finally {
    opening.delete(name);
  }
}

/** No room of the name has a seat left. A seat that went while it was being taken makes Colyseus look again. */
const isNoSeat = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === ErrorCode.MATCHMAKE_INVALID_CRITERIA;
