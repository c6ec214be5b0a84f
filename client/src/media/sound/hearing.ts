import { loudnessOf } from '@chatmux/engine';
import type { Carry, Metres, Radians } from '@chatmux/schema';

/** How a voice reaches an ear: how loud, and from where. */
export interface Heard {
  /** Metres between listener and voice. */
  distance: Metres;
  /** Amplitude factor, 0 to 1. */
  gain: number;
  /** Direction in the listener's own frame, a unit vector: x to the right, z to the back (as WebAudio has it). */
  x: number;
  z: number;
}

/** Nearer than this a voice moves towards the middle: a step past someone must not throw them from ear to ear. */
const NEAR_METRES = 1;

/**
 * Where and how loud a voice is for a listener, by how it carries. Writes into `out`, so that frames allocate nothing.
 * Yaw as everywhere: forward is (sin yaw, cos yaw) in (x, z), y is up, so right is (−cos yaw, sin yaw).
 */
export function hear(
  out: Heard,
  listener: { x: Metres; z: Metres; yaw: Radians },
  voice: { x: Metres; z: Metres },
  carry: Carry = 'distance',
): Heard {
  const dx = voice.x - listener.x;
  const dz = voice.z - listener.z;
  const distance = Math.hypot(dx, dz);
  const sin = Math.sin(listener.yaw);
  const cos = Math.cos(listener.yaw);
  const right = dz * sin - dx * cos;
  const ahead = dx * sin + dz * cos;
  out.distance = distance;
  out.gain = loudnessOf(distance, carry);
  out.x = distance > 0 ? (right / distance) * Math.min(distance / NEAR_METRES, 1) : 0;
  const depth = Math.sqrt(Math.max(1 - out.x * out.x, 0));
  out.z = ahead < 0 ? depth : -depth;
  return out;
}
