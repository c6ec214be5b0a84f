import { type InstancedMesh, Matrix4 } from 'three';
import { JOINTS } from './avatar-shapes.ts';
import type { Motion } from './motion.ts';
import { placed } from './placed.ts';

const headFrame = new Matrix4();
const part = new Matrix4();
const nothing = new Matrix4().makeScale(0, 0, 0);

/** What a head is drawn with: one mesh each for everyone, ears of each kind in pairs. */
export interface HeadMeshes {
  readonly head: InstancedMesh;
  readonly eyes: InstancedMesh;
  readonly mouth: InstancedMesh;
  readonly smile: InstancedMesh;
  readonly ears: readonly InstancedMesh[];
}

/** Where an ear sits on each kind of head, and how it leans. */
const EAR_SEATS = [
  { x: 0.245, y: 0.57, z: 0, lean: 0.55 },
  { x: 0.2, y: 0.59, z: -0.02, lean: 0.34 },
  { x: 0.125, y: 0.6, z: -0.02, lean: 0.2 },
  { x: 0.3, y: 0.55, z: 0, lean: -0.42 },
] as const;

/**
 * Places one person's head with all that is on it.
 * @param trunk where the body is, at the hip
 */
export function drawHead(
  meshes: HeadMeshes,
  slot: number,
  trunk: Matrix4,
  motion: Motion,
  breath: number,
  lean: number,
  sway: number,
): void {
  const nod = motion.voice * Math.sin(motion.age * 9.1) * 0.035;
  headFrame
    .copy(trunk)
    .multiply(
      placed(
        0,
        JOINTS.neck - JOINTS.hip + breath * 0.006,
        0,
        -lean * 0.8 + motion.headPitch + nod,
        motion.headYaw - sway,
        -sway * 0.8,
        1,
        1,
        1,
      ),
    );
  meshes.head.setMatrixAt(slot, headFrame);
  const glanceX = motion.headYaw * 0.012;
  meshes.eyes.setMatrixAt(
    slot,
    part
      .copy(headFrame)
      .multiply(placed(glanceX, 0.37, 0.305, -0.06, 0, 0, 1, Math.max(0.08, motion.eyesOpen), 1)),
  );
  const open = motion.mouthOpen;
  meshes.smile.setMatrixAt(
    slot,
    part.copy(headFrame).multiply(placed(0, 0.232, 0.374, 0, 0, 0, 1, 1 - open * 0.3, 1)),
  );
  meshes.mouth.setMatrixAt(
    slot,
    open < 0.03
      ? nothing
      : part
          .copy(headFrame)
          .multiply(placed(0, 0.185 - open * 0.012, 0.352, 0.35, 0, 0, 0.7 + open * 0.3, open, 0.9)),
  );
  const kind = motion.id % EAR_SEATS.length;
  for (let k = 0; k < meshes.ears.length; k++) {
    const mesh = meshes.ears[k];
    const seat = EAR_SEATS[k];
    if (!mesh || !seat) continue;
    for (let side = 0; side < 2; side++) {
      if (k !== kind) {
        mesh.setMatrixAt(slot * 2 + side, nothing);
        continue;
      }
      const mirror = side === 0 ? 1 : -1;
      const flick = motion.voice * Math.sin(motion.age * 11 + side) * 0.12;
      part
        .copy(headFrame)
        .multiply(
          placed(
            seat.x * mirror,
            seat.y,
            seat.z,
            -0.05 + flick * 0.6,
            0,
            -(seat.lean + flick) * mirror,
            1,
            1,
            1,
          ),
        );
      mesh.setMatrixAt(slot * 2 + side, part);
    }
  }
}
