import { type PerspectiveCamera, Vector3 } from 'three';
import type { SimView } from '../sim/types.ts';
import { type Blockers, clearDistance } from './camera-ray.ts';
import { FARTHEST, HIGHEST_PITCH, LOWEST_PITCH, NEAREST } from './camera-rig.ts';

/** Radians for each CSS pixel dragged. */
const TURN = 0.0052;
const TILT = 0.0038;
/** A press that moves less than this, in CSS pixels, and ends within this, in milliseconds, is a tap. */
const TAP_PIXELS = 7;
const TAP_MS = 450;
/** Share of the screen's width on the left that belongs to the joystick when touched. */
const JOYSTICK_SHARE = 0.35;
/** Nobody walks farther than this by one tap, in metres. */
const TAP_REACH = 70;

interface Press {
  readonly id: number;
  readonly touch: boolean;
  readonly looks: boolean;
  readonly startX: number;
  readonly startY: number;
  readonly startedAt: number;
  x: number;
  y: number;
  moved: boolean;
}

const ray = new Vector3();

/**
 * Mouse and fingers on the world: drag to look, wheel or pinch to come closer, tap or click to walk.
 * @returns takes the listeners away again
 */
export function listenToPointer(
  element: HTMLElement,
  sim: SimView,
  camera: () => PerspectiveCamera | undefined,
  blockers: Blockers,
): () => void {
  const presses = new Map<number, Press>();
  let pinch = 0;
  const lifetime = new AbortController();
  const { signal } = lifetime;

  const zoom = (factor: number) => {
    sim.view.distance = Math.min(FARTHEST, Math.max(NEAREST, sim.view.distance * factor));
  };

  const gap = () => {
    const [a, b] = [...presses.values()];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  };

  const down = (event: PointerEvent) => {
    if (event.pointerType === 'mouse' && event.button === 1) return;
    const touch = event.pointerType === 'touch';
    const box = element.getBoundingClientRect();
    presses.set(event.pointerId, {
      id: event.pointerId,
      touch,
      looks: !touch || event.clientX - box.left > box.width * JOYSTICK_SHARE,
      startX: event.clientX,
      startY: event.clientY,
      startedAt: event.timeStamp,
      x: event.clientX,
      y: event.clientY,
      moved: false,
    });
    pinch = gap();
    element.setPointerCapture(event.pointerId);
  };

  const move = (event: PointerEvent) => {
    const press = presses.get(event.pointerId);
    if (!press) return;
    const [dx, dy] = [event.clientX - press.x, event.clientY - press.y];
    press.x = event.clientX;
    press.y = event.clientY;
    if (Math.hypot(press.x - press.startX, press.y - press.startY) > TAP_PIXELS) press.moved = true;
    if (presses.size >= 2) {
      const now = gap();
      if (pinch > 0 && now > 0) zoom(pinch / now);
      pinch = now;
      for (const each of presses.values()) each.moved = true;
      return;
    }
    if (!press.looks || !press.moved) return;
    // Right on the screen is towards smaller yaw: yaw grows from +z to +x, which lies to the left when looking along +z.
    sim.view.yaw -= dx * TURN;
    sim.view.pitch = Math.min(HIGHEST_PITCH, Math.max(LOWEST_PITCH, sim.view.pitch + dy * TILT));
  };

  const up = (event: PointerEvent) => {
    const press = presses.get(event.pointerId);
    presses.delete(event.pointerId);
    pinch = gap();
    if (!press || press.moved || event.type === 'pointercancel') return;
    if (!press.touch && event.button !== 0) return;
    if (event.timeStamp - press.startedAt > TAP_MS) return;
    const eye = camera();
    if (eye) walkTo(event.clientX, event.clientY, eye);
  };

  const walkTo = (clientX: number, clientY: number, eye: PerspectiveCamera) => {
    const box = element.getBoundingClientRect();
    ray
      .set(((clientX - box.left) / box.width) * 2 - 1, 1 - ((clientY - box.top) / box.height) * 2, 0.5)
      .unproject(eye)
      .sub(eye.position)
      .normalize();
    const { x, y, z } = eye.position;
    const ground = ray.y < -0.01 ? -y / ray.y : Number.POSITIVE_INFINITY;
    const wall = clearDistance(blockers, x, y, z, ray.x, ray.y, ray.z, TAP_REACH, 0.1);
    // A house that was clicked is walked up to; the sky leads nowhere.
    const distance = Math.min(ground, wall);
    if (distance >= TAP_REACH) return;
    sim.walkTo(x + ray.x * distance, z + ray.z * distance);
  };

  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 16 : event.deltaY;
    zoom(Math.exp(Math.min(120, Math.max(-120, pixels)) * 0.0012));
  };

  element.style.touchAction = 'none';
  element.addEventListener('pointerdown', down, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', up, { signal });
  element.addEventListener('pointercancel', up, { signal });
  element.addEventListener('wheel', wheel, { signal, passive: false });
  element.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
  return () => lifetime.abort();
}
