import type { WorldMap } from '@chatmux/schema';
import { BufferAttribute, BufferGeometry, Euler, Matrix4, Quaternion, Vector3 } from 'three';
import { PALETTE } from '../palette.ts';
import { placeSeed, seededRandom } from '../seeded-random.ts';
import { onGround } from './grounds.ts';
import type { MeshBuilder, Paint } from './mesh-builder.ts';
import type { Detail, Layers } from './pen.ts';
import { ball, cone, lump, pole } from './shapes.ts';

const matrix = new Matrix4();
const turn = new Quaternion();
const angles = new Euler();
const at = new Vector3();
const size = new Vector3();

function put(x: number, y: number, z: number, sx: number, sy: number, sz: number, about: number): Matrix4 {
  return matrix.compose(at.set(x, y, z), turn.setFromEuler(angles.set(0, about, 0)), size.set(sx, sy, sz));
}

/** Three blades of grass, lit like the ground they stand on. */
const tuft = (() => {
  let made: BufferGeometry | undefined;
  return () => {
    if (made) return made;
    const positions: number[] = [];
    for (let i = 0; i < 3; i++) {
      const angle = (i / 3) * Math.PI * 2;
      const [x, z] = [Math.sin(angle), Math.cos(angle)];
      positions.push(x * 0.05 - z * 0.04, 0, z * 0.05 + x * 0.04);
      positions.push(x * 0.05 + z * 0.04, 0, z * 0.05 - x * 0.04);
      positions.push(x * 0.16, 1, z * 0.16);
    }
    made = new BufferGeometry();
    made.setAttribute('position', new BufferAttribute(new Float32Array(positions), 3));
    const normals = positions.map((_, i) => (i % 3 === 1 ? 1 : 0));
    made.setAttribute('normal', new BufferAttribute(new Float32Array(normals), 3));
    return made;
  };
})();

const tuftPaint: Paint = (out, p) => {
  out.multiplyScalar(0.86 + Math.min(0.3, p.y * 0.9));
};

/** Tufts and daisies on open grass. */
export function scatterGrass(
  map: WorldMap,
  layersAt: (x: number, z: number) => Layers,
  detail: Detail,
): void {
  const { bounds } = map;
  const random = seededRandom(placeSeed(bounds.minX, bounds.maxZ));
  const count = detail === 0 ? 0 : detail === 1 ? 700 : 2200;
  for (let i = 0; i < count; i++) {
    const x = bounds.minX - 6 + random() * (bounds.maxX - bounds.minX + 12);
    const z = bounds.minZ - 6 + random() * (bounds.maxZ - bounds.minZ + 12);
    const tall = 0.16 + random() * 0.2;
    const flower = random();
    if (onGround(map.grounds, x, z, 0.25)) continue;
    const { leaf } = layersAt(x, z);
    leaf.add(
      tuft(),
      put(x, 0, z, 1.1, tall, 1.1, random() * 6),
      random() > 0.5 ? PALETTE.grassLight : '#86ad56',
      tuftPaint,
    );
    if (flower > 0.86) {
      const hex = flower > 0.95 ? PALETTE.bloom[1] : flower > 0.9 ? PALETTE.bloom[2] : PALETTE.bloom[0];
      leaf.add(ball(0), put(x + 0.12, tall * 0.9, z, 0.055, 0.045, 0.055, 0), hex);
    }
  }
}

/** Woods and hills around the bounds, fading into the haze. */
export function drawBackdrop(map: WorldMap, builder: MeshBuilder, detail: Detail): void {
  const { bounds } = map;
  const random = seededRandom(placeSeed(bounds.maxX, bounds.minZ));
  const [middleX, middleZ] = [(bounds.minX + bounds.maxX) / 2, (bounds.minZ + bounds.maxZ) / 2];
  const [halfX, halfZ] = [(bounds.maxX - bounds.minX) / 2, (bounds.maxZ - bounds.minZ) / 2];
  const fade: Paint = (out, p) => {
    out.multiplyScalar(0.72 + 0.3 * Math.min(1, p.y / 7));
  };
  const seas = map.grounds.filter((ground) => ground.look === 'sea');
  const trees = detail === 0 ? 70 : 150;
  for (let i = 0; i < trees; i++) {
    const angle = ((i + random()) / trees) * Math.PI * 2;
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
    const edge = Math.min(halfX / Math.max(0.01, Math.abs(sin)), halfZ / Math.max(0.01, Math.abs(cos)));
    const away = edge + 5 + random() ** 1.5 * 26;
    const [x, z] = [middleX + sin * away, middleZ + cos * away];
    const tall = 5.5 + random() * 5;
    const leafy = random() <= 0.42;
    if (seas.length > 0 && onGround(seas, x, z, 4)) continue;
    if (!leafy) {
      const hex = PALETTE.pine[i % PALETTE.pine.length] ?? PALETTE.pine[0];
      builder.add(pole(5), put(x, 0, z, 0.22, tall * 0.3, 0.22, 0), PALETTE.trunk, fade);
      for (let k = 0; k < 3; k++) {
        const radius = tall * 0.27 * (1 - k * 0.26);
        builder.add(
          cone(detail > 0 ? 8 : 6),
          put(x, tall * (0.16 + k * 0.24), z, radius, tall * 0.42, radius, i + k),
          hex,
          fade,
        );
      }
    } else {
      const hex = PALETTE.leaf[i % PALETTE.leaf.length] ?? PALETTE.leaf[0];
      const crown = tall * 0.36;
      builder.add(pole(5), put(x, 0, z, 0.26, tall * 0.5, 0.26, 0), PALETTE.trunk, fade);
      builder.add(lump(1, i, 0.14), put(x, tall * 0.66, z, crown, crown * 0.95, crown, i), hex, fade);
      builder.add(
        lump(1, i + 3, 0.14),
        put(x + crown * 0.7, tall * 0.5, z, crown * 0.6, crown * 0.55, crown * 0.6, i),
        hex,
        fade,
      );
    }
  }
  const hills = 15;
  for (let i = 0; i < hills; i++) {
    const angle = ((i + random() * 0.6) / hills) * Math.PI * 2;
    const away = Math.max(halfX, halfZ) + 76 + random() * 30;
    const hex = PALETTE.hill[i % PALETTE.hill.length] ?? PALETTE.hill[0];
    const [x, z] = [middleX + Math.sin(angle) * away, middleZ + Math.cos(angle) * away];
    const [sx, sy, sz, about] = [30 + random() * 16, 11 + random() * 13, 26 + random() * 14, random() * 6];
    // Over the sea one looks far.
    if (onGround(seas, x, z, -6)) continue;
    builder.add(lump(2, i, 0.05), put(x, -2, z, sx, sy, sz, about), hex);
  }
}
