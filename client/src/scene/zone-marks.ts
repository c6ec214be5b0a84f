import type { WorldMap, WorldZone } from '@chatmux/schema';
import {
  BufferAttribute,
  BufferGeometry,
  CanvasTexture,
  Color,
  Group,
  Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  SRGBColorSpace,
} from 'three';
import { type EdgePoint, edgeRuns, nameLine } from './build/zone-edges.ts';
import { ZONE_MARK } from './palette.ts';

/** Bands along an edge: from and to in metres inwards, strength at both, and the dash (0 for none) in metres. */
interface Band {
  readonly from: number;
  readonly to: number;
  readonly strength: readonly [number, number];
  readonly dash: number;
}

/** A thin line for rooms, dashes for an audience, boards for a stage, a soft shore of hush, a pool of light. */
const BANDS: Record<WorldZone['kind'], readonly Band[]> = {
  room: [
    { from: 0.04, to: 0.12, strength: [0.75, 0.75], dash: 0 },
    { from: 0.12, to: 0.7, strength: [0.16, 0], dash: 0 },
  ],
  hall: [{ from: 0, to: 0.12, strength: [0.6, 0.6], dash: 0.9 }],
  stage: [
    { from: 0.02, to: 0.16, strength: [0.95, 0.95], dash: 0 },
    { from: 0.16, to: 1.1, strength: [0.34, 0], dash: 0 },
  ],
  quiet: [
    { from: 0, to: 0.08, strength: [0.7, 0.7], dash: 0 },
    { from: 0.08, to: 1.6, strength: [0.36, 0], dash: 0 },
  ],
  portal: [{ from: -0.5, to: 0.3, strength: [0, 0.55], dash: 0 }],
};
const STEP_METRES = 0.45;
const HEIGHT_METRES = 0.012;

const NAME_METRES = 0.78;
const NAME_PIXELS = 72;
const SHEET_PIXELS = 512;
const NAME_PIECES = 16;
const FONT = `650 46px 'Figtree Variable', Figtree, 'Segoe UI', system-ui, sans-serif`;
/** Names of rooms stand before their wall, not under it. */
const NAME_AWAY: Record<WorldZone['kind'], number> = {
  room: 0.5,
  hall: 0.2,
  stage: 0.3,
  quiet: 0.3,
  portal: 0,
};

export interface ZoneMarks {
  readonly group: Group;
  dispose(): void;
}

/**
 * What shows zones on the ground: their edges, and their names before their fronts. Portals carry theirs on the arch.
 * Two draw calls; undefined where the map has no zones.
 */
export function makeZoneMarks(map: Pick<WorldMap, 'zones'>): ZoneMarks | undefined {
  if (map.zones.length === 0) return undefined;
  const group = new Group();
  const edges = makeEdges(map.zones);
  const names = makeNames(map.zones.filter(({ kind }) => kind !== 'portal'));
  group.add(edges.mesh);
  if (names) group.add(names.mesh);
  return {
    group,
    dispose() {
      edges.dispose();
      names?.dispose();
    },
  };
}

function makeEdges(zones: readonly WorldZone[]): { mesh: Mesh; dispose(): void } {
  const positions: number[] = [];
  const colours: number[] = [];
  const indices: number[] = [];
  const tint = new Color();
  const strip = (outer: EdgePoint[], inner: EdgePoint[], band: Band) => {
    const first = positions.length / 3;
    outer.forEach((point, i) => {
      const other = inner[i] ?? point;
      positions.push(point.x, HEIGHT_METRES, point.z, other.x, HEIGHT_METRES, other.z);
      for (const strength of band.strength) colours.push(tint.r, tint.g, tint.b, strength);
      const shown = band.dash === 0 || Math.floor((i * STEP_METRES) / band.dash) % 2 === 0;
      const k = first + i * 2;
      if (i + 1 < outer.length && shown) indices.push(k, k + 2, k + 1, k + 1, k + 2, k + 3);
    });
  };
  for (const zone of zones) {
    tint.set(ZONE_MARK[zone.kind]);
    for (const band of BANDS[zone.kind]) {
      const outer = edgeRuns(zone, band.from, STEP_METRES);
      const inner = edgeRuns(zone, band.to, STEP_METRES);
      for (const [side, run] of outer.entries()) strip(run, stretched(inner[side] ?? run, run.length), band);
    }
    if (zone.kind === 'portal') fillPool(zone, positions, colours, indices, tint);
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(positions), 3));
  const up = new Float32Array(positions.length).map((_, i) => (i % 3 === 1 ? 1 : 0));
  geometry.setAttribute('normal', new BufferAttribute(up, 3));
  geometry.setAttribute('color', new BufferAttribute(new Float32Array(colours), 4));
  geometry.setIndex(indices);
  const material = new MeshLambertMaterial({
    vertexColors: true,
    transparent: true,
    depthWrite: false,
    emissive: '#ffffff',
    emissiveIntensity: 0.06,
    polygonOffset: true,
    polygonOffsetFactor: -1,
    polygonOffsetUnits: -1,
  });
  const mesh = new Mesh(geometry, material);
  mesh.receiveShadow = true;
  return {
    mesh,
    dispose() {
      geometry.dispose();
      material.dispose();
    },
  };
}

