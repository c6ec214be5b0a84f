import type { WorldGround, WorldMap } from '@chatmux/schema';
import { Color, Matrix4, PlaneGeometry } from 'three';
import { PALETTE } from '../palette.ts';
import { bumps, placeSeed, seededRandom } from '../seeded-random.ts';
import { MeshBuilder } from './mesh-builder.ts';
import type { Detail } from './pen.ts';

/** How far the grass goes on beyond the bounds, where haze hides its end. */
const BEYOND_METRES = 90;
const JOINT = 0.018;

/**
 * The ground as one flat mesh, painted in the order of the file: later grounds cover earlier ones. It is drawn without
 * depth, so nothing flickers; a hidden plane gives the depth afterwards.
 */
export function buildGround(map: WorldMap, detail: Detail): MeshBuilder {
  const builder = new MeshBuilder();
  paintGrass(builder, map, detail);
  for (const ground of map.grounds) paintGround(builder, ground, detail);
  return builder;
}

function paintGrass(builder: MeshBuilder, map: WorldMap, detail: Detail): void {
  const { bounds } = map;
  const step = detail > 0 ? 3 : 6;
  const width = bounds.maxX - bounds.minX + BEYOND_METRES * 2;
  const depth = bounds.maxZ - bounds.minZ + BEYOND_METRES * 2;
  const lawn = new PlaneGeometry(width, depth, Math.ceil(width / step), Math.ceil(depth / step));
  lawn.rotateX(-Math.PI / 2);
  const place = new Matrix4().makeTranslation(
    (bounds.minX + bounds.maxX) / 2,
    0,
    (bounds.minZ + bounds.maxZ) / 2,
  );
  builder.add(lawn, place, PALETTE.grass, (out, { x, z }) => {
    const patch = bumps(x * 0.11, 0, z * 0.09) + 0.5 * bumps(x * 0.31, 3, z * 0.27);
    out.lerp(patch > 0 ? LIGHT_GRASS : DEEP_GRASS, Math.min(1, Math.abs(patch) * 1.1));
  });
  lawn.dispose();
}

const LIGHT_GRASS = new Color(PALETTE.grassLight);
const DEEP_GRASS = new Color(PALETTE.grassDeep);

function paintGround(builder: MeshBuilder, ground: WorldGround, detail: Detail): void {
  const painter = new GroundPainter(builder, ground);
  switch (ground.look) {
    case 'stone':
      painter.whole(PALETTE.stoneDark, 0.22);
      // Every layer of paint is drawn over the one below: a weak machine gets one, without flagstones.
      painter.whole(detail > 0 ? PALETTE.joint : PALETTE.stone, 0);
      if (detail === 0) return;
      if (ground.shape === 'circle') painter.ringTiles(1);
      else painter.rowTiles(1.5, 1, stoneColour);
      return;
    case 'path':
      painter.whole(PALETTE.pathEdge, 0.16);
      painter.whole(PALETTE.path, 0);
      if (detail > 0) painter.pebbles();
      return;
    case 'wood':
      painter.whole(PALETTE.wood, 0.06);
      if (detail === 0) return;
      painter.whole('#8f6444', -0.02);
      painter.rowTiles(2.6, 0.34, woodColour);
      return;
    case 'sand':
      painter.whole(PALETTE.sand, 0);
      if (detail > 0) painter.ripples();
      return;
    case 'rug':
      painter.whole(PALETTE.rug, 0);
      painter.whole(PALETTE.rugTrim, -0.14);
      painter.whole(PALETTE.rug, -0.22);
      return;
    case 'sea':
      // Sand where waves reach, and where they just were.
      painter.whole(PALETTE.sandDeep, 1.9);
      painter.whole(PALETTE.sandWet, 1);
      painter.whole(PALETTE.waterDeep, -0.4);
      return;
    case 'water':
      painter.whole(PALETTE.stoneDark, 0.55);
      painter.whole(PALETTE.stoneLight, 0.42);
      painter.whole(PALETTE.waterDeep, 0);
      return;
    case 'grass':
      painter.whole(PALETTE.grass, 0);
  }
}

const stoneColour = (random: number) =>
  random < 0.5 ? PALETTE.stone : random < 0.84 ? PALETTE.stoneLight : PALETTE.stoneWarm;
