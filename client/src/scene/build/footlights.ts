import type { WorldZone } from '@chatmux/schema';
import { Matrix4, Quaternion, Vector3 } from 'three';
import { PALETTE } from '../palette.ts';
import type { Detail, Layers } from './pen.ts';
import { ball, pole, softBox } from './shapes.ts';
import { edgeRuns } from './zone-edges.ts';

const EDGE_METRES = 0.5;
const LIGHTS_APART = 1.05;
/** Half the width of the way up, in the middle of the front, that is free of lights. */
const WAY_UP = 0.9;

const place = new Matrix4();
const about = new Quaternion();
const up = new Vector3(0, 1, 0);
const at = new Vector3();
const size = new Vector3();
const one = new Vector3(1, 1, 1);

/** Makes a stage look like one: a low wooden edge around its floor, and small lights along its front. */
export function placeFootlights(zone: WorldZone, { solid, glow }: Layers, detail: Detail): void {
  const turn = (zone.turn * Math.PI) / 180;
  const front = { x: Math.sin(turn), z: Math.cos(turn) };
  const plank = softBox(0.18, 0.12, EDGE_METRES + 0.06, 0.04, detail);
  for (const run of edgeRuns(zone, 0, EDGE_METRES))
    for (const [i, point] of run.entries()) {
      const next = run[i + 1];
      if (!next) continue;
      const [dx, dz] = [next.x - point.x, next.z - point.z];
      about.setFromAxisAngle(up, Math.atan2(dx, dz));
      size.set(1, 1, Math.hypot(dx, dz) / EDGE_METRES);
      solid.add(
        plank,
        place.compose(at.set(point.x + dx / 2, 0.03, point.z + dz / 2), about, size),
        i % 2 ? PALETTE.wood : PALETTE.woodDark,
      );
    }
  for (const run of edgeRuns(zone, 0.28, LIGHTS_APART))
    for (const { x, z } of run.slice(1)) {
      const [dx, dz] = [x - zone.x, z - zone.z];
      const ahead = dx * front.x + dz * front.z;
      const aside = Math.abs(dx * front.z - dz * front.x);
      if (ahead < 0.6 || aside < WAY_UP) continue;
      about.identity();
      solid.add(
        pole(8, 0.8),
        place.compose(at.set(x, 0, z), about, size.set(0.13, 0.12, 0.13)),
        PALETTE.iron,
      );
      glow.add(
        ball(1),
        place.compose(at.set(x, 0.13, z), about, one).scale(size.set(0.1, 0.08, 0.1)),
        PALETTE.glow,
      );
    }
}
