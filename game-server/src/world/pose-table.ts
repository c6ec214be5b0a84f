import { FrameWriter, type PersonId, POSE_BYTES } from '@chatmux/schema';
import type { Departure, Vanished } from './watcher.ts';

/**
 * Where everyone is, as it is told: columns by slot, so that a tick over a crowd reads memory in order, and slots by
 * interest cell. All of it follows from people; a world that is loaded builds it anew.
 */
export interface PoseTable {
  /** Who has the slot; 0 for nobody. */
  ids: Uint16Array;
  gx: Int16Array;
  gz: Int16Array;
  yaw: Uint8Array;
  /** Interest cell. */
  cell: Uint16Array;
  /** Last tick in which the pose changed, or the one after, which tells that it stopped. */
  moved: Int32Array;
  /** Whether it changed in the last tick. */
  moving: Uint8Array;
  /** The pose as it travels, POSE_BYTES each. */
  bytes: Uint8Array;
  /** Position of the slot in its cell's list. */
  place: Uint32Array;
  /** Slots by cell key; a plain list over all keys, since it is asked very often. */
  readonly cells: (number[] | undefined)[];
  readonly free: number[];
  /** Slots that were ever used. */
  used: number;
  /** People who left a cell for the next one in the last ticks, by cell. */
  readonly departures: Map<number, Departure[]>;
  /** People who went far at once, or for good, in the last ticks. */
  vanished: Vanished[];
  readonly writer: FrameWriter;
}

const FIRST_CAPACITY = 64;

export function createPoseTable(): PoseTable {
  return {
    ...columns(FIRST_CAPACITY),
    cells: Array.from({ length: 0x10000 }, () => undefined),
    free: [],
    used: 0,
    departures: new Map(),
    vanished: [],
    writer: new FrameWriter(),
  };
}

function columns(capacity: number) {
  return {
    ids: new Uint16Array(capacity),
    gx: new Int16Array(capacity),
    gz: new Int16Array(capacity),
    yaw: new Uint8Array(capacity),
    cell: new Uint16Array(capacity),
    moved: new Int32Array(capacity),
    moving: new Uint8Array(capacity),
    bytes: new Uint8Array(capacity * POSE_BYTES),
    place: new Uint32Array(capacity),
  };
}

/** A slot for a person; they are in no cell until they are indexed. */
export function takeSlot(table: PoseTable, id: PersonId): number {
  const slot = table.free.pop() ?? table.used++;
  if (slot >= table.ids.length) grow(table);
  table.ids[slot] = id;
  table.moved[slot] = -1;
  table.moving[slot] = 0;
  return slot;
}

function grow(table: PoseTable): void {
  const bigger = columns(table.ids.length * 2);
  for (const key of Object.keys(bigger) as (keyof typeof bigger)[]) bigger[key].set(table[key]);
  Object.assign(table, bigger);
}

/** Puts a slot into a cell's list. */
export function enterCell(table: PoseTable, slot: number, cell: number): void {
  let slots = table.cells[cell];
  if (!slots) {
    slots = [];
    table.cells[cell] = slots;
  }
  table.cell[slot] = cell;
  table.place[slot] = slots.length;
  slots.push(slot);
}

/** Takes a slot out of its cell's list. */
function removeFromCell(table: PoseTable, slot: number): void {
  const cell = table.cell[slot] as number;
  const slots = table.cells[cell];
  const last = slots?.pop();
  if (!slots || last === undefined) return;
  if (last !== slot) {
    const place = table.place[slot] as number;
    slots[place] = last;
    table.place[last] = place;
  }
  if (slots.length === 0) table.cells[cell] = undefined;
}

/** Somebody goes from one cell to another: those who watch the old one may have to be told. */
export function changeCell(table: PoseTable, slot: number, cell: number, tick: number): void {
  const id = table.ids[slot] as number;
  const before = table.cell[slot] as number;
  removeFromCell(table, slot);
  enterCell(table, slot, cell);
  const isNext = Math.abs((cell >> 8) - (before >> 8)) <= 1 && Math.abs((cell & 0xff) - (before & 0xff)) <= 1;
  if (!isNext) {
    table.vanished.push({ id, cell: before, tick });
    return;
  }
  const departures = table.departures.get(before);
  if (departures) departures.push({ id, tick });
  else table.departures.set(before, [{ id, tick }]);
}

/** Gives a slot back: its person has left the world. */
export function freeSlot(table: PoseTable, slot: number, tick: number): void {
  if ((table.moved[slot] as number) >= 0) {
    table.vanished.push({ id: table.ids[slot] as number, cell: table.cell[slot] as number, tick });
    removeFromCell(table, slot);
  }
  table.ids[slot] = 0;
  table.moved[slot] = -1;
  table.free.push(slot);
}
