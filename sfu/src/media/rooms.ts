import { ProblemError, type SfuStats } from '@chatmux/schema';
import type { RtpCapabilities, Worker } from 'mediasoup/types';
import { MEDIA_CODECS } from './codecs.ts';
import { Room, type RoomSurroundings } from './room.ts';
import type { Session } from './session.ts';

/** All rooms of this SFU. */
export class Rooms {
  readonly #worker: Worker;
  readonly #around: RoomSurroundings;
  readonly #rooms = new Map<string, Room>();
  readonly #opening = new Map<string, Promise<Room>>();

  constructor(worker: Worker, around: RoomSurroundings) {
    this.#worker = worker;
    this.#around = {
      ...around,
      onRoomClosed: (roomId) => {
        this.#rooms.delete(roomId);
        around.onRoomClosed(roomId);
      },
    };
  }

  get(id: string): Room | undefined {
    return this.#rooms.get(id);
  }

  /** The room, made on first use. */
  async getOrOpen(id: string): Promise<Room> {
    const existing = this.#rooms.get(id);
    if (existing) return existing;
    const opening = this.#opening.get(id) ?? this.#open(id);
    this.#opening.set(id, opening);
    try {
      return await opening;
    } finally {
      this.#opening.delete(id);
    }
  }

  /** Opens a session in the room, which is made on first use. */
  async join(roomId: string, sessionId: string, rtpCapabilities: RtpCapabilities): Promise<Session> {
    let room = await this.getOrOpen(roomId);
    // The last session may have left, and the room with it, while this one waited.
    while (room.closed) room = await this.getOrOpen(roomId);
    return room.open(sessionId, rtpCapabilities);
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
    for (const room of this.#rooms.values()) {
      for (const session of room.sessions.values()) if (session.owns(objectId)) return true;
    }
    return false;
  }

  heal(): void {
    for (const room of [...this.#rooms.values()]) room.heal();
  }

  stats(): SfuStats {
    const sessions = [...this.#rooms.values()].flatMap((room) => [...room.sessions.values()]);
    const consumers = sessions.flatMap((session) => [...session.consumers.values()]);
    const sum = (count: (session: Session) => number) =>
      sessions.reduce((total, session) => total + count(session), 0);
    return {
      workerPid: this.#worker.pid,
      rooms: this.#rooms.size,
      sessions: sessions.length,
      transports: sum((session) => session.transports.size),
      producers: sum((session) => session.producers.size),
      consumers: consumers.length,
      consumersPlaying: consumers.filter(({ consumer }) => !consumer.paused && !consumer.producerPaused)
        .length,
    };
  }

  close(): void {
    for (const room of [...this.#rooms.values()]) room.close();
  }

  async #open(id: string): Promise<Room> {
    const router = await this.#worker.createRouter({ mediaCodecs: MEDIA_CODECS });
    const room = new Room(id, router, this.#around);
    this.#rooms.set(id, room);
    return room;
  }
}
