import type { MediaSource, PersonId } from '@chatmux/schema';
import type { Incoming } from '../path.ts';
import { chooseWay } from './handover.ts';

interface Offered {
  incoming: Incoming;
  seen: boolean;
  /** Ends looking whether media arrives by it. */
  unwatch: (() => void) | undefined;
}

/** One source of one person, and the ways by which it comes. */
interface Source {
  readonly id: PersonId;
  readonly kind: MediaSource;
  readonly ways: Map<number, Offered>;
  used: number | undefined;
  given: Incoming | undefined;
}

export interface CrossingOptions {
  /** Way by which a person should come now. */
  prefer(id: PersonId): number | undefined;
  /** What is used of a person's source from now on. */
  onIncoming(id: PersonId, kind: MediaSource, incoming: Incoming | undefined): void;
  /** Watches a way that waits for its turn until its media arrives. @returns ends it */
  watch(incoming: Incoming, onFlow: () => void): () => void;
}

/** Where ways meet: of each source of each person one is used at a time, and changes hands when the next one flows. */
export interface Crossing {
  /** A way offers a person's source, offers it otherwise, or (undefined) takes it back. */
  offer(way: number, id: PersonId, kind: MediaSource, incoming: Incoming | undefined): void;
  /** Chooses anew, after what `prefer` says has changed. */
  settle(): void;
  /** True when something of a person (of anybody, where none is named) comes by this way now. */
  isUsed(way: number, id?: PersonId): boolean;
  /** The way a person's source comes by now. */
  wayOf(id: PersonId, kind: MediaSource): number | undefined;
}

export function createCrossing({ prefer, onIncoming, watch }: CrossingOptions): Crossing {
  const sources = new Map<string, Source>();
  const keyOf = (id: PersonId, kind: MediaSource) => `${kind} ${id}`;

  function settleOne(key: string, source: Source): void {
    const { id, kind, ways } = source;
    const preferred = prefer(id);
    const offers = new Map(
      [...ways].map(([way, { incoming, seen }]) => [way, { flows: incoming.flowing, seen }] as const),
    );
    source.used = chooseWay(offers, source.used, preferred);
    const used = source.used === undefined ? undefined : ways.get(source.used);
    // Used without having been seen: nothing played, and there was nothing to wait for.
    if (used) used.seen = used.incoming.flowing;
    for (const [way, offered] of ways) {
      const waits = way === preferred && way !== source.used && offered.incoming.flowing && !offered.seen;
      if (!waits) {
        offered.unwatch?.();
        offered.unwatch = undefined;
      } else
        offered.unwatch ??= watch(offered.incoming, () => {
          offered.unwatch = undefined;
          offered.seen = true;
          if (ways.get(way) === offered) settleOne(key, source);
        });
    }
    if (ways.size === 0) sources.delete(key);
    const next = used?.incoming;
    if (next === source.given) return;
    source.given = next;
    onIncoming(id, kind, next);
  }

  return {
    offer(way, id, kind, incoming) {
      const key = keyOf(id, kind);
      let source = sources.get(key);
      if (!source) {
        if (!incoming) return;
        source = { id, kind, ways: new Map(), used: undefined, given: undefined };
        sources.set(key, source);
      }
      const known = source.ways.get(way);
      if (!incoming) {
        known?.unwatch?.();
        source.ways.delete(way);
      } else if (known && known.incoming.track === incoming.track) {
        known.incoming = incoming;
        // What begins again has to be seen again.
        if (!incoming.flowing) known.seen = false;
      } else {
        known?.unwatch?.();
        source.ways.set(way, { incoming, seen: false, unwatch: undefined });
      }
      settleOne(key, source);
    },
    settle() {
      for (const [key, source] of [...sources]) settleOne(key, source);
    },
    isUsed(way, id) {
      for (const source of sources.values())
        if (source.used === way && (id === undefined || source.id === id) && source.given?.flowing)
          return true;
      return false;
    },
    wayOf: (id, kind) => sources.get(keyOf(id, kind))?.used,
  };
}
