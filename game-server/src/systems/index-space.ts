import { cellKey } from '@chatmux/engine';
import type { World } from '../world/types.ts';

/** [IS] Sorts people into interest cells, and notes who left which cell since the last frame. */
export function indexSpace(world: World): void {
  const cells: World['cells'] = new Map();
  const gone: World['gone'] = new Map();
  for (const person of world.people.values()) {
    const { x, z } = person.mover.shown;
    person.cell = cellKey(x, z);
    const cell = cells.get(person.cell);
    if (cell) cell.push(person);
    else cells.set(person.cell, [person]);
  }
  for (const [id, told] of world.told) {
    const person = world.people.get(id);
    if (person?.cell === told.cell) continue;
    const left = gone.get(told.cell);
    if (left) left.push(id);
    else gone.set(told.cell, [id]);
    if (!person) world.told.delete(id);
  }
  world.cells = cells;
  world.gone = gone;
}
