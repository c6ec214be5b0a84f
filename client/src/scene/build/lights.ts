import type { WorldMap } from '@chatmux/schema';
import { Euler, Matrix4, Quaternion, Vector3 } from 'three';
import { PALETTE } from '../palette.ts';
import type { MeshBuilder } from './mesh-builder.ts';
import { ball, box } from './shapes.ts';

/** Lamps this far apart, in metres, are taken for a pair across a street and joined by a string of lights. */
const NEAREST = 9;
const FARTHEST = 11;
const BULBS = 11;

const place = new Matrix4();
const turn = new Quaternion();
const angles = new Euler();
const at = new Vector3();
const size = new Vector3();

/** Strings of small lights between lamps that face each other across a street. */
export function hangLights(
  map: WorldMap,
  glow: MeshBuilder,
  solidAt: (x: number, z: number) => MeshBuilder,
): void {
  const lamps = map.things.filter((thing) => thing.look === 'lamp');
  for (const [i, from] of lamps.entries())
    for (const to of lamps.slice(i + 1)) {
      const length = Math.hypot(to.x - from.x, to.z - from.z);
      // Straight across only: strings at an angle would tangle.
      if (length < NEAREST || length > FARTHEST || Math.abs(to.z - from.z) > 0.5) continue;
      const top = Math.min(from.height, to.height) - 0.05;
      const heightAt = (t: number) => top - Math.sin(t * Math.PI) * length * 0.055;
      const wire = solidAt((from.x + to.x) / 2, from.z);
      for (let k = 0; k <= BULBS; k++) {
        const t = k / (BULBS + 1);
        const next = (k + 1) / (BULBS + 1);
        const [x, y] = [from.x + (to.x - from.x) * t, heightAt(t)];
        const [x2, y2] = [from.x + (to.x - from.x) * next, heightAt(next)];
        const z = from.z + (to.z - from.z) * t;
        place.compose(
          at.set((x + x2) / 2, (y + y2) / 2, z),
          turn.setFromEuler(angles.set(0, 0, Math.atan2(y2 - y, x2 - x))),
          size.set(Math.hypot(x2 - x, y2 - y), 0.022, 0.022),
        );
        wire.add(box(), place, PALETTE.iron);
        if (k > 0)
          glow.add(ball(1), place.makeScale(0.075, 0.095, 0.075).setPosition(x, y - 0.1, z), PALETTE.glow);
      }
    }
}
