import { type HeldInput, type Point, STANDING, yawToHeading } from '@chatmux/engine';
import type { Radians } from '@chatmux/schema';

/** What keys and joystick say, relative to the camera. x to the right, y away from us, each −1 to 1. */
export interface Controls {
  x: number;
  y: number;
  run: boolean;
}

/** A push below this is a thumb at rest. */
const DEAD_ZONE = 0.2;
/** A joystick pushed this far runs. */
const RUN_PUSH = 0.92;
/** A way point counts as reached within this many metres. */
const REACHED = 0.12;
const LAST_REACHED = 0.08;

/** Turns a push relative to the camera into a heading on the ground. */
export function steer(controls: Controls, cameraYaw: Radians, isJoystick: boolean): HeldInput {
  const push = Math.hypot(controls.x, controls.y);
  if (push < DEAD_ZONE) return STANDING;
  // Looking along yaw, "right" is a quarter turn less: yaw grows towards +x while facing +z, which is to the left.
  const yaw = cameraYaw + Math.atan2(-controls.x, controls.y);
  return { gait: controls.run || (isJoystick && push > RUN_PUSH) ? 2 : 1, heading: yawToHeading(yaw) };
}

/**
 * Walks along way points; reached ones are taken off the list.
 * @returns what to hold now; STANDING when the list is empty
 */
export function followPath(at: Point, path: Point[], run: boolean): HeldInput {
  for (;;) {
    const next = path[0];
    if (!next) return STANDING;
    const [dx, dz] = [next.x - at.x, next.z - at.z];
    if (Math.hypot(dx, dz) > (path.length === 1 ? LAST_REACHED : REACHED))
      return { gait: run ? 2 : 1, heading: yawToHeading(Math.atan2(dx, dz)) };
    path.shift();
  }
}
