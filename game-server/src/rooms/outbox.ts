import type { PersonId, ServerMessages } from '@chatmux/schema';
import type { Outlets } from '../engine/world-engine.ts';
import type { RoomMetrics } from '../metrics/room-metrics.ts';
import { isLineFull, sendPoses } from './pose-line.ts';
import type { Seat, Seats } from './seats.ts';

/** Sends to people by their ids. Told to one who has left: nothing happens. */
export class Outbox {
  private readonly seats: Seats;
  private readonly onLine: (id: PersonId, full: boolean) => void;
  private readonly metrics: Pick<RoomMetrics, 'sent'>;

  /** @param onLine a client's line is full and is told no more poses, or it is free again */
  constructor(
    seats: Seats,
    metrics: Pick<RoomMetrics, 'sent'>,
    onLine: (id: PersonId, full: boolean) => void,
  ) {
    this.seats = seats;
    this.metrics = metrics;
    this.onLine = onLine;
  }

  tell<T extends keyof ServerMessages>(to: PersonId, type: T, message: ServerMessages[T]): void {
    this.seats.ofPerson(to)?.client?.send(type, message);
  }

  /** Passes on what others send somebody. @returns false when their line is full: others must not be able to end it */
  relay<T extends keyof ServerMessages>(to: PersonId, type: T, message: ServerMessages[T]): boolean {
    const client = this.seats.ofPerson(to)?.client;
    // Who is away has a new way to ask for everything when they come back.
    if (!client) return true;
    if (isLineFull(client)) return false;
    client.send(type, message);
    return true;
  }

  poses(to: PersonId, frame: Uint8Array): void {
    const seat = this.seats.ofPerson(to);
    if (!seat?.client || seat.lineFull) return;
    if (isLineFull(seat.client)) this.setLine(seat, true);
    else {
      const bytes = sendPoses(seat.client, frame);
      if (bytes > 0) this.metrics.sent('poses', bytes);
    }
  }

  /** Looks whose lines are free again; call it before each tick. */
  freeLines(): void {
    for (const seat of this.seats.all())
      if (seat.lineFull && seat.client && !isLineFull(seat.client)) this.setLine(seat, false);
  }

  private setLine(seat: Seat, full: boolean): void {
    seat.lineFull = full;
    this.onLine(seat.id, full);
  }
}

/** What the engine says that is told as it is. */
export function toldBy(
  outbox: Outbox,
): Pick<Outlets, 'poses' | 'travel' | 'knock' | 'knockAnswer' | 'knockOver' | 'blocked'> {
  return {
    poses: (to, frame) => outbox.poses(to, frame),
    travel: (to, message) => outbox.tell(to, 'travel', message),
    knock: (to, message) => outbox.tell(to, 'knock', message),
    knockAnswer: (to, message) => outbox.tell(to, 'knock-answer', message),
    knockOver: (to, message) => outbox.tell(to, 'knock-over', message),
    blocked: (to, ids) => outbox.tell(to, 'blocked', { ids }),
  };
}
