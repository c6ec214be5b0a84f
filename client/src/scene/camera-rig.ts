import type { Metres, Seconds } from '@chatmux/schema';
import type { PerspectiveCamera } from 'three';
import type { SimView } from '../sim/types.ts';
import { type Blockers, clearDistance } from './camera-ray.ts';
import { easeShare } from './people/motion.ts';

/** What the camera looks at: just above the middle of a head. */
const EYE_METRES = 1.32;
export const NEAREST: Metres = 2;
export const FARTHEST: Metres = 14;
export const LOWEST_PITCH = -0.12;
export const HIGHEST_PITCH = 1.25;
/** The eye keeps this far off walls, and above the ground. */
const SKIN: Metres = 0.25;
const FLOOR: Metres = 0.35;
/** Vertical field of view on wide screens, and the horizontal one that narrow screens must still have, in degrees. */
const WIDE_FOV = 48;
const NARROW_HORIZONTAL_FOV = 42;
const TALLEST_FOV = 72;

/** Field of view for a screen shape, in degrees: tall screens see more sky instead of less street. */
function fieldOfView(aspect: number): number {
  const horizontal = (NARROW_HORIZONTAL_FOV * Math.PI) / 180;
  const needed = (2 * Math.atan(Math.tan(horizontal / 2) / aspect) * 180) / Math.PI;
  return Math.min(TALLEST_FOV, Math.max(WIDE_FOV, needed));
}

/** The camera behind our avatar: follows without lag, comes in at once where a wall is in the way, goes out softly. */
export class CameraRig {
  private shown: Metres | undefined;
  private zoom: Metres | undefined;

  /** Places the camera for this frame. */
  place(camera: PerspectiveCamera, sim: SimView, blockers: Blockers, aspect: number, seconds: Seconds): void {
    const { me, view } = sim;
    const wanted = Math.min(FARTHEST, Math.max(NEAREST, view.distance));
    this.zoom = this.zoom === undefined ? wanted : this.zoom + (wanted - this.zoom) * easeShare(12, seconds);
    const pitch = Math.min(HIGHEST_PITCH, Math.max(LOWEST_PITCH, view.pitch));
    const flat = Math.cos(pitch);
    const bx = -Math.sin(view.yaw) * flat;
    const by = Math.sin(pitch);
    const bz = -Math.cos(view.yaw) * flat;
    let free = clearDistance(blockers, me.x, EYE_METRES, me.z, bx, by, bz, this.zoom, SKIN);
    if (by < 0) free = Math.min(free, (EYE_METRES - FLOOR) / -by);
    free = Math.max(0.7, free);
    if (this.shown === undefined || free < this.shown) this.shown = free;
    else this.shown += (free - this.shown) * easeShare(5, seconds);
    camera.position.set(me.x + bx * this.shown, EYE_METRES + by * this.shown, me.z + bz * this.shown);
    // Looking a little over the head from afar leaves the lower third for our avatar and the rest for the place.
    const over = Math.min(1, this.shown / 8) * 0.45;
    camera.lookAt(me.x, EYE_METRES + over, me.z);
    const fov = fieldOfView(aspect);
    if (Math.abs(camera.fov - fov) > 0.01 || Math.abs(camera.aspect - aspect) > 1e-4) {
      camera.fov = fov;
      camera.aspect = aspect;
      camera.updateProjectionMatrix();
    }
    camera.updateMatrixWorld();
  }
}
