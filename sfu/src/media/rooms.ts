import { type PictureCodec, ProblemError, type SfuStats } from '@chatmux/schema';
import type { RtpCapabilities } from 'mediasoup/types';
import type { MediaWorker } from './media-worker.ts';
import { OwnedObjects } from './owned-objects.ts';
import { Room } from './room.ts';
import type { RoomSurroundings } from './room-surroundings.ts';
import type { Session } from './session.ts';

/** A browser that asks while all workers are dead waits for the next this long, in milliseconds. */
const WAIT_FOR_WORKER_MS = 3000;

/** What rooms need of the workers. */
interface Workers {
  /** Those that serve now. */
  readonly serving: readonly MediaWorker[];
  untilServing(mostMs?: number): Promise<boolean>;
}

type Surroundings = Omit<RoomSurroundings, 'workers' | 'loadOf' | 'owned'>;

/** All rooms of this SFU. */
export class Rooms {
  readonly #workers: Workers;
  readonly #around: RoomSurroundings;
  readonly #rooms = new Map<string, Room>();
  readonly #opening = new Map<string, Promise<Room>>();
  #closedRoomsPasses = 0;
  #draining = false;

  constructor(workers: Workers, around: Surroundings) {
    this.#workers = workers;
    this.#around = {
      ...around,
      owned: new OwnedObjects(),
      workers: () => this.#workers.serving,
      loadOf: (worker) => this.#loadOf(worker),
      onRoomClosed: (roomId) => {
        this.#closedRoomsPasses += this.#rooms.get(roomId)?.passCount ?? 0;
        this.#rooms.delete(roomId);
        around.onRoomClosed(roomId);
      },
    };
  }

  get all(): readonly Room[] {
    return [...this.#rooms.values()];
  }

  /** Passes over plans since the start. */
  get passes(): number {
    return this.all.reduce((sum, room) => sum + room.passCount, this.#closedRoomsPasses);
  }

  /** Every worker tells senders how their packets arrive. */
  get givesFeedback(): boolean {
    return this.#workers.serving.every(({ givesFeedback }) => givesFeedback);
  }

  get(id: string): Room | undefined {
    return this.#rooms.get(id);
  }

  /** The room with a router, made on first use. Throws `media-down` while no worker serves. */
  async getOrOpen(id: string): Promise<Room> {
    const existing = this.#rooms.get(id);
    if (existing) return existing;
    this.#refuseWhileDraining();
    const opening = this.#opening.get(id) ?? this.#open(id);
    this.#opening.set(id, opening);
    try {
      return await opening;
    } finally {
      this.#opening.delete(id);
    }
  }

  /** Opens a session in the room, which is made on first use. Throws `media-down` while no worker serves. */
  async join(
    roomId: string,
    sessionId: string,
    rtpCapabilities: RtpCapabilities,
    prefers?: PictureCodec,
  ): Promise<Session> {
    this.#refuseWhileDraining();
    for (let first = true; ; first = false) {
      const room = await this.getOrOpen(roomId);
      if (first) room.count(sessionId, 'join');
      await this.#workers.untilServing(WAIT_FOR_WORKER_MS);
      const home = await room.homeFor(sessionId);
      // The last session may have left, and the room with it, while this one waited; or the worker died.
      if (!room.closed && !home.closed) return room.open(sessionId, rtpCapabilities, home, prefers);
    }
  }

  /** No new rooms and sessions from now on. */
  drain(): void {
    this.#draining = true;
  }

  /** The session, or `not-found`. */
  session(roomId: string, sessionId: string): { room: Room; session: Session } {
    const room = this.#rooms.get(roomId);
    const session = room?.sessions.get(sessionId);
    if (!room || !session) throw new ProblemError('not-found', 'This media session is not open. Join first.');
    return { room, session };
  }

  /** True when any session of any room owns the object. */
  isOwned(objectId: string): boolean {
    return this.#around.owned.has(objectId);
  }

  /** A worker has died. Those who lived there are told to join again as soon as there is where to. */
  async loseWorker(worker: MediaWorker): Promise<void> {
    for (const room of this.all) room.loseWorker(worker);
    if (!(await this.#workers.untilServing())) return;
    for (const room of this.all) room.tellLost();
  }

  heal(): void {
    for (const room of this.all) room.heal();
  }

  /** Sessions of all rooms. */
  get sessionCount(): number {
    return this.all.reduce((total, { sessions }) => total + sessions.size, 0);
  }

  stats(): SfuStats {
    const sessions = this.all.flatMap((room) => [...room.sessions.values()]);
    const consumers = sessions.flatMap((session) => [...session.consumers.values()]);
    const sum = (count: (session: Session) => number) =>
      sessions.reduce((total, session) => total + count(session), 0);
    return {
      workerPids: this.#workers.serving.map(({ worker }) => worker.pid),
      rooms: this.#rooms.size,
      routers: this.all.reduce((total, room) => total + room.routers.all.length, 0),
      sessions: sessions.length,
      transports: sum((session) => session.transports.size),
      producers: sum((session) => session.producers.size),
      consumers: consumers.length,
      consumersPlaying: consumers.filter(({ consumer }) => !consumer.paused && !consumer.producerPaused)
        .length,
      pipes: this.all
        .flatMap((room) => room.routers.all)
        .reduce((total, router) => total + router.pipes.count, 0),
    };
  }

  close(): void {
    for (const room of this.all) room.close();
  }

  #loadOf(worker: number): number {
    let sessions = 0;
    for (const room of this.#rooms.values())
      for (const router of room.routers.all) if (router.number === worker) sessions += router.sessions;
    return sessions;
  }

  #refuseWhileDraining(): void {
    if (this.#draining)
      throw new ProblemError(
        'media-down',
        'The media server is about to be replaced. Please try again soon.',
      );
  }

  async #open(id: string): Promise<Room> {
    await this.#workers.untilServing(WAIT_FOR_WORKER_MS);
    const room = new Room(id, this.#around);
    await room.homeFor('');
    this.#rooms.set(id, room);
    return room;
  }
}
