import { WORLD_ROOM } from '@chatmux/schema';
import { generateId, matchMaker, ServerError } from '@colyseus/core';
import { admitGuest, type JoinTicket } from '../rooms/admit-guest.ts';
import type { PlaceAnswer } from '../rooms/places.ts';
import { type CopyMetadata, copyOrder, lowestFreeCopy, type WorldCopy } from '../rooms/world-copies.ts';
import { HttpProblem } from './answers.ts';

/** Finds a seat in a room of one kind. @returns the reservation, for the client */
export type JoinRoom = (options: object) => Promise<unknown>;

interface WorldJoinRules {
  /** Worlds of this server, by id. */
  readonly worlds: ReadonlyMap<string, unknown>;
  readonly defaultWorld: string;
  /** Copies a world may have at once. */
  readonly maxCopies: number;
}

/** What the route asks a world room, wherever it runs. */
interface AskedRoom {
  keepsSeatFor(guestHash: string): boolean;
  promisePlace(sessionId: string, guestHash: string): PlaceAnswer;
}

/** Rounds beyond one for each copy: copies may open and close while somebody looks for a place. */
const SPARE_ROUNDS = 5;

/**
 * Lets guests into worlds: into the copy they ask for while it has a place, back to the seat that is kept for them, or
 * else to the lowest copy with a place; opens another copy when all are full.
 *
 * One process must open all copies of a world: that two never open the same number rests on its memory.
 *
 * The answer throws ProblemError for what `admitGuest` refuses, HttpProblem `not-found` for an unknown world, and
 * HttpProblem `world-full` when all copies that may be are full.
 */
export function createWorldJoin({ worlds, defaultWorld, maxCopies }: WorldJoinRules): JoinRoom {
  /** Worlds of which a copy is being opened now: who comes meanwhile waits, and looks again. */
  const opening = new Map<string, Promise<void>>();

  async function open(world: string, known: readonly WorldCopy[]): Promise<void> {
    const copies = await copiesOf(world);
    // One was opened since we looked: it comes first.
    if (copies.some(({ roomId }) => !known.some((copy) => copy.roomId === roomId))) return;
    const copy = lowestFreeCopy(
      copies.map((one) => one.copy),
      maxCopies,
    );
    if (copy === undefined) throw worldIsFull();
    await matchMaker.createRoom(WORLD_ROOM, { world, copy });
  }

  async function openOnce(world: string, known: readonly WorldCopy[]): Promise<void> {
    const other = opening.get(world);
    if (other) {
      // Whoever opened it is told if that failed; we look for ourselves.
      await other.catch(() => undefined);
      return;
    }
    const work = open(world, known);
    opening.set(world, work);
    try {
      await work;
    } finally {
      opening.delete(world);
    }
  }

  return async (options) => {
    const ticket = admitGuest(options);
    const world = ticket.world ?? defaultWorld;
    if (!worlds.has(world)) throw new HttpProblem(404, 'not-found', 'There is no such world.');
    let overflow = false;
    for (let left = maxCopies + SPARE_ROUNDS; left > 0; left--) {
      const copies = await copiesOf(world, ticket.guestHash);
      for (const { roomId } of copyOrder(copies, ticket.copy)) {
        const seat = await takeSeat(roomId, { ...ticket, overflow });
        if (typeof seat === 'object') return seat;
        if (seat === 'full') overflow = true;
      }
      await openOnce(world, copies);
    }
    throw worldIsFull();
  };
}

const worldIsFull = () =>
  new HttpProblem(503, 'world-full', 'This world is full at the moment. Please try again later.');

/** The copies of a world that are open. @param guestHash whose kept seat is looked for */
async function copiesOf(world: string, guestHash?: string): Promise<WorldCopy[]> {
  const rooms = (await matchMaker.query({ name: WORLD_ROOM })).filter((room) => {
    const metadata: CopyMetadata | undefined = room.metadata;
    return metadata?.world === world;
  });
  return Promise.all(
    rooms.map(async ({ roomId, metadata }) => ({
      roomId,
      copy: (metadata as CopyMetadata).copy,
      keeps: guestHash !== undefined && (await askRoom(roomId, 'keepsSeatFor', guestHash)) === true,
    })),
  );
}

/** Tries to get a seat in one room. `gone`: the room closed meanwhile. */
async function takeSeat(roomId: string, ticket: JoinTicket): Promise<object | 'full' | 'gone'> {
  const sessionId = generateId();
  const answer = await askRoom(roomId, 'promisePlace', sessionId, ticket.guestHash);
  if (answer === 'full') return 'full';
  const [room] = await matchMaker.query({ roomId });
  if (answer === undefined || !room) return 'gone';
  try {
    // With a ticket the room asks for no other proof, and Colyseus takes the session's id from it.
    return await matchMaker.reserveSeatFor(room, {}, { ...ticket, sessionId });
  } catch {
    // It throws one thing only: the room closes, or its process is away.
    return 'gone';
  }
}

/** Asks a room, here or in another process; undefined when it is gone. */
async function askRoom<M extends keyof AskedRoom>(
  roomId: string,
  method: M,
  ...args: Parameters<AskedRoom[M]>
): Promise<ReturnType<AskedRoom[M]> | undefined> {
  try {
    const answer: ReturnType<AskedRoom[M]> = await matchMaker.remoteRoomCall<AskedRoom>(roomId, method, args);
    return answer;
  } catch (error) {
    if (error instanceof ServerError) return undefined;
    throw error;
  }
}
