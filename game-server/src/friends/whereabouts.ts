import { EventEmitter } from 'node:events';
import type { Friend, PagePresence, Shows } from '@chatmux/schema';

/** What friends see of where somebody is. */
export type Whereabout = Pick<Friend, 'state' | 'place'>;
type Place = NonNullable<Friend['place']>;

interface Tracked {
  /** By connection. */
  readonly pages: Map<string, PagePresence>;
  /** By seat; the newest last. */
  readonly places: Map<string, Place>;
  shows: Shows;
}

/**
 * Who has a page open, how they sit before it, and who is in which world: by identity, of all their tabs and devices. It
 * tells whose changed, as friends see it. Kept in memory: what is not connected any more is nowhere.
 */
export class Whereabouts extends EventEmitter<{ changed: [identityId: string] }> {
  private readonly all = new Map<string, Tracked>();

  constructor() {
    super();
    this.setMaxListeners(0);
  }

  /** As friends see it. */
  of(identityId: string): Whereabout {
    const tracked = this.all.get(identityId);
    if (!tracked || tracked.shows === 'nothing') return { state: 'offline' };
    const place = [...tracked.places.values()].at(-1);
    const pages = [...tracked.pages.values()];
    const isBusy = pages.some(({ busy }) => busy);
    const isAway = pages.length > 0 && pages.every(({ away }) => away);
    const state = isBusy ? 'busy' : isAway ? 'away' : 'online';
    return { state, ...(place && tracked.shows === 'place' && { place }) };
  }

  /** Pages somebody has open. */
  pagesOf(identityId: string): number {
    return this.all.get(identityId)?.pages.size ?? 0;
  }

  /** A page was opened, or says anew how one sits before it. @param page names the connection */
  sits(identityId: string, page: string, presence: PagePresence, shows?: Shows): void {
    this.change(identityId, shows, ({ pages }) => pages.set(page, presence));
  }

  closed(identityId: string, page: string): void {
    this.change(identityId, undefined, ({ pages }) => pages.delete(page));
  }

  /** @param seat names their seat in that world */
  entered(identityId: string, seat: string, place: Place, shows: Shows): void {
    this.change(identityId, shows, ({ places }) => {
      places.delete(seat);
      places.set(seat, place);
    });
  }

  left(identityId: string, seat: string): void {
    this.change(identityId, undefined, ({ places }) => places.delete(seat));
  }

  /** They chose anew how much friends see. */
  show(identityId: string, shows: Shows): void {
    if (this.all.has(identityId)) this.change(identityId, shows, () => undefined);
  }

  private change(identityId: string, shows: Shows | undefined, work: (tracked: Tracked) => void): void {
    const before = JSON.stringify(this.of(identityId));
    const tracked = this.all.get(identityId) ?? { pages: new Map(), places: new Map(), shows: 'place' };
    if (shows !== undefined) tracked.shows = shows;
    work(tracked);
    if (tracked.pages.size + tracked.places.size > 0) this.all.set(identityId, tracked);
    else this.all.delete(identityId);
    if (JSON.stringify(this.of(identityId)) !== before) this.emit('changed', identityId);
  }
}
