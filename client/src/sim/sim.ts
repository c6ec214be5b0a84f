import {
  buildCollisionMap,
  type CollisionMap,
  cellOf,
  findPath,
  type Point,
  STANDING,
} from '@chatmux/engine';
import {
  decodeFrame,
  type InputMessage,
  type Milliseconds,
  type PersonId,
  type SelfMessage,
  type WorldMap,
} from '@chatmux/schema';
import { InterpolatedBody } from './interpolate.ts';
import { PlaybackClock } from './playback-clock.ts';
import { Prediction } from './predict.ts';
import { type Controls, followPath, steer } from './steering.ts';
import type { ShownBody, SimView, View } from './types.ts';

/** A walk that gets nowhere for this long is given up, in milliseconds. */
const STUCK_MS = 700;
/** Half-life of our own shown speed, in milliseconds. */
const SPEED_HALF_LIFE_MS = 50;

/** Everything that moves in the browser: ourselves predicted, the others interpolated. No React, no three, no clock. */
export class Sim implements SimView {
  readonly me: SimView['me'];
  readonly others = new Map<PersonId, ShownBody>();
  readonly view: View;
  readonly clock = new PlaybackClock();
  readonly prediction: Prediction;
  readonly map: CollisionMap;
  /** Pose frames so far, for who watches the net. */
  readonly traffic = { frames: 0, bytes: 0 };
  private readonly bodies = new Map<PersonId, InterpolatedBody>();
  private path: Point[] = [];
  private runOnPath = false;
  private stuckMs = 0;
  private meId: PersonId | undefined;

  constructor(world: WorldMap) {
    this.map = buildCollisionMap(world);
    const { x, z, turn } = world.spawn;
    const yaw = (turn * Math.PI) / 180;
    this.prediction = new Prediction(this.map, { x, z, yaw });
    this.me = { x, z, yaw, speed: 0, gait: 0 };
    this.view = { yaw, pitch: 0.32, distance: 7 };
  }

  get goal(): Point | undefined {
    return this.path.at(-1);
  }

  walkTo(x: number, z: number): void {
    const { me } = this;
    this.path = findPath(this.map, { x: me.x, z: me.z }, { x, z });
    this.runOnPath = Math.hypot(x - me.x, z - me.z) > 12;
    this.stuckMs = 0;
  }

  stop(): void {
    this.path = [];
  }

  /** Our id in pose frames: our own pose there is older than what we predict. */
  setMe(id: PersonId): void {
    this.meId = id;
    this.bodies.delete(id);
    this.others.delete(id);
  }

  /** On a new connection everything about others is sent anew. */
  forgetOthers(): void {
    this.bodies.clear();
    this.others.clear();
    this.clock.reset();
  }

  /** Where the server has us. */
  private handleSelf(self: SelfMessage): void {
    this.prediction.reconcile(self);
    if (self.cut) {
      this.path = [];
      const { x, z, yaw } = this.prediction.shown();
      Object.assign(this.me, { x, z, yaw, speed: 0 });
    }
  }

  /** @throws RangeError on malformed bytes; nothing of them is taken then */
  handlePoses(bytes: Uint8Array, nowMs: Milliseconds): void {
    const frame = decodeFrame(bytes);
    this.traffic.frames += 1;
    this.traffic.bytes += bytes.byteLength;
    const tick = this.clock.arrived(frame.tick, nowMs);
    if (frame.whole)
      this.forgetExcept(new Set(frame.groups.flatMap(({ poses }) => poses.map(({ id }) => id))));
    for (const { window, poses } of frame.groups)
      for (const pose of poses) {
        if (pose.id === this.meId) continue;
        const known = this.bodies.get(pose.id);
        if (known) known.add(pose, window, tick);
        else {
          const body = new InterpolatedBody(pose, window, tick);
          this.bodies.set(pose.id, body);
          this.others.set(pose.id, body.shown);
        }
      }
    for (const id of frame.gone) this.forget(id);
    if (frame.dropped.length > 0) {
      const dropped = new Set(frame.dropped);
      for (const [id, { x, z }] of this.bodies) if (dropped.has(cellOf(x, z))) this.forget(id);
    }
    if (frame.self) this.handleSelf(frame.self);
  }

  /**
   * One frame passes.
   * @param controls what keys and joystick say; undefined while we may not move
   * @returns inputs to send
   */
  advance(
    nowMs: Milliseconds,
    deltaMs: Milliseconds,
    controls: (Controls & { isJoystick: boolean }) | undefined,
  ): InputMessage[] {
    const { me, view } = this;
    const keys = controls ? steer(controls, view.yaw, controls.isJoystick) : STANDING;
    if (keys.gait !== 0 || !controls) this.path = [];
    const inputs = this.prediction.advance(deltaMs, (body) =>
      this.path.length > 0 ? followPath(body, this.path, this.runOnPath) : keys,
    );
    const { x, z, yaw } = this.prediction.shown();
    const moved = Math.hypot(x - me.x, z - me.z);
    this.watchProgress(moved, deltaMs);
    const speed = deltaMs > 0 ? Math.min(8, moved / (deltaMs / 1000)) : 0;
    me.speed += (speed - me.speed) * (1 - 0.5 ** (deltaMs / SPEED_HALF_LIFE_MS));
    if (me.speed < 0.01) me.speed = 0;
    me.x = x;
    me.z = z;
    me.yaw = yaw;
    me.gait = this.prediction.gait;
    this.clock.advance(deltaMs);
    const target = this.clock.target(nowMs);
    for (const body of this.bodies.values()) body.advance(target, deltaMs);
    return inputs;
  }

  private watchProgress(moved: number, deltaMs: number): void {
    if (this.path.length === 0) return;
    this.stuckMs = moved < 0.2 * (deltaMs / 1000) ? this.stuckMs + deltaMs : 0;
    if (this.stuckMs > STUCK_MS) this.path = [];
  }

  private forgetExcept(stay: ReadonlySet<PersonId>): void {
    for (const id of this.bodies.keys()) if (!stay.has(id)) this.forget(id);
  }

  private forget(id: PersonId): void {
    this.bodies.delete(id);
    this.others.delete(id);
  }
}
