import { type HeldInput, headingToYaw, SPEED_OF_GAIT, yawToHeading } from '@chatmux/engine';
import { type Gait, STEP_HZ, STEP_SECONDS, type WorldMap } from '@chatmux/schema';

/** Rectangle a walk stays in, in metres. */
export type Area = WorldMap['bounds'];

export interface WalkPlan {
  area: Area;
  /** Shares of legs walked, run and stood; they add up to 1. */
  gaits: { walk: number; run: number; stand: number };
}

/** Shortest and longest time somebody keeps one direction, in steps. */
const LEG = { least: STEP_HZ / 2, most: STEP_HZ * 3 };
/** Furthest anybody turns from one leg to the next, in radians. */
const TURN = Math.PI / 2;

/** Somewhere in an area, every place alike. */
export function placeIn(area: Area, random: () => number): { x: number; z: number } {
  return {
    x: area.minX + random() * (area.maxX - area.minX),
    z: area.minZ + random() * (area.maxZ - area.minZ),
  };
}

/**
 * A walk in straight legs that turns back at the border as light does in a mirror: so people stay spread evenly, which
 * walking towards chosen places would not do. Counts steps from 0.
 */
export class RandomWalk {
  /** What the keys say, from step `from` on. */
  held: HeldInput;
  from = 0;
  /** Step in which the next leg begins. */
  until = 0;
  private x: number;
  private z: number;
  private readonly plan: WalkPlan;
  private readonly random: () => number;

  constructor(plan: WalkPlan, at: { x: number; z: number }, random: () => number) {
    this.plan = plan;
    this.random = random;
    this.x = at.x;
    this.z = at.z;
    this.held = { gait: 0, heading: yawToHeading(random() * Math.PI * 2) };
    this.turn();
  }

  /** Where it is at a step of the present leg, as long as nothing but the border stands in its way. */
  at(step: number): { x: number; z: number } {
    const yaw = headingToYaw(this.held.heading);
    const metres = SPEED_OF_GAIT[this.held.gait] * STEP_SECONDS * (step - this.from);
    return { x: this.x + Math.sin(yaw) * metres, z: this.z + Math.cos(yaw) * metres };
  }

  /** Begins the next leg, when its step has come. @returns whether it did */
  advance(step: number): boolean {
    if (step < this.until) return false;
    ({ x: this.x, z: this.z } = this.at(this.until));
    this.from = this.until;
    this.turn();
    return true;
  }

  private turn(): void {
    const { area, gaits } = this.plan;
    const dice = this.random();
    const gait: Gait = dice < gaits.walk ? 1 : dice < gaits.walk + gaits.run ? 2 : 0;
    const yaw = headingToYaw(this.held.heading) + (this.random() * 2 - 1) * TURN;
    let right = Math.sin(yaw);
    let ahead = Math.cos(yaw);
    // At the border there is no way but back.
    if ((this.x <= area.minX && right < 0) || (this.x >= area.maxX && right > 0)) right = -right;
    if ((this.z <= area.minZ && ahead < 0) || (this.z >= area.maxZ && ahead > 0)) ahead = -ahead;
    this.held = { gait, heading: yawToHeading(Math.atan2(right, ahead)) };
    const length = Math.round(LEG.least + this.random() * (LEG.most - LEG.least));
    const perStep = SPEED_OF_GAIT[gait] * STEP_SECONDS;
    const room = Math.min(
      room1(this.x, right, area.minX, area.maxX),
      room1(this.z, ahead, area.minZ, area.maxZ),
    );
    const reach = perStep > 0 ? Math.ceil(room / perStep) : length;
    this.until = this.from + Math.max(1, Math.min(length, reach));
  }
}

/** Metres along a direction until one coordinate leaves its range. */
function room1(v: number, slope: number, min: number, max: number): number {
  if (slope === 0) return Number.POSITIVE_INFINITY;
  return Math.max(0, ((slope > 0 ? max : min) - v) / slope);
}
