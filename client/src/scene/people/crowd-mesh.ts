import {
  type BufferGeometry,
  Color,
  DynamicDrawUsage,
  Euler,
  Group,
  InstancedBufferAttribute,
  InstancedMesh,
  Matrix4,
  type MeshLambertMaterial,
  Quaternion,
  Vector3,
} from 'three';
import type { ShownBody } from '../../sim/types.ts';
import { personColour } from '../../store/person-colours.ts';
import { type AvatarShapes, JOINTS, LEG_LENGTH, makeAvatarShapes } from './avatar-shapes.ts';
import { drawHead, type HeadMeshes } from './crowd-head.ts';
import { bodyBob, type FootPlace, footReach, placeFoot, runShare } from './gait-cycle.ts';
import type { Motion } from './motion.ts';
import { makePersonMaterial } from './person-material.ts';
import { placed } from './placed.ts';

/** Most people drawn at once. */
export const CROWD_CAPACITY = 256;

/** Soft coats: person colours are for clothes. Linear after conversion. */
const FURS = ['#f3e3c8', '#d9a874', '#b98560', '#efe9e4', '#8f7f7c', '#e8c19a', '#c9c3bd', '#a9795c'].map(
  (hex) => new Color(hex),
);
const ANKLE = 0.075;

const base = new Matrix4();
const trunk = new Matrix4();
const part = new Matrix4();
const turn = new Quaternion();
const angles = new Euler();
const at = new Vector3();
const size = new Vector3();
const dye = new Color();
const foot: FootPlace = { forward: 0, lift: 0 };

/** Everyone's bodies: one instanced mesh a part, whatever the number of people. */
export class CrowdMesh implements HeadMeshes {
  readonly group = new Group();
  private readonly material: MeshLambertMaterial = makePersonMaterial();
  private readonly shapes: AvatarShapes = makeAvatarShapes();
  private readonly colourOnce = attribute(CROWD_CAPACITY, 3);
  private readonly furOnce = attribute(CROWD_CAPACITY, 4);
  private readonly colourTwice = attribute(CROWD_CAPACITY * 2, 3);
  private readonly furTwice = attribute(CROWD_CAPACITY * 2, 4);
  private readonly torso: InstancedMesh;
  readonly head: InstancedMesh;
  readonly eyes: InstancedMesh;
  readonly mouth: InstancedMesh;
  readonly smile: InstancedMesh;
  private readonly arms: InstancedMesh;
  private readonly legs: InstancedMesh;
  private readonly feet: InstancedMesh;
  readonly ears: readonly InstancedMesh[];
  private readonly all: InstancedMesh[] = [];
  /** Who sits in each slot and how they look, to upload colours only when that changes. */
  private readonly slotLooks = new Int32Array(CROWD_CAPACITY).fill(-1);
  private used = 0;

  constructor() {
    this.torso = this.part(this.shapes.torso, 1);
    this.head = this.part(this.shapes.head, 1);
    this.eyes = this.part(this.shapes.eyes, 1, false);
    this.mouth = this.part(this.shapes.mouth, 1, false);
    this.smile = this.part(this.shapes.smile, 1, false);
    this.arms = this.part(this.shapes.arm, 2);
    this.legs = this.part(this.shapes.leg, 2);
    this.feet = this.part(this.shapes.foot, 2);
    this.ears = this.shapes.ears.map((ear) => this.part(ear, 2));
  }

  /** Starts a frame. */
  begin(): void {
    this.used = 0;
  }

  /** Draws one more person this frame; false when there is no room left. */
  draw(body: ShownBody, motion: Motion, colour: number, here: boolean, still: boolean): boolean {
    if (this.used >= CROWD_CAPACITY) return false;
    const slot = this.used++;
    this.dress(slot, motion.id, colour, here);
    const { speed } = body;
    const run = runShare(speed);
    const pace = speed / (speed + 0.9);
    const breath = still ? 0 : Math.sin(motion.age * 1.9) * (1 - pace);
    const bob = bodyBob(motion.phase, speed);
    base.compose(
      at.set(body.x, 0, body.z),
      turn.setFromEuler(angles.set(0, motion.yaw, 0)),
      size.set(1, 1, 1),
    );

    const lean = pace * (0.05 + 0.17 * run);
    const sway = Math.sin(motion.phase * Math.PI * 2) * 0.045 * pace;
    trunk.copy(base).multiply(placed(0, JOINTS.hip + bob, 0, lean, sway, sway * 0.6, 1, 1, 1));
    this.torso.setMatrixAt(
      slot,
      part
        .copy(trunk)
        .multiply(
          placed(0, -JOINTS.hip, 0, 0, 0, 0, 1 + breath * 0.012, 1 + breath * 0.016, 1 + breath * 0.018),
        ),
    );

    drawHead(this, slot, trunk, motion, breath, lean, sway);
    this.drawLimb(slot * 2, 1, motion.phase, speed, bob, run, pace, breath);
    this.drawLimb(
      slot * 2 + 1,
      -1,
      motion.phase + 0.5 - Math.floor(motion.phase + 0.5),
      speed,
      bob,
      run,
      pace,
      breath,
    );
    return true;
  }

