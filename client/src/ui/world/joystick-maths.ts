interface StickVector {
  /** To the right, −1 to 1. */
  x: number;
  /** Away from the camera, −1 to 1. */
  y: number;
  /** Where the knob is drawn, in pixels from the centre, y downwards. */
  knobX: number;
  knobY: number;
}

/** Share of the radius in which a thumb rests without moving anything. */
export const DEAD_ZONE = 0.16;

/**
 * Turns a thumb's offset into a direction. The vector's length grows from 0 at the edge of the dead zone to 1 at the rim.
 * @param dx pixels to the right of the centre
 * @param dy pixels below the centre
 * @param radius pixels from the centre to the rim, above 0
 */
export function stickVector(dx: number, dy: number, radius: number): StickVector {
  const length = Math.hypot(dx, dy);
  const reach = Math.min(length, radius);
  if (length === 0) return { x: 0, y: 0, knobX: 0, knobY: 0 };
  const ux = dx / length;
  const uy = dy / length;
  const strength = Math.max(0, (reach / radius - DEAD_ZONE) / (1 - DEAD_ZONE));
  // Adding 0 turns −0 into 0.
  return { x: ux * strength + 0, y: -uy * strength + 0, knobX: ux * reach, knobY: uy * reach };
}
