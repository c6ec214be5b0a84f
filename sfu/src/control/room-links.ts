import type { SfuEvent, SfuRoomEvent } from '@chatmux/schema';

/** Where a room's events go. */
export interface Link {
  /** @returns false where it is closing already, and nothing was sent */
  send(event: SfuEvent | SfuRoomEvent): boolean;
}

interface RoomLink {
  link: Link | undefined;
  /** When the link was lost, in milliseconds; meaningless while there is one. */
  lostAtMs: number;
  /** Events that wait for the next link. */
  readonly waiting: SfuEvent[];
  /** Who speaks, for the next link. */
  speaking: SfuRoomEvent | undefined;
}

/** A room that produces more while nobody listens is given up sooner; its sessions are rebuilt by the browsers. */
const MOST_WAITING = 10_000;

/** Which connection speaks for which room: the one that spoke for it last. */
export class RoomLinks {
  readonly #links = new Map<string, RoomLink>();

  /** The connection speaks for the room from now on, and gets what waited. */
  adopt(roomId: string, link: Link): void {
    const entry = this.#links.get(roomId);
    if (!entry) {
      this.#links.set(roomId, { link, lostAtMs: 0, waiting: [], speaking: undefined });
      return;
    }
    if (entry.link === link) return;
    entry.link = link;
    for (const event of entry.waiting.splice(0)) if (!link.send(event)) entry.waiting.push(event);
    if (entry.speaking) link.send(entry.speaking);
  }

  /** Who speaks is a state: whoever comes next gets the last one only. */
  tellSpeaking(room: string, speaking: string[]): void {
    const entry = this.#links.get(room);
    if (!entry) return;
    entry.speaking = { event: 'levels', room, speaking };
    entry.link?.send(entry.speaking);
  }

  deliver(event: SfuEvent): void {
    const entry = this.#links.get(event.room);
    if (entry && !entry.link?.send(event)) entry.waiting.push(event);
  }

  /** The connection is gone; its rooms wait for another. */
  drop(link: Link, nowMs: number): void {
    for (const entry of this.#links.values()) {
      if (entry.link !== link) continue;
      entry.link = undefined;
      entry.lostAtMs = nowMs;
    }
  }

  forget(roomId: string): void {
    this.#links.delete(roomId);
  }

  /** Rooms nobody has spoken for during `graceMs`. */
  abandoned(nowMs: number, graceMs: number): string[] {
    return [...this.#links]
      .filter(
        ([, { link, lostAtMs, waiting }]) =>
          !link && (nowMs - lostAtMs > graceMs || waiting.length > MOST_WAITING),
      )
      .map(([roomId]) => roomId);
  }
}