  /** Ends the frame: hands what changed to the graphics card. */
  end(): void {
    for (const mesh of this.all) {
      mesh.count = this.used * (mesh.instanceMatrix.count / CROWD_CAPACITY);
      mesh.instanceMatrix.needsUpdate = true;
    }
  }

  dispose(): void {
    for (const mesh of this.all) {
      mesh.geometry.dispose();
      mesh.dispose();
    }
    this.material.dispose();
  }

  set castShadow(on: boolean) {
    for (const mesh of this.all)
      mesh.castShadow = on && mesh !== this.eyes && mesh !== this.mouth && mesh !== this.smile;
  }

  private drawLimb(
    index: number,
    side: number,
    phase: number,
    speed: number,
    bob: number,
    run: number,
    pace: number,
    breath: number,
  ): void {
    placeFoot(phase, speed, foot);
    const hipY = JOINTS.hip + bob;
    const drop = hipY - foot.lift - ANKLE;
    const reach = Math.hypot(foot.forward, drop);
    const swing = -Math.atan2(foot.forward, drop);
    const stretch = (reach + 0.03) / LEG_LENGTH;
    this.legs.setMatrixAt(
      index,
      part.copy(base).multiply(placed(JOINTS.hipAside * side, hipY, 0, swing, 0, 0, 1, stretch, 1)),
    );
    const toe = Math.min(0.9, foot.lift * (foot.forward < 0 ? 5 : -1.2));
    this.feet.setMatrixAt(
      index,
      part
        .copy(base)
        .multiply(placed(JOINTS.hipAside * side, foot.lift, foot.forward, toe, side * 0.12, 0, 1, 1, 1)),
    );
    const farthest = footReach(speed);
    const swingArm = farthest > 0.001 ? (foot.forward / farthest) * (0.55 + 0.5 * run) * pace : 0;
    const out = 0.3 + breath * 0.02 + run * 0.08;
    this.arms.setMatrixAt(
      index,
      part
        .copy(trunk)
        .multiply(
          placed(
            JOINTS.shoulderAside * side,
            JOINTS.shoulder - JOINTS.hip + breath * 0.004,
            0,
            swingArm - run * 0.35,
            0,
            out * side,
            1,
            1,
            1,
          ),
        ),
    );
  }

  private dress(slot: number, id: number, colour: number, here: boolean): void {
    const look = (id * 64 + colour) * 2 + (here ? 1 : 0);
    if (this.slotLooks[slot] === look) return;
    this.slotLooks[slot] = look;
    dye.set(personColour(colour).hex);
    const fur = FURS[(id * 5) % FURS.length] ?? dye;
    const alpha = here ? 1 : 0.55;
    this.colourOnce.setXYZ(slot, dye.r, dye.g, dye.b);
    this.furOnce.setXYZW(slot, fur.r, fur.g, fur.b, alpha);
    for (const twin of [slot * 2, slot * 2 + 1]) {
      this.colourTwice.setXYZ(twin, dye.r, dye.g, dye.b);
      this.furTwice.setXYZW(twin, fur.r, fur.g, fur.b, alpha);
    }
    for (const changed of [this.colourOnce, this.furOnce, this.colourTwice, this.furTwice])
      changed.needsUpdate = true;
  }

  private part(geometry: BufferGeometry, copies: 1 | 2, receives = true): InstancedMesh {
    geometry.setAttribute('fur', copies === 1 ? this.furOnce : this.furTwice);
    const mesh = new InstancedMesh(geometry, this.material, CROWD_CAPACITY * copies);
    mesh.instanceColor = copies === 1 ? this.colourOnce : this.colourTwice;
    mesh.instanceMatrix.setUsage(DynamicDrawUsage);
    // People are few and everywhere: culling them one by one costs more than it saves.
    mesh.frustumCulled = false;
    mesh.receiveShadow = receives;
    mesh.count = 0;
    this.group.add(mesh);
    this.all.push(mesh);
    return mesh;
  }
}

function attribute(count: number, size: number): InstancedBufferAttribute {
  return new InstancedBufferAttribute(new Float32Array(count * size), size);
}