const woodColour = (random: number) =>
  random < 0.45 ? PALETTE.woodLight : random < 0.8 ? '#c19162' : '#b98658';

/** Corners that make a circle or an oval look round. */
export function roundSides(halfWidth: number, halfDepth: number): number {
  return Math.max(56, Math.min(240, Math.round((halfWidth + halfDepth) * 1.5)));
}

/** Paints in a ground's own axes, turned like things are: a turn carries local +z to (sin, cos). */
class GroundPainter {
  private readonly builder: MeshBuilder;
  private readonly ground: WorldGround;
  private readonly sin: number;
  private readonly cos: number;
  private readonly random: () => number;

  constructor(builder: MeshBuilder, ground: WorldGround) {
    this.builder = builder;
    this.ground = ground;
    const turn = (ground.turn * Math.PI) / 180;
    this.sin = Math.sin(turn);
    this.cos = Math.cos(turn);
    this.random = seededRandom(placeSeed(ground.x, ground.z + ground.width));
  }

  /** The whole shape, grown by some metres. */
  whole(hex: string, grow: number): void {
    const halfWidth = this.ground.width / 2 + grow;
    const halfDepth = this.ground.depth / 2 + grow;
    if (this.ground.shape === 'circle') {
      const corners: number[] = [];
      const sides = roundSides(halfWidth, halfDepth);
      for (let i = 0; i < sides; i++) {
        const angle = (i / sides) * Math.PI * 2;
        corners.push(Math.sin(angle) * halfWidth, Math.cos(angle) * halfDepth);
      }
      this.flat(corners, hex);
      return;
    }
    this.flat(
      [-halfWidth, -halfDepth, -halfWidth, halfDepth, halfWidth, halfDepth, halfWidth, -halfDepth],
      hex,
    );
  }

  /** Flagstones in rings around the middle, about `size` metres deep. */
  ringTiles(size: number): void {
    const { width, depth } = this.ground;
    const rings = Math.max(2, Math.round(width / 2 / size));
    for (let ring = 0; ring < rings; ring++) {
      const inner = ring / rings;
      const outer = (ring + 1) / rings;
      const radius = (inner + outer) * 0.25 * width;
      const count = Math.max(6, Math.round((radius * Math.PI * 2) / (1.3 * size)));
      const shift = this.random();
      const edge = JOINT / (width / 2);
      const band = ring % 5 === 4;
      for (let i = 0; i < count; i++) {
        const gap = JOINT / Math.max(0.5, radius);
        const from = ((i + shift) / count) * Math.PI * 2 + gap;
        const to = ((i + 1 + shift) / count) * Math.PI * 2 - gap;
        const corners: number[] = [];
        for (const [angle, part] of [
          [from, inner + edge],
          [from, outer - edge],
          [(from + to) / 2, outer - edge],
          [to, outer - edge],
          [to, inner + edge],
        ] as const)
          corners.push((Math.sin(angle) * part * width) / 2, (Math.cos(angle) * part * depth) / 2);
        this.flat(
          corners,
          band ? PALETTE.stoneWarm : stoneColour(this.random()),
          0.965 + this.random() * 0.07,
        );
      }
    }
  }

  /** Stones or planks in rows, each row shifted. */
  rowTiles(length: number, width: number, colourOf: (random: number) => string): void {
    const { ground } = this;
    const alongWidth = ground.width >= ground.depth;
    const [long, across] = alongWidth ? [ground.width, ground.depth] : [ground.depth, ground.width];
    const rows = Math.max(1, Math.round(across / width));
    const row = across / rows;
    for (let r = 0; r < rows; r++) {
      const low = -across / 2 + r * row + JOINT;
      const high = low + row - JOINT * 2;
      let from = -long / 2 - this.random() * length;
      while (from < long / 2) {
        const to = from + length * (0.75 + this.random() * 0.5);
        const a = Math.max(from, -long / 2) + JOINT;
        const b = Math.min(to, long / 2) - JOINT;
        if (b > a && this.inShape(alongWidth ? [a, b, low, high] : [low, high, a, b])) {
          const corners = alongWidth
            ? [a, low, a, high, b, high, b, low]
            : [low, a, low, b, high, b, high, a];
          this.flat(corners, colourOf(this.random()), 0.965 + this.random() * 0.07);
        }
        from = to;
      }
    }
  }

