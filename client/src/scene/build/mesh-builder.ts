import { BufferAttribute, BufferGeometry, Color, Matrix3, type Matrix4, Vector3 } from 'three';

/** Colours a vertex by where it lies in the finished mesh; `out` holds the base colour and is changed in place. */
export type Paint = (out: Color, position: Vector3, normal: Vector3) => void;

const position = new Vector3();
const normal = new Vector3();
const colour = new Color();
const base = new Color();
const normalMatrix = new Matrix3();

/** Gathers many small coloured shapes into one mesh, so that a whole quarter of the town is one draw call. */
export class MeshBuilder {
  private readonly positions: number[] = [];
  private readonly normals: number[] = [];
  private readonly colours: number[] = [];
  private readonly indices: number[] = [];

  get triangles(): number {
    return this.indices.length / 3;
  }

  /** Adds a shape at a place. The shape is read, not kept. */
  add(shape: BufferGeometry, place: Matrix4, hex: string, paint?: Paint): void {
    const from = shape.getAttribute('position');
    const fromNormal = shape.getAttribute('normal');
    const first = this.positions.length / 3;
    normalMatrix.getNormalMatrix(place);
    base.set(hex);
    for (let i = 0; i < from.count; i++) {
      position.fromBufferAttribute(from, i).applyMatrix4(place);
      normal.fromBufferAttribute(fromNormal, i).applyMatrix3(normalMatrix).normalize();
      colour.copy(base);
      paint?.(colour, position, normal);
      this.positions.push(position.x, position.y, position.z);
      this.normals.push(normal.x, normal.y, normal.z);
      this.colours.push(colour.r, colour.g, colour.b);
    }
    const index = shape.getIndex();
    if (index) for (let i = 0; i < index.count; i++) this.indices.push(first + index.getX(i));
    else for (let i = 0; i < from.count; i++) this.indices.push(first + i);
  }

  /**
   * Adds a flat convex shape that looks up.
   * @param corners x and z in turn, counter-clockwise seen from above with z pointing down the page
   * @param light factor on the colour
   */
  addFlat(corners: readonly number[], y: number, hex: string, light = 1): void {
    const first = this.positions.length / 3;
    colour.set(hex).multiplyScalar(light);
    for (let i = 0; i + 1 < corners.length; i += 2) {
      this.positions.push(corners[i] ?? 0, y, corners[i + 1] ?? 0);
      this.normals.push(0, 1, 0);
      this.colours.push(colour.r, colour.g, colour.b);
    }
    for (let i = 2; i < corners.length / 2; i++) this.indices.push(first, first + i - 1, first + i);
  }

  /** The gathered mesh, or nothing if it is empty. */
  build(): BufferGeometry | undefined {
    if (this.indices.length === 0) return undefined;
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(new Float32Array(this.positions), 3));
    geometry.setAttribute('normal', new BufferAttribute(new Float32Array(this.normals), 3));
    geometry.setAttribute('color', new BufferAttribute(new Float32Array(this.colours), 3));
    geometry.setIndex(new BufferAttribute(new Uint32Array(this.indices), 1));
    geometry.computeBoundingSphere();
    geometry.computeBoundingBox();
    return geometry;
  }
}

/** Darkens towards the ground, as if less sky reached there: the cheapest of all shadows. */
export const groundShade: Paint = (out, at) => {
  const height = Math.min(1, Math.max(0, at.y / 1.6));
  out.multiplyScalar(0.8 + 0.2 * height * (2 - height));
};
