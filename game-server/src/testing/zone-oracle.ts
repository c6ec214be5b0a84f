import type { WorldZone } from '@chatmux/schema';

/** Indexes into the map's zones; −1 for none. */
export interface ZonesByOracle {
  room: number;
  hall: number;
  stage: number;
  quiet: number;
}

const KINDS = ['room', 'hall', 'stage', 'quiet'] as const;

/** [EZ1] told the slow way, for circles and boxes that don't turn: every zone against every place. */
export class ZoneOracle {
  private readonly zones: readonly WorldZone[];

  constructor(zones: readonly WorldZone[]) {
    if (zones.some(({ turn }) => turn !== 0)) throw new Error('the oracle knows no turned zones');
    this.zones = zones;
  }

  nowhere(): ZonesByOracle {
    return { room: -1, hall: -1, stage: -1, quiet: -1 };
  }

  /** The zones of a place, for somebody who was in others before. */
  at(x: number, z: number, before: ZonesByOracle): ZonesByOracle {
    const now = this.nowhere();
    for (const kind of KINDS) {
      const was = this.zones[before[kind]];
      if (was && metresOutside(was, x, z) <= 0.4) now[kind] = before[kind];
      else now[kind] = this.zones.findIndex((zone) => zone.kind === kind && metresOutside(zone, x, z) <= 0);
    }
    return now;
  }

  /** True for who stands on a stage with a megaphone. */
  isLoud({ stage }: ZonesByOracle): boolean {
    const zone = this.zones[stage];
    return zone?.kind === 'stage' && zone.megaphone === true;
  }

  /** True where `to` is in the hall (or room) of the stage that `from` stands on. */
  hears(to: ZonesByOracle, from: ZonesByOracle): boolean {
    const stage = this.zones[from.stage];
    if (stage?.kind !== 'stage') return false;
    return this.zones[to.hall]?.id === stage.hall || this.zones[to.room]?.id === stage.hall;
  }
}

function metresOutside(zone: WorldZone, x: number, z: number): number {
  if (zone.shape === 'circle') return Math.max(0, Math.hypot(x - zone.x, z - zone.z) - zone.width / 2);
  const left = zone.x - zone.width / 2 - x;
  const right = x - zone.x - zone.width / 2;
  const above = zone.z - zone.depth / 2 - z;
  const below = z - zone.z - zone.depth / 2;
  return Math.hypot(Math.max(0, left, right), Math.max(0, above, below));
}
