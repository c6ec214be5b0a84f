import { PerspectiveCamera } from 'three';
import { expect, it } from 'vitest';
import { linesOf } from './drawn-lines.ts';

const camera = new PerspectiveCamera(90, 1, 0.25, 100);
camera.position.set(0, 0, 0);
camera.lookAt(0, 0, 10);
camera.updateMatrixWorld();

it('says how many lines something takes: half as many at twice the distance', () => {
  // With a field of view of 90 degrees 10 m fill the picture at 5 m.
  expect(linesOf(camera, { x: 0, y: 0, z: 5 }, 1, 500)).toBeCloseTo(50);
  expect(linesOf(camera, { x: 0, y: 0, z: 10 }, 1, 500)).toBeCloseTo(25);
});

it('says none of what is behind the camera or beside its picture', () => {
  expect(linesOf(camera, { x: 0, y: 0, z: -5 }, 1, 500)).toBe(0);
  expect(linesOf(camera, { x: 9, y: 0, z: 5 }, 1, 500)).toBe(0);
  expect(linesOf(camera, { x: 0, y: 9, z: 5 }, 1, 500)).toBe(0);
});
