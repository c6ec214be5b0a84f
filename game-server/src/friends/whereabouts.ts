import { EventEmitter } from 'node:events';
import type { Friend } from '@chatmux/schema';

/** What friends see of where somebody is. */
export type Whereabout = Pick<Friend, 'online' | 'place'>;
type Place = NonNullable<Friend['place']>;

/**
 * Who has a page open, and who is in which world: by identity, of all their tabs and devices. It tells whose changed. Kept
 * in memory: what is not connected any more is nowhere.
 */
export class Whereabouts extends EventEmitter<{ changed: [identityId: string] }> {
  /** Pages, and places in worlds, of each: the newest last. */
  private readonly pages = new Map<string, Set<string>>();
  private readonly places = new Map<string, Map<string, Place>>();

  of(identityId: string): Whereabout {
    const place = [...(this.places.get(identityId)?.values() ?? [])].at(-1);
    return { online: this.pages.has(identityId) || place !== undefined, ...(place && { place }) };
  }

  /** Pages somebody has open. */
  pagesOf(identityId: string): number {
    return this.pages.get(identityId)?.size ?? 0;
  }

  /** @param page names the connection */
  opened(identityId: string, page: string): void {
    this.change(identityId, () => {
      this.pages.set(identityId, (this.pages.get(identityId) ?? new Set()).add(page));
    });
  }

  closed(identityId: string, page: string): void {
    this.change(identityId, () => {
      const pages = this.pages.get(identityId);
      pages?.delete(page);
      if (pages?.size === 0) this.pages.delete(identityId);
    });
  }

  /** @param seat names their seat in that world */
  entered(identityId: string, seat: string, place: Place): void {
    this.change(identityId, () => {
      const places = this.places.get(identityId) ?? new Map<string, Place>();
      places.delete(seat);
      this.places.set(identityId, places.set(seat, place));
    });
  }

  left(identityId: string, seat: string): void {
    this.change(identityId, () => {
      const places = this.places.get(identityId);
      places?.delete(seat);
      if (places?.size === 0) this.places.delete(identityId);
    });
  }

  private change(identityId: string, work: () => void): void {
    const before = JSON.stringify(this.of(identityId));
    work();
    if (JSON.stringify(this.of(identityId)) !== before) this.emit('changed', identityId);
  }
}
