import type { Metres } from '@chatmux/schema';
import { type PerspectiveCamera, Vector3 } from 'three';

const place = new Vector3();
/** What stands a little beside the picture still counts: it may be half in it. */
const EDGE = 1.25;

/**
 * Lines of the canvas that something upright takes; 0 where the camera doesn't see it.
 * @param lines of the whole canvas
 */
export function linesOf(
  camera: PerspectiveCamera,
  at: { x: Metres; y: Metres; z: Metres },
  height: Metres,
  lines: number,
): number {
  place.set(at.x, at.y, at.z).applyMatrix4(camera.matrixWorldInverse);
  const ahead = -place.z;
  if (ahead <= camera.near) return 0;
  const half = Math.tan((camera.fov * Math.PI) / 360);
  const isBeside = Math.abs(place.x) > half * camera.aspect * ahead * EDGE;
  const isAbove = Math.abs(place.y) > half * ahead * EDGE;
  return isBeside || isAbove ? 0 : (height / (2 * half * ahead)) * lines;
}
