import { buildZoneMap } from '@chatmux/engine';
import type { Milliseconds, PlanEntry, WorldMap } from '@chatmux/schema';
import type { SimView } from '../sim/types.ts';
import { store } from '../store/store.ts';
import { nearPeople, sameNear } from './near-people.ts';
import { circleAhead, WhereWeAre } from './where-we-are.ts';

/** How often lists of who is near are made anew. */
const NEAR_MS: Milliseconds = 250;

/** What is around us, for panels to draw: people within reach, the zone we stand in, a locked circle before us. */
export class Surroundings {
  private readonly where: WhereWeAre;
  private sinceMs: Milliseconds = NEAR_MS;

  constructor(map: WorldMap) {
    this.where = new WhereWeAre(buildZoneMap(map));
  }

  /** The plan changed: don't wait for the next turn. */
  hurry(): void {
    this.sinceMs = NEAR_MS;
  }

  /** Time passes; a few times a second the store learns what changed. */
  advance({ me, others }: SimView, plan: readonly PlanEntry[], deltaMs: Milliseconds): void {
    this.sinceMs += deltaMs;
    if (this.sinceMs < NEAR_MS) return;
    this.sinceMs = 0;
    const before = store.getState();
    const near = nearPeople(plan, (id) => {
      const body = others.get(id);
      return body && Math.hypot(body.x - me.x, body.z - me.z);
    });
    if (!sameNear(near, before.near)) store.setState({ near });
    const zone = this.where.zone(me);
    const ahead = circleAhead(me, before, (id) => others.get(id));
    if (zone !== before.zone || ahead !== before.circleAhead) store.setState({ zone, circleAhead: ahead });
  }
}
