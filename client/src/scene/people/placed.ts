import { Euler, Matrix4, Quaternion, Vector3 } from 'three';

const local = new Matrix4();
const turn = new Quaternion();
const angles = new Euler();
const at = new Vector3();
const size = new Vector3();

/**
 * A place against a joint, from shift, turn and stretch. The same matrix is given each time: use it at once. Nothing is
 * allocated, since this runs a dozen times for each person in each frame.
 */
export function placed(
  x: number,
  y: number,
  z: number,
  rx: number,
  ry: number,
  rz: number,
  sx: number,
  sy: number,
  sz: number,
): Matrix4 {
  return local.compose(
    at.set(x, y, z),
    turn.setFromEuler(angles.set(rx, ry, rz, 'YXZ')),
    size.set(sx, sy, sz),
  );
}
