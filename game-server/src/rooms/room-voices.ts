import type { PersonId } from '@chatmux/schema';

/**
 * Who speaks in a room. Of those whose voices the media server carries, its word counts; of all others their own.
 *
 * - [RV1] What one says of oneself is kept while the media server's word counts, and holds when it no longer does.
 * - [RV2] Only what changes is told; `repeat` tells again who speaks, for a world that had reason to think otherwise.
 */
export class RoomVoices {
  private readonly said = new Set<PersonId>();
  private heard: ReadonlySet<PersonId> = new Set();
  private readonly speaking = new Set<PersonId>();
  private readonly isHeard: (id: PersonId) => boolean;
  private readonly tell: (id: PersonId, on: boolean) => void;

  /** @param isHeard whether the media server carries somebody's voice */
  constructor(isHeard: (id: PersonId) => boolean, tell: (id: PersonId, on: boolean) => void) {
    this.isHeard = isHeard;
    this.tell = tell;
  }

  /** Somebody says that they speak, or no longer. */
  say(id: PersonId, on: boolean): void {
    if (on) this.said.add(id);
    else this.said.delete(id);
    this.update(id);
  }

  /** The media server hears these, and no others. */
  hear(ids: ReadonlySet<PersonId>): void {
    const before = this.heard;
    this.heard = ids;
    for (const id of before) this.update(id);
    for (const id of ids) this.update(id);
  }

  /** Media takes another way, for everybody or for some. */
  settle(): void {
    for (const id of new Set([...this.said, ...this.heard, ...this.speaking])) this.update(id);
  }

  /** Somebody has left. */
  forget(id: PersonId): void {
    this.said.delete(id);
    this.speaking.delete(id);
  }

  repeat(): void {
    for (const id of this.speaking) this.tell(id, true);
  }

  private update(id: PersonId): void {
    const on = (this.isHeard(id) ? this.heard : this.said).has(id);
    if (on === this.speaking.has(id)) return;
    if (on) this.speaking.add(id);
    else this.speaking.delete(id);
    this.tell(id, on);
  }
}
