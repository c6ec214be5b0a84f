import {
  type Gait,
  HEADING_STEPS,
  type Metres,
  type Radians,
  RUN_SPEED,
  type Seconds,
  WALK_SPEED,
} from '@chatmux/schema';
import { type CollisionMap, resolve } from './collision.ts';

export interface Body {
  readonly x: Metres;
  readonly z: Metres;
  readonly yaw: Radians;
}

/** What a person's keys say, held until it changes. */
export interface HeldInput {
  readonly gait: Gait;
  /** 0 to HEADING_STEPS − 1: see the input message. */
  readonly heading: number;
}

export const STANDING: HeldInput = { gait: 0, heading: 0 };

/** Metres a second of each gait. */
export const SPEED_OF_GAIT = [0, WALK_SPEED, RUN_SPEED] as const;

/** Direction of a quantised heading, in radians from 0 up to a full turn. */
export function headingToYaw(heading: number): Radians {
  return (heading / HEADING_STEPS) * Math.PI * 2;
}

/** Nearest quantised heading of any angle. */
export function yawToHeading(yaw: Radians): number {
  const turns = yaw / (Math.PI * 2);
  return Math.round((turns - Math.floor(turns)) * HEADING_STEPS) % HEADING_STEPS;
}

/**
 * Moves a body for a while with what its keys say. The same function runs on the server, in the browser and in bots, on
 * the same fixed steps (STEP_SECONDS), so that a prediction agrees with the server to the last bit.
 * @param seconds a whole step, or less to show the part of a step that has passed; never more
 */
export function stepMovement(body: Body, input: HeldInput, map: CollisionMap, seconds: Seconds): Body {
  if (input.gait === 0) return body;
  const yaw = headingToYaw(input.heading);
  const metres = SPEED_OF_GAIT[input.gait] * seconds;
  const { x, z } = resolve(map, body.x + Math.sin(yaw) * metres, body.z + Math.cos(yaw) * metres);
  return { x, z, yaw };
}
