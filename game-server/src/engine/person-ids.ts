import type { PersonId } from '@chatmux/schema';

const LAST = 65535;

/** Hands out ids round the circle, so that one is used again only after all others were. */
export class PersonIds {
  private next = 1;
  private readonly used = new Set<PersonId>();

  /** @throws RangeError when 65,535 people are in the room */
  take(): PersonId {
    if (this.used.size >= LAST) throw new RangeError('no person id is free');
    while (this.used.has(this.next)) this.next = (this.next % LAST) + 1;
    const id = this.next;
    this.used.add(id);
    this.next = (this.next % LAST) + 1;
    return id;
  }

  free(id: PersonId): void {
    this.used.delete(id);
  }
}