/** The same line with another number of points. */
function stretched(run: EdgePoint[], length: number): EdgePoint[] {
  if (run.length === length) return run;
  return Array.from({ length }, (_, i) => {
    const at = (i / (length - 1)) * (run.length - 1);
    const [a, b] = [run[Math.floor(at)], run[Math.ceil(at)]];
    const part = at - Math.floor(at);
    return { x: mix(a?.x, b?.x, part), z: mix(a?.z, b?.z, part) };
  });
}

const mix = (a = 0, b = 0, part: number) => a + (b - a) * part;

/** Light on the ground of a portal, strongest in the middle. */
function fillPool(
  zone: WorldZone,
  positions: number[],
  colours: number[],
  indices: number[],
  tint: Color,
): void {
  const first = positions.length / 3;
  positions.push(zone.x, HEIGHT_METRES, zone.z);
  colours.push(tint.r, tint.g, tint.b, 0.7);
  const rim = edgeRuns(zone, 0.3, STEP_METRES).flat();
  for (const [i, { x, z }] of rim.entries()) {
    positions.push(x, HEIGHT_METRES, z);
    colours.push(tint.r, tint.g, tint.b, 0.55);
    const next = (i + 1) % rim.length;
    indices.push(first, first + 1 + i, first + 1 + next);
  }
}

/** Names in one texture, laid on the ground. */
function makeNames(zones: readonly WorldZone[]): { mesh: Mesh; dispose(): void } | undefined {
  if (zones.length === 0) return undefined;
  const canvas = document.createElement('canvas');
  canvas.width = SHEET_PIXELS;
  canvas.height = NAME_PIXELS * zones.length;
  const pen = canvas.getContext('2d');
  if (!pen) return undefined;
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  texture.anisotropy = 8;
  const geometry = new BufferGeometry();
  const write = () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.font = FONT;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    for (const [i, { name }] of zones.entries()) {
      const y = (i + 0.52) * NAME_PIXELS;
      pen.fillStyle = '#fff6e2';
      // A soft dark halo, twice: pale words must be read on pale stone.
      pen.shadowColor = 'rgba(74, 50, 32, 0.85)';
      pen.shadowBlur = 9;
      for (let again = 0; again < 2; again++) pen.fillText(name, SHEET_PIXELS / 2, y, SHEET_PIXELS - 24);
    }
    texture.needsUpdate = true;
  };
  write();
  let gone = false;
  // The page's own font may come a moment later.
  void document.fonts.load(FONT).then(() => {
    if (!gone) write();
  });
  const positions: number[] = [];
  const uvs: number[] = [];
  const indices: number[] = [];
  const length = (NAME_METRES * SHEET_PIXELS) / NAME_PIXELS;
  for (const [i, zone] of zones.entries()) {
    const away = NAME_AWAY[zone.kind];
    const near = nameLine(zone, away, length, NAME_PIECES);
    const far = nameLine(zone, away + NAME_METRES, length, NAME_PIECES);
    const first = positions.length / 3;
    near.forEach((top, k) => {
      const bottom = far[k] ?? top;
      positions.push(top.x, HEIGHT_METRES, top.z, bottom.x, HEIGHT_METRES, bottom.z);
      const u = k / NAME_PIECES;
      uvs.push(u, 1 - i / zones.length, u, 1 - (i + 1) / zones.length);
      const at = first + k * 2;
      if (k < NAME_PIECES) indices.push(at, at + 1, at + 2, at + 2, at + 1, at + 3);
    });
  }
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(positions), 3));
  geometry.setAttribute('uv', new BufferAttribute(new Float32Array(uvs), 2));
  geometry.setIndex(indices);
  const material = new MeshBasicMaterial({
    map: texture,
    transparent: true,
    depthWrite: false,
    polygonOffset: true,
    polygonOffsetFactor: -1.5,
    polygonOffsetUnits: -1.5,
  });
  const mesh = new Mesh(geometry, material);
  mesh.renderOrder = 0.5;
  return {
    mesh,
    dispose() {
      gone = true;
      geometry.dispose();
      material.dispose();
      texture.dispose();
    },
  };
}
