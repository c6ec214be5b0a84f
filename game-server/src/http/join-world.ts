import { setTimeout } from 'node:timers/promises';
import { WORLD_ROOM } from '@chatmux/schema';
import { generateId, matchMaker } from '@colyseus/core';
import type { WorldOrder } from '../order/world-order.ts';
import { admitGuest, type JoinTicket } from '../rooms/admit-guest.ts';
import { askRoom } from '../rooms/ask-room.ts';
import type { PlaceAnswer } from '../rooms/places.ts';
import { type CopyMetadata, copyOrder, lowestFreeCopy, type WorldCopy } from '../rooms/world-copies.ts';
import { HttpProblem } from './answers.ts';

/** Who asks for a seat. */
export interface JoinAsker {
  /** What counts as one client for limits. */
  readonly address: string;
  /** Who is signed in at their page. */
  readonly identityId: string | undefined;
}

/** Finds a seat in a room of one kind. @returns the reservation, for the client */
export type JoinRoom = (options: object, asker: JoinAsker) => Promise<unknown>;

interface WorldJoinRules {
  /** Worlds of this server, by id. */
  readonly worlds: ReadonlyMap<string, unknown>;
  readonly defaultWorld: string;
  /** Copies a world may have at once. */
  readonly maxCopies: number;
  /** Who may come in. */
  readonly order: Pick<WorldOrder, 'standing' | 'hashAddress'>;
  /** How long a join waits for others of its address to arrive before it is refused, in milliseconds. @default 3000 */
  readonly patienceMs?: number;
}

/** A class that comes at once stands in line for so long; a browser asks again by itself after a refusal. */
const PATIENCE_MS = 3000;
/** How often who stands in line looks whether it is their turn. */
const LOOK_MS = 100;
/** When to come again after a refusal. */
const RETRY_SECONDS = 2;

/** Rounds beyond one for each copy: copies may open and close while somebody looks for a place. */
const SPARE_ROUNDS = 5;

/**
 * Lets guests into worlds: into the copy they ask for while it has a place, back to the seat that is kept for them, or
 * else to the lowest copy with a place; opens another copy when all are full.
 *
 * One process must open all copies of a world: that two never open the same number rests on its memory.
 *
 * The answer throws ProblemError for what `admitGuest` refuses, HttpProblem `not-found` for an unknown world,
 * `not-yours` for who is banned or no member, `world-full` when all copies that may be are full, and `too-many` when too many of one address are on their way in.
 */
export function createWorldJoin(rules: WorldJoinRules): JoinRoom {
  const { worlds, defaultWorld, maxCopies, order, patienceMs = PATIENCE_MS } = rules;
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

  return async (options, { address, identityId }) => {
    const guest = admitGuest(options);
    const world = guest.world ?? defaultWorld;
    if (!worlds.has(world)) throw new HttpProblem(404, 'not-found', 'There is no such world.');
    const addressHash = order.hashAddress(address);
    const { refusal } = await order.standing(world, { identityId, guestHash: guest.guestHash, addressHash });
    if (refusal !== undefined) throw new HttpProblem(403, 'not-yours', refusal);
    const ticket = { ...guest, addressHash };
    const untilMs = performance.now() + patienceMs;
    let overflow = false;
    for (let left = maxCopies + SPARE_ROUNDS; left > 0; left--) {
      const copies = await copiesOf(world, ticket.guestHash);
      for (const { roomId } of copyOrder(copies, ticket.copy)) {
        const seat = await takeSeat(roomId, { ...ticket, overflow }, address, untilMs);
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

const tooManyOnTheWay = () =>
  new HttpProblem(
    429,
    'too-many',
    'Many people of your address are on their way in. Please try again in a moment.',
    RETRY_SECONDS,
  );

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

/** Tries to get a seat in one room. `gone`: the room closed meanwhile. @param untilMs how long to stand in line */
async function takeSeat(
  roomId: string,
  ticket: JoinTicket,
  address: string,
  untilMs: number,
): Promise<object | 'full' | 'gone'> {
  const sessionId = generateId();
  const asker = { sessionId, guestHash: ticket.guestHash, address };
  let answer: PlaceAnswer | undefined = await askRoom(roomId, 'promisePlace', asker);
  while (answer === 'too-many') {
    if (performance.now() >= untilMs) throw tooManyOnTheWay();
    await setTimeout(LOOK_MS);
    answer = await askRoom(roomId, 'promisePlace', asker);
  }
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
