import { cellOfGrains } from '@chatmux/engine';
import { POSE_BYTES, toGrains, toYawByte, writePose } from '@chatmux/schema';
import { changeCell, enterCell } from '../world/pose-table.ts';
import type { PersonState, World } from '../world/types.ts';

/** Departures are kept for the slowest ring's ticks. */
const KEPT_TICKS = 4;

/** [IS] Notes where everyone stands as it is told, who moved since the last tick, and who left which cell. */
export function indexSpace(world: World): void {
  forgetDepartures(world);
  for (const person of world.people.values()) index(world, person);
}

function index({ poses, tick }: World, { id, slot, mover: { shown } }: PersonState): void {
  poses.x[slot] = shown.x;
  poses.z[slot] = shown.z;
  const gx = toGrains(shown.x);
  const gz = toGrains(shown.z);
  const yaw = toYawByte(shown.yaw);
  const isNew = (poses.moved[slot] as number) < 0;
  if (!isNew && gx === poses.gx[slot] && gz === poses.gz[slot] && yaw === poses.yaw[slot]) {
    // Once more after the last change: it says that they stopped.
    if (poses.moving[slot]) poses.moved[slot] = tick;
    poses.moving[slot] = 0;
    return;
  }
  poses.gx[slot] = gx;
  poses.gz[slot] = gz;
  poses.yaw[slot] = yaw;
  poses.moved[slot] = tick;
  poses.moving[slot] = 1;
  writePose(poses.bytes, slot * POSE_BYTES, id, gx, gz, yaw);
  const cell = cellOfGrains(gx, gz);
  if (isNew) enterCell(poses, slot, cell);
  else if (cell !== poses.cell[slot]) changeCell(poses, slot, cell, tick);
}

function forgetDepartures({ poses, tick }: World): void {
  const { departures, vanished } = poses;
  if (vanished.length > 0) poses.vanished = vanished.filter((one) => one.tick > tick - KEPT_TICKS);
  for (const [cell, list] of departures) {
    const first = list.findIndex((departure) => departure.tick > tick - KEPT_TICKS);
    if (first < 0) departures.delete(cell);
    else if (first > 0) list.splice(0, first);
  }
}
