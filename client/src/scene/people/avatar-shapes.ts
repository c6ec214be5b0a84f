import {
  BufferAttribute,
  type BufferGeometry,
  CapsuleGeometry,
  Matrix4,
  SphereGeometry,
  TorusGeometry,
} from 'three';
import { mergeGeometries, mergeVertices } from 'three/addons/utils/BufferGeometryUtils.js';

/**
 * The parts of a person. Each part is one geometry shared by everyone, with two extra numbers at each vertex: how much
 * of the person's own colour it takes, and how much of their fur. What takes neither keeps its vertex colour.
 * Parts hang from their joint: legs and arms from the top, the head from the neck.
 */

/** Heights of the joints above the ground, in metres. */
export const JOINTS = {
  hip: 0.36,
  hipAside: 0.115,
  shoulder: 0.75,
  shoulderAside: 0.255,
  neck: 0.82,
  top: 1.5,
} as const;

/** Length of the leg part before it is stretched, in metres. */
export const LEG_LENGTH = 0.316;

type Dye = 'cloth' | 'fur' | 'own';

interface Piece {
  geometry: BufferGeometry;
  dye: Dye;
  /** Linear grey or colour factor. */
  colour: readonly [number, number, number];
  place: Matrix4;
}

function piece(
  geometry: BufferGeometry,
  dye: Dye,
  colour: readonly [number, number, number],
  [x, y, z]: readonly [number, number, number],
  [sx, sy, sz]: readonly [number, number, number] = [1, 1, 1],
  [rx, ry, rz]: readonly [number, number, number] = [0, 0, 0],
): Piece {
  const place = new Matrix4()
    .makeTranslation(x, y, z)
    .multiply(new Matrix4().makeRotationY(ry))
    .multiply(new Matrix4().makeRotationX(rx))
    .multiply(new Matrix4().makeRotationZ(rz))
    .multiply(new Matrix4().makeScale(sx, sy, sz));
  return { geometry, dye, colour, place };
}

function join(pieces: readonly Piece[], shade: (y: number) => number = () => 1): BufferGeometry {
  const parts = pieces.map(({ geometry, dye, colour, place }) => {
    const part = (geometry.index ? geometry.toNonIndexed() : geometry.clone()).applyMatrix4(place);
    part.deleteAttribute('uv');
    const at = part.getAttribute('position');
    const colours = new Float32Array(at.count * 3);
    const dyes = new Float32Array(at.count * 2);
    for (let i = 0; i < at.count; i++) {
      const light = shade(at.getY(i));
      colours.set([colour[0] * light, colour[1] * light, colour[2] * light], i * 3);
      dyes.set([dye === 'cloth' ? 1 : 0, dye === 'fur' ? 1 : 0], i * 2);
    }
    part.setAttribute('color', new BufferAttribute(colours, 3));
    part.setAttribute('dye', new BufferAttribute(dyes, 2));
    geometry.dispose();
    return part;
  });
  const merged = mergeGeometries(parts);
  for (const part of parts) part.dispose();
  // Corners that are the same are reckoned once for each person in sight, not once for each triangle.
  return mergeVertices(merged, 1e-5);
}

const WHITE = [1, 1, 1] as const;
const PALE = [1.25, 1.22, 1.16] as const;
const SHADE = [0.62, 0.62, 0.66] as const;
const DARK = [0.028, 0.024, 0.03] as const;
const SHOE = [0.12, 0.085, 0.07] as const;
const TROUSERS = [0.075, 0.085, 0.14] as const;
const BLUSH = [0.82, 0.32, 0.28] as const;
const MOUTH = [0.22, 0.045, 0.05] as const;

const ball = (across = 18, up = 12) => new SphereGeometry(1, across, up);

export interface AvatarShapes {
  torso: BufferGeometry;
  head: BufferGeometry;
  /** One ear of each kind, the same on both sides. */
  ears: readonly BufferGeometry[];
  eyes: BufferGeometry;
  mouth: BufferGeometry;
  smile: BufferGeometry;
  arm: BufferGeometry;
  leg: BufferGeometry;
  /** Its sole on the ground below the ankle. */
  foot: BufferGeometry;
}

