import {
  BoxGeometry,
  BufferAttribute,
  BufferGeometry,
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

/** One of so many cloth pieces of a sunshade of radius and height 1, seen from both sides; its middle points to +z. */
export const sail = (parts: number) =>
  keep(`sail ${parts}`, () => {
    const half = Math.PI / parts;
    const [sin, cos] = [Math.sin(half), Math.cos(half)];
    const cloth = new BufferGeometry();
    const corners = [0, 1, 0, -sin, 0, cos, sin, 0, cos, 0, 0.97, 0, sin, 0, cos, -sin, 0, cos];
    // A short valance hangs from the rim.
    const rim = [-sin, 0, cos, -sin, -0.22, cos, sin, -0.22, cos, -sin, 0, cos, sin, -0.22, cos, sin, 0, cos];
    const back = [
      -sin,
      0,
      cos,
      sin,
      -0.22,
      cos,
      -sin,
      -0.22,
      cos,
      -sin,
      0,
      cos,
      sin,
      0,
      cos,
      sin,
      -0.22,
      cos,
    ];
    cloth.setAttribute('position', new BufferAttribute(new Float32Array([...corners, ...rim, ...back]), 3));
    cloth.computeVertexNormals();
    return cloth;
  });

/** A tongue of fire of radius and height 1, standing on the ground. */
export const flame = () =>
  turned(
    [
      [0.01, 0],
      [0.62, 0.08],
      [0.98, 0.24],
      [0.82, 0.44],
      [0.42, 0.7],
      [0.14, 0.88],
      [0.01, 1],
    ],
    8,
  );

/**
 * The planks of a boat 1 wide, 1 high and 1 long, its bow to +z and its keel on the ground.
 * @param from,to which part of its sides: 0 is the keel, 1 the rim
 * @param inside seen from within
 */
export const hull = (steps: number, from: number, to: number, inside: boolean) =>
  keep(`hull ${steps} ${from} ${to} ${inside}`, () => {
    const rows = 4;
    const positions: number[] = [];
    const indices: number[] = [];
    for (const side of [-1, 1]) {
      const first = positions.length / 3;
      for (let i = 0; i <= steps; i++) {
        const along = i / steps;
        // Fullest a little behind the middle, pointed at the bow, narrower at the stern.
        const full =
          along < 0.42 ? 1 - 0.42 * ((0.42 - along) / 0.42) ** 2.2 : 1 - ((along - 0.42) / 0.58) ** 2.4;
        const lift = 0.3 * Math.max(0, along - 0.5) ** 2 * 4;
        for (let k = 0; k <= rows; k++) {
          const up = from + ((to - from) * k) / rows;
          positions.push(
            (side * full * Math.sin(Math.min(1, up) * Math.PI * 0.5) ** 0.55) / 2,
            up * (1 + lift) + lift * 0.3 * (1 - up),
            along - 0.5 + 0.05 * up * along,
          );
          if (i === steps || k === rows) continue;
          const at = first + i * (rows + 1) + k;
          const [a, b, c, d] = [at, at + 1, at + rows + 1, at + rows + 2];
          if (side > 0 !== inside) indices.push(a, b, c, c, b, d);
          else indices.push(a, c, b, b, c, d);
        }
      }
    }
    // The stern's flat end has corners of its own, so that its edge stays sharp.
    const stern = positions.length / 3;
    const width = rows + 1;
    for (let k = 0; k <= rows; k++)
      for (const side of [0, 1]) {
        const from3 = (side * (steps + 1) * width + k) * 3;
        positions.push(positions[from3] ?? 0, positions[from3 + 1] ?? 0, positions[from3 + 2] ?? 0);
      }
    for (let k = 0; k < rows; k++) {
      const [a, b, c, d] = [stern + k * 2, stern + k * 2 + 1, stern + k * 2 + 2, stern + k * 2 + 3];
      if (inside) indices.push(a, b, c, b, d, c);
      else indices.push(a, c, b, b, c, d);
    }
    const planks = new BufferGeometry();
    planks.setAttribute('position', new BufferAttribute(new Float32Array(positions), 3));
    planks.setIndex(indices);
    planks.computeVertexNormals();
    return planks;
  });

/** Gives each face its own light. */
function flat(shape: BufferGeometry): BufferGeometry {
  const faces = shape.toNonIndexed();
  faces.computeVertexNormals();
  return faces;
}
