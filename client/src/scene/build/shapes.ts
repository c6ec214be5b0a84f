import {
  BoxGeometry,
  type BufferGeometry,
  ConeGeometry,
  CylinderGeometry,
  IcosahedronGeometry,
  LatheGeometry,
  SphereGeometry,
  Vector2,
} from 'three';
import { RoundedBoxGeometry } from 'three/addons/geometries/RoundedBoxGeometry.js';
import { mergeVertices } from 'three/addons/utils/BufferGeometryUtils.js';
import { bumps } from '../seeded-random.ts';

/** Shapes of size one, made once and shared; `MeshBuilder` scales them into place. */
const kept = new Map<string, BufferGeometry>();

function keep(name: string, make: () => BufferGeometry): BufferGeometry {
  const found = kept.get(name);
  if (found) return found;
  const made = make();
  kept.set(name, made);
  return made;
}

/** A plain box of side 1 around the origin. */
export const box = () => keep('box', () => new BoxGeometry(1, 1, 1));

/**
 * A box with rounded edges of the given radius; sizes in metres, around the origin. Without detail its edges are sharp:
 * a ninth of the triangles.
 */
export function softBox(
  width: number,
  height: number,
  depth: number,
  radius: number,
  detail: number,
): BufferGeometry {
  const [w, h, d] = [width, height, depth].map((side) => Math.round(side * 20) / 20) as [
    number,
    number,
    number,
  ];
  if (detail === 0) return keep(`sharp ${w} ${h} ${d}`, () => new BoxGeometry(w, h, d));
  return keep(`soft ${w} ${h} ${d} ${radius}`, () => {
    const rounded = new RoundedBoxGeometry(w, h, d, 1, Math.min(radius, w / 2, h / 2, d / 2));
    rounded.deleteAttribute('uv');
    return mergeVertices(rounded, 1e-4);
  });
}

/** A ball of radius 1. `detail` 0 to 2. */
export const ball = (detail: number) =>
  keep(`ball ${detail}`, () => smooth(new IcosahedronGeometry(1, detail), 0, 0));

/** A ball of radius 1 with soft bumps, one of eight, for crowns, bushes and rocks. */
export function lump(detail: number, kind: number, roughness: number): BufferGeometry {
  const which = Math.abs(Math.trunc(kind)) % 8;
  return keep(`lump ${detail} ${which} ${roughness}`, () =>
    smooth(new IcosahedronGeometry(1, detail), roughness, which * 11.3),
  );
}

/** Shares corners, moves them in and out, and rounds the light over the edges. */
function smooth(shape: BufferGeometry, roughness: number, shift: number): BufferGeometry {
  shape.deleteAttribute('normal');
  shape.deleteAttribute('uv');
  const welded = mergeVertices(shape, 1e-4);
  const at = welded.getAttribute('position');
  for (let i = 0; i < at.count; i++) {
    const [x, y, z] = [at.getX(i), at.getY(i), at.getZ(i)];
    const grow = 1 + roughness * bumps(x * 1.6 + shift, y * 1.6 + shift, z * 1.6 - shift);
    at.setXYZ(i, x * grow, y * grow, z * grow);
  }
  welded.computeVertexNormals();
  return welded;
}

/** An upright pole of radius and height 1, standing on the ground, `taper` its top radius. */
export const pole = (sides: number, taper = 1) =>
  keep(`pole ${sides} ${taper}`, () => new CylinderGeometry(taper, 1, 1, sides, 1).translate(0, 0.5, 0));

/** A cone of radius and height 1, standing on the ground. */
export const cone = (sides: number) =>
  keep(`cone ${sides}`, () => new ConeGeometry(1, 1, sides, 1).translate(0, 0.5, 0));

/** A ball of radius 1 in rings, for things that are squashed. */
export const sphere = (across: number, up: number) =>
  keep(`sphere ${across} ${up}`, () => new SphereGeometry(1, across, up));

/** A shape turned on a lathe: pairs of radius and height from the bottom up. */
export function turned(profile: readonly (readonly [number, number])[], sides: number): BufferGeometry {
  return keep(
    `turned ${sides} ${profile.join(' ')}`,
    () =>
      new LatheGeometry(
        profile.map(([radius, height]) => new Vector2(radius, height)),
        sides,
      ),
  );
}

/** The triangle under a roof: 1 wide along x, 1 high, 1 deep along z, its base on the ground plane. */
export const gable = () =>
  keep('gable', () =>
    flat(
      new CylinderGeometry(1, 1, 1, 3, 1)
        .rotateX(-Math.PI / 2)
        .scale(1 / Math.sqrt(3), 2 / 3, 1)
        .translate(0, 1 / 3, 0),
    ),
  );

/** Gives each face its own light. */
function flat(shape: BufferGeometry): BufferGeometry {
  const faces = shape.toNonIndexed();
  faces.computeVertexNormals();
  return faces;
}