  /** Long soft patches, as wind lays sand. */
  ripples(): void {
    const { width, depth } = this.ground;
    const count = Math.min(1100, Math.round(width * depth * 0.06));
    for (let i = 0; i < count; i++) {
      const x = (this.random() - 0.5) * width;
      const z = (this.random() - 0.5) * depth;
      const long = 0.5 + this.random() * 1.6;
      const across = 0.05 + this.random() * 0.09;
      const lean = (this.random() - 0.5) * 0.3;
      if (!this.inShape([x - long, x + long, z - long, z + long])) continue;
      const corners: number[] = [];
      for (let k = 0; k < 10; k++) {
        const angle = (k / 10) * Math.PI * 2;
        const u = Math.sin(angle) * long;
        const v = Math.cos(angle) * across;
        corners.push(
          x + u * Math.cos(lean) + v * Math.sin(lean),
          z - u * Math.sin(lean) + v * Math.cos(lean),
        );
      }
      const light = this.random();
      this.flat(corners, light > 0.5 ? PALETTE.sandLight : PALETTE.sand, light > 0.5 ? 1 : 0.93);
    }
  }

  /** Flat stones trodden into a path. */
  pebbles(): void {
    const { width, depth } = this.ground;
    const count = Math.min(500, Math.round(width * depth * 0.55));
    for (let i = 0; i < count; i++) {
      const x = (this.random() - 0.5) * (width - 0.7);
      const z = (this.random() - 0.5) * (depth - 0.7);
      const radius = 0.14 + this.random() * 0.2;
      if (!this.inShape([x - radius, x + radius, z - radius, z + radius])) continue;
      const corners: number[] = [];
      const start = this.random() * 6;
      for (let k = 0; k < 7; k++) {
        const angle = start + (k / 7) * Math.PI * 2;
        const reach = radius * (0.82 + 0.18 * Math.sin(k * 2.4 + start));
        corners.push(x + Math.sin(angle) * reach, z + Math.cos(angle) * reach * 0.8);
      }
      this.flat(
        corners,
        this.random() > 0.4 ? PALETTE.stone : PALETTE.stoneWarm,
        0.96 + this.random() * 0.08,
      );
    }
  }

  /** Whether a rectangle (min x, max x, min z, max z) lies inside a round shape; boxes hold what is asked for. */
  private inShape([minX, maxX, minZ, maxZ]: [number, number, number, number]): boolean {
    if (this.ground.shape === 'box') return true;
    const far = (min: number, max: number, half: number) => Math.max(Math.abs(min), Math.abs(max)) / half;
    return Math.hypot(far(minX, maxX, this.ground.width / 2), far(minZ, maxZ, this.ground.depth / 2)) <= 1;
  }

  private flat(corners: readonly number[], hex: string, light = 1): void {
    const placed: number[] = [];
    for (let i = 0; i + 1 < corners.length; i += 2) {
      const [u, v] = [corners[i] ?? 0, corners[i + 1] ?? 0];
      placed.push(this.ground.x + u * this.cos + v * this.sin, this.ground.z - u * this.sin + v * this.cos);
    }
    this.builder.addFlat(placed, 0, hex, light);
  }
}

/** Whether a point lies on one of these grounds, grown by some metres. */
export function onGround(grounds: readonly WorldGround[], x: number, z: number, grow: number): boolean {
  return grounds.some((ground) => {
    const turn = (ground.turn * Math.PI) / 180;
    const [dx, dz] = [x - ground.x, z - ground.z];
    const u = dx * Math.cos(turn) - dz * Math.sin(turn);
    const v = dx * Math.sin(turn) + dz * Math.cos(turn);
    const [halfWidth, halfDepth] = [ground.width / 2 + grow, ground.depth / 2 + grow];
    if (ground.shape === 'circle') return Math.hypot(u / halfWidth, v / halfDepth) <= 1;
    return Math.abs(u) <= halfWidth && Math.abs(v) <= halfDepth;
  });
}
