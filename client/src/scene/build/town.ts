import type { WorldMap, WorldThing } from '@chatmux/schema';
import type { BufferGeometry } from 'three';
import { placeFootlights } from './footlights.ts';
import { buildGround } from './grounds.ts';
import { drawHallRoof, drawHouse, drawPillar, drawWall, ROOF_ONLY_VARIANT } from './houses.ts';
import { hangLights } from './lights.ts';
import { MeshBuilder } from './mesh-builder.ts';
import { type Detail, type Layers, Pen } from './pen.ts';
import { drawBush, drawFlowers, drawHedge, drawPine, drawRock, drawTree } from './plants.ts';
import { drawPortal } from './portal.ts';
import { drawBoat, drawBuoys, drawCampfire, drawFence, drawPalm, drawParasol } from './seaside.ts';
import {
  drawArch,
  drawBench,
  drawFountain,
  drawLamp,
  drawSign,
  drawStage,
  drawStall,
  drawTable,
} from './street.ts';
import { drawBackdrop, scatterGrass } from './wilds.ts';

/** Side of a piece of town that is drawn, or left out, as one. */
const PIECE_METRES = 32;

const DRAW: Record<WorldThing['look'], (pen: Pen) => void> = {
  wall: drawWall,
  hedge: drawHedge,
  house: drawHouse,
  tree: drawTree,
  pine: drawPine,
  bush: drawBush,
  bench: drawBench,
  lamp: drawLamp,
  fountain: drawFountain,
  rock: drawRock,
  flowers: drawFlowers,
  stall: drawStall,
  sign: drawSign,
  arch: drawArch,
  table: drawTable,
  pillar: drawPillar,
  stage: drawStage,
  portal: drawPortal,
  palm: drawPalm,
  parasol: drawParasol,
  boat: drawBoat,
  campfire: drawCampfire,
  fence: drawFence,
  buoys: drawBuoys,
};

/** All that stands still in a world, ready to draw. */
export interface Town {
  readonly ground: BufferGeometry;
  /** Firm shapes and leaves, by piece of town. */
  readonly firm: readonly BufferGeometry[];
  readonly leaves: readonly BufferGeometry[];
  readonly backdrop: BufferGeometry | undefined;
  readonly glow: BufferGeometry | undefined;
  /** Roofs that lift while we stand under them. */
  readonly roofs: readonly { thing: WorldThing; geometry: BufferGeometry }[];
}

/** True for a roof whose walls stand in the map one by one: people walk under it. */
function isHallRoof(thing: WorldThing): boolean {
  return thing.look === 'house' && thing.variant >= ROOF_ONLY_VARIANT && thing.solid === 'none';
}

/** Builds a world's shapes from its map. The same map gives the same shapes everywhere. */
export function buildTown(map: WorldMap, detail: Detail): Town {
  const pieces = new Map<string, Layers>();
  const glow = new MeshBuilder();
  const layersAt = (x: number, z: number): Layers => {
    const key = `${Math.floor(x / PIECE_METRES)} ${Math.floor(z / PIECE_METRES)}`;
    const found = pieces.get(key);
    if (found) return found;
    const made = { solid: new MeshBuilder(), leaf: new MeshBuilder(), glow };
    pieces.set(key, made);
    return made;
  };
  const roofs: { thing: WorldThing; geometry: BufferGeometry }[] = [];
  for (const thing of map.things) {
    if (isHallRoof(thing)) {
      const solid = new MeshBuilder();
      drawHallRoof(new Pen({ solid, leaf: solid, glow: solid }, thing, detail));
      const geometry = solid.build();
      if (geometry) roofs.push({ thing, geometry });
    } else DRAW[thing.look](new Pen(layersAt(thing.x, thing.z), thing, detail));
  }
  if (detail > 0) hangLights(map, glow, (x, z) => layersAt(x, z).solid);
  for (const zone of map.zones)
    if (zone.kind === 'stage') placeFootlights(zone, layersAt(zone.x, zone.z), detail);
  scatterGrass(map, layersAt, detail);
  const backdrop = new MeshBuilder();
  // Weak machines see no farther than the town: haze stands where the hills would be.
  if (detail > 0) drawBackdrop(map, backdrop, detail);
  const ground = buildGround(map, detail).build();
  if (!ground) throw new Error(`World ${map.id} has no ground to draw.`);
  const built = (layer: 'solid' | 'leaf') =>
    [...pieces.values()].map((piece) => piece[layer].build()).filter((geometry) => geometry !== undefined);
  return {
    ground,
    firm: built('solid'),
    leaves: built('leaf'),
    backdrop: backdrop.build(),
    glow: glow.build(),
    roofs,
  };
}

/** Frees what a town holds on the graphics card. */
export function disposeTown(town: Town): void {
  town.ground.dispose();
  for (const geometry of [...town.firm, ...town.leaves]) geometry.dispose();
  for (const roof of town.roofs) roof.geometry.dispose();
  town.backdrop?.dispose();
  town.glow?.dispose();
}