export function makeAvatarShapes(): AvatarShapes {
  const torso = join(
    [
      piece(ball(16, 10), 'cloth', WHITE, [0, 0.56, 0], [0.26, 0.29, 0.215]),
      piece(ball(14, 6), 'own', TROUSERS, [0, 0.385, 0], [0.225, 0.13, 0.19]),
      piece(
        new TorusGeometry(0.155, 0.058, 5, 14),
        'cloth',
        SHADE,
        [0, 0.805, 0.01],
        [1, 1, 0.9],
        [Math.PI / 2, 0, 0],
      ),
      piece(ball(8, 6), 'cloth', PALE, [0, 0.5, 0.135], [0.13, 0.1, 0.085]),
      piece(ball(8, 6), 'fur', WHITE, [0, 0.42, -0.23], [0.085, 0.085, 0.085]),
    ],
    (y) => 0.8 + 0.2 * Math.min(1, Math.max(0, (y - 0.3) / 0.5)),
  );
  const head = join(
    [
      piece(ball(18, 13), 'fur', WHITE, [0, 0.335, 0], [0.37, 0.335, 0.335]),
      piece(ball(12, 7), 'fur', [1.2, 1.17, 1.12], [0, 0.225, 0.245], [0.175, 0.125, 0.13]),
      piece(ball(8, 6), 'own', DARK, [0, 0.295, 0.365], [0.048, 0.034, 0.03]),
      piece(ball(7, 5), 'own', BLUSH, [-0.235, 0.225, 0.235], [0.055, 0.036, 0.03], [0, -0.75, 0]),
      piece(ball(7, 5), 'own', BLUSH, [0.235, 0.225, 0.235], [0.055, 0.036, 0.03], [0, 0.75, 0]),
    ],
    (y) => 0.82 + 0.18 * Math.min(1, Math.max(0, y / 0.4)),
  );
  const round = join([
    piece(ball(10, 7), 'fur', WHITE, [0, 0.07, 0], [0.13, 0.13, 0.07]),
    piece(ball(8, 6), 'cloth', WHITE, [0, 0.065, 0.035], [0.08, 0.08, 0.05]),
  ]);
  const pointed = join([
    piece(ball(4, 7), 'fur', WHITE, [0, 0.06, 0], [0.13, 0.2, 0.075], [0, Math.PI / 4, 0]),
    piece(ball(4, 6), 'cloth', WHITE, [0, 0.055, 0.03], [0.08, 0.135, 0.06], [0, Math.PI / 4, 0]),
  ]);
  const long = join([
    piece(new CapsuleGeometry(0.085, 0.26, 3, 9), 'fur', WHITE, [0, 0.2, 0], [1, 1, 0.62]),
    piece(new CapsuleGeometry(0.05, 0.2, 3, 7), 'cloth', WHITE, [0, 0.2, 0.028], [1, 1, 0.62]),
  ]);
  const floppy = join([
    piece(new CapsuleGeometry(0.1, 0.14, 3, 9), 'fur', [0.62, 0.58, 0.55], [0, -0.12, 0.01], [1, 1, 0.55]),
    piece(ball(7, 5), 'fur', [0.62, 0.58, 0.55], [0, 0.0, 0], [0.1, 0.07, 0.07]),
  ]);
  const eye = (x: number) => [
    piece(ball(10, 8), 'own', DARK, [x, 0, 0], [0.052, 0.07, 0.03], [0, x * 1.6, 0]),
    piece(ball(6, 5), 'own', [1.6, 1.6, 1.6], [x + 0.016, 0.026, 0.024], [0.018, 0.02, 0.012]),
  ];
  return {
    torso,
    head,
    ears: [round, pointed, long, floppy],
    eyes: join([...eye(-0.14), ...eye(0.14)]),
    mouth: join([
      piece(ball(10, 7), 'own', MOUTH, [0, 0, 0], [0.062, 0.06, 0.03]),
      piece(ball(7, 5), 'own', [0.75, 0.25, 0.27], [0, -0.03, 0.01], [0.038, 0.024, 0.026]),
    ]),
    smile: join([
      piece(
        new TorusGeometry(0.036, 0.0105, 4, 8, Math.PI),
        'own',
        DARK,
        [-0.035, 0, 0],
        [1, 1, 1],
        [0, 0, Math.PI],
      ),
      piece(
        new TorusGeometry(0.036, 0.0105, 4, 8, Math.PI),
        'own',
        DARK,
        [0.035, 0, 0],
        [1, 1, 1],
        [0, 0, Math.PI],
      ),
    ]),
    arm: join([
      piece(new CapsuleGeometry(0.072, 0.19, 3, 9), 'cloth', [0.9, 0.9, 0.9], [0, -0.12, 0]),
      piece(ball(9, 7), 'fur', WHITE, [0, -0.265, 0], [0.078, 0.078, 0.078]),
    ]),
    // LEG_LENGTH from the hip to the ankle, stretched to where the foot stands.
    leg: join([piece(new CapsuleGeometry(0.088, 0.14, 3, 9), 'own', TROUSERS, [0, -LEG_LENGTH / 2, 0])]),
    foot: join([
      piece(ball(10, 7), 'own', SHOE, [0, 0.062, 0.04], [0.098, 0.075, 0.145]),
      piece(ball(10, 4), 'own', [0.75, 0.72, 0.66], [0, 0.022, 0.04], [0.102, 0.022, 0.15]),
    ]),
  };
}
