import { FrameWriter, type PersonId, POSE_BYTES } from '@chatmux/schema';
import type { Departure, Vanished } from './watcher.ts';

/**
 * Where everyone is, as it is told: columns by slot, so that a tick over a crowd reads memory in order, and slots by
 * interest cell. All of it follows from people; a world that is loaded builds it anew.
 */
export interface PoseTable {
  /** Who has the slot; 0 for nobody. */
  ids: Uint16Array;
  /** The exact place, in metres, and the same in grains. */
  x: Float64Array;
  z: Float64Array;
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
  /** The slots before and after it in its cell's chain; −1 for none. */
  previous: Int16Array;
  next: Int16Array;
  /** First slot of each cell's chain, −1 for none, and how many there are, by cell key. Small, since they are asked most. */
  readonly first: Int16Array;
  readonly count: Uint16Array;
  readonly free: number[];
  /** Slots that were ever used. */
  used: number;
  /** People who left a cell for the next one in the last ticks, by cell. */
  readonly departures: Map<number, Departure[]>;
  /** Tick of the last of them, by cell: what is asked first. */
  readonly departed: Int32Array;
  /** People who went far at once, or for good, in the last ticks. */
  vanished: Vanished[];
  readonly writer: FrameWriter;
}

const FIRST_CAPACITY = 64;
const CELLS = 0x10000;
/** Slots fit 15 bits. */
const MOST_SLOTS = 0x7fff;

export function createPoseTable(): PoseTable {
  return {
    ...columns(FIRST_CAPACITY),
    first: new Int16Array(CELLS).fill(-1),
    count: new Uint16Array(CELLS),
    free: [],
    used: 0,
    departures: new Map(),
    departed: new Int32Array(CELLS).fill(-1),
    vanished: [],
    writer: new FrameWriter(),
  };
}

function columns(capacity: number) {
  return {
    ids: new Uint16Array(capacity),
    x: new Float64Array(capacity),
    z: new Float64Array(capacity),
    gx: new Int16Array(capacity),
    gz: new Int16Array(capacity),
    yaw: new Uint8Array(capacity),
    cell: new Uint16Array(capacity),
    moved: new Int32Array(capacity),
    moving: new Uint8Array(capacity),
    bytes: new Uint8Array(capacity * POSE_BYTES),
    previous: new Int16Array(capacity),
    next: new Int16Array(capacity),
  };
}

/** A slot for a person; they are in no cell until they are indexed. @throws RangeError when there are 32,767 people */
export function takeSlot(table: PoseTable, id: PersonId): number {
  if (table.free.length === 0 && table.used >= MOST_SLOTS) throw new RangeError('no slot is free');
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

/** Puts a slot into a cell's chain. */
export function enterCell(table: PoseTable, slot: number, cell: number): void {
  const { first, next, previous } = table;
  const after = first[cell] as number;
  table.cell[slot] = cell;
  previous[slot] = -1;
  next[slot] = after;
  if (after >= 0) previous[after] = slot;
  first[cell] = slot;
  table.count[cell] = (table.count[cell] as number) + 1;
}

/** Takes a slot out of its cell's chain. */
function removeFromCell(table: PoseTable, slot: number): void {
  const { first, next, previous } = table;
  const cell = table.cell[slot] as number;
  const before = previous[slot] as number;
  const after = next[slot] as number;
  if (before >= 0) next[before] = after;
  else first[cell] = after;
  if (after >= 0) previous[after] = before;
  table.count[cell] = (table.count[cell] as number) - 1;
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
  table.departed[before] = tick;
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
