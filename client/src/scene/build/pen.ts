import type { WorldThing } from '@chatmux/schema';
import { type BufferGeometry, Euler, Matrix4, Quaternion, Vector3 } from 'three';
import { placeSeed, seededRandom } from '../seeded-random.ts';
import { groundShade, type MeshBuilder, type Paint } from './mesh-builder.ts';
import { softBox } from './shapes.ts';

/** Where shapes go: what stands firm, what sways in the wind, what shines by itself. */
export interface Layers {
  readonly solid: MeshBuilder;
  readonly leaf: MeshBuilder;
  readonly glow: MeshBuilder;
}

/** Fewer and simpler shapes on weak machines: 0 plain, 1 usual, 2 rich. */
export type Detail = 0 | 1 | 2;

export type Triple = readonly [number, number, number];

const turnOf = new Quaternion();
const aboutUp = new Quaternion();
const angles = new Euler();
const at = new Vector3();
const scale = new Vector3();
const local = new Matrix4();
const up = new Vector3(0, 1, 0);

/** Draws one thing in its own axes: x to its left hand, y up, z where it looks; the origin on the ground in its middle. */
export class Pen {
  readonly thing: WorldThing;
  readonly detail: Detail;
  readonly random: () => number;
  private readonly layers: Layers;
  private readonly frame = new Matrix4();

  constructor(layers: Layers, thing: WorldThing, detail: Detail) {
    this.layers = layers;
    this.thing = thing;
    this.detail = detail;
    this.random = seededRandom(placeSeed(thing.x, thing.z));
    this.frame
      .makeRotationFromQuaternion(turnOf.setFromAxisAngle(up, (thing.turn * Math.PI) / 180))
      .setPosition(thing.x, 0, thing.z);
  }

  /** One of a list, the same each time for the same thing. */
  pick<T>(from: readonly T[], step = 0): T {
    const found = from[(this.thing.variant + step) % from.length];
    if (found === undefined) throw new RangeError('A list of colours is empty.');
    return found;
  }

  /** A box with rounded edges, see shapes.ts; sharp ones on weak machines. */
  softBox(width: number, height: number, depth: number, radius: number): BufferGeometry {
    return softBox(width, height, depth, radius, this.detail);
  }

  /**
   * A shape that stands firm. Sizes scale the shape, turns are in radians about x, y, z; `about` turns the whole about y
   * after that.
   */
  solid(
    shape: BufferGeometry,
    hex: string,
    where: Triple,
    size: Triple = ONE,
    turn: Triple = ZERO,
    paint: Paint = groundShade,
    about = 0,
  ): void {
    this.layers.solid.add(shape, this.place(where, size, turn, about), hex, paint);
  }

  /** A shape that sways with the wind. */
  leaf(
    shape: BufferGeometry,
    hex: string,
    where: Triple,
    size: Triple,
    turn: Triple = ZERO,
    paint: Paint = groundShade,
    about = 0,
  ): void {
    this.layers.leaf.add(shape, this.place(where, size, turn, about), hex, paint);
  }

  /** A shape that shines by itself. */
  glow(shape: BufferGeometry, hex: string, where: Triple, size: Triple, turn: Triple = ZERO): void {
    this.layers.glow.add(shape, this.place(where, size, turn), hex);
  }

  private place(where: Triple, size: Triple, turn: Triple, about = 0): Matrix4 {
    turnOf.setFromEuler(angles.set(...turn));
    if (about !== 0) turnOf.premultiply(aboutUp.setFromAxisAngle(up, about));
    local.compose(at.set(...where), turnOf, scale.set(...size));
    return local.premultiply(this.frame);
  }
}

const ONE: Triple = [1, 1, 1];
const ZERO: Triple = [0, 0, 0];
