import { POSE_GRAIN } from './constants.ts';
import type { SelfMessage } from './messages.ts';
import type { Metres, PersonId, Radians } from './units.ts';

/**
 * Pose frames: where people are, as bytes. See POSES.md beside this file for the layout, byte by byte.
 *
 * A frame is put together for one client from poses that were encoded once for all (`pose-writer.ts`). This file reads
 * them, and says how numbers become bytes.
 */

export interface Pose {
  id: PersonId;
  x: Metres;
  z: Metres;
  yaw: Radians;
}

/** Poses that are told at the same rate. */
export interface PoseGroup {
  /**
   * Ticks the group looks back on: these are people who moved within that time. So whoever is told again after longer
   * than this stood still in between.
   */
  window: number;
  poses: Pose[];
}

export interface PoseFrame {
  /** Server tick, 16 bits, wraps: compare with `ticksBetween`. */
  tick: number;
  /** The frame tells of everyone in sight: forget everyone else. */
  whole: boolean;
  /** Acknowledgement of our last input. */
  self: SelfMessage | undefined;
  groups: PoseGroup[];
  /** People who went out of sight or left. */
  gone: PersonId[];
  /** Interest cells that are no longer told of: forget whoever was last seen there. Read after the poses. */
  dropped: number[];
}

/** Message type under which frames travel. */
export const POSES_TYPE = 1;
export const POSE_FRAME_KIND = 2;
export const POSE_HEADER_BYTES = 3;
export const POSE_SELF_BYTES = 33;
export const POSE_GROUP_BYTES = 2;
export const POSE_BYTES = 7;
/** Flags in the low half of the first byte. */
export const POSE_FLAGS = { whole: 1, self: 2, left: 4 } as const;
/** Flags of an acknowledgement. */
export const SELF_FLAGS = { cut: 1, none: 2 } as const;
/** Bits of a group's header that hold its count; the three above hold the window's power of two. */
export const GROUP_COUNT_BITS = 13;
export const MAX_GROUP_POSES = (1 << GROUP_COUNT_BITS) - 1;
const YAW_STEPS = 256;
const TURN = Math.PI * 2;

/** Ticks from `a` to `b` on the 16-bit circle: negative when b is before a. Right for spans under half an hour. */
export function ticksBetween(a: number, b: number): number {
  return (((b - a) & 0xffff) << 16) >> 16;
}

/** A coordinate as a 16-bit count of grains; `+ 0` turns a negative zero into the zero that bytes can hold. */
export const toGrains = (metres: Metres): number =>
  Math.max(-32768, Math.min(32767, Math.round(metres / POSE_GRAIN))) + 0;

/** A direction as a 256th of a turn. */
export const toYawByte = (yaw: Radians): number => Math.round((yaw / TURN) * YAW_STEPS) & 0xff;

/** A pose as the other side will decode it. */
export function quantisedPose(pose: Pose): Pose {
  return {
    id: pose.id,
    x: toGrains(pose.x) * POSE_GRAIN,
    z: toGrains(pose.z) * POSE_GRAIN,
    yaw: (toYawByte(pose.yaw) / YAW_STEPS) * TURN,
  };
}

/**
 * Decodes a frame and refuses malformed bytes.
 * @throws RangeError saying what is wrong: kind, flags, truncated, an empty group, id 0, a place that is no number
 */
export function decodeFrame(bytes: Uint8Array): PoseFrame {
  const reader = new Reader(bytes);
  const first = reader.u8();
  if (first >> 4 !== POSE_FRAME_KIND) throw new RangeError(`unknown pose frame kind ${first >> 4}`);
  const flags = first & 0x0f;
  if (flags & ~(POSE_FLAGS.whole | POSE_FLAGS.self | POSE_FLAGS.left))
    throw new RangeError(`unknown pose frame flags ${flags}`);
  const frame: PoseFrame = {
    tick: reader.u16(),
    whole: (flags & POSE_FLAGS.whole) !== 0,
    self: flags & POSE_FLAGS.self ? readSelf(reader) : undefined,
    groups: [],
    gone: [],
    dropped: [],
  };
  if (flags & POSE_FLAGS.left) {
    const gone = reader.u16();
    const dropped = reader.u16();
    reader.need(2 * (gone + dropped));
    for (let i = 0; i < gone; i++) frame.gone.push(reader.id());
    for (let i = 0; i < dropped; i++) frame.dropped.push(reader.u16());
  }
  while (reader.left > 0) frame.groups.push(readGroup(reader));
  return frame;
}

function readSelf(reader: Reader): SelfMessage {
  const flags = reader.u8();
  if (flags & ~(SELF_FLAGS.cut | SELF_FLAGS.none))
    throw new RangeError(`unknown acknowledgement flags ${flags}`);
  const seq = reader.u32();
  return {
    cut: (flags & SELF_FLAGS.cut) !== 0,
    seq: flags & SELF_FLAGS.none ? -1 : seq,
    step: reader.u32(),
    x: reader.f64(),
    z: reader.f64(),
    yaw: reader.f64(),
  };
}

function readGroup(reader: Reader): PoseGroup {
  const header = reader.u16();
  const count = header & MAX_GROUP_POSES;
  if (count === 0) throw new RangeError('an empty group in a pose frame');
  reader.need(count * POSE_BYTES);
  const poses: Pose[] = [];
  for (let i = 0; i < count; i++)
    poses.push({
      id: reader.id(),
      x: reader.i16() * POSE_GRAIN,
      z: reader.i16() * POSE_GRAIN,
      yaw: (reader.u8() / YAW_STEPS) * TURN,
    });
  return { window: 1 << (header >> GROUP_COUNT_BITS), poses };
}

/** Reads numbers one after the other, little endian, and never past the end. */
class Reader {
  private readonly view: DataView;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.view.byteLength - this.at;
  }

  need(count: number): void {
    if (count > this.left) throw new RangeError(`pose frame is truncated at byte ${this.view.byteLength}`);
  }

  /** Where the next number lies, after which the reader stands behind it. */
  private take(count: number): number {
    this.need(count);
    this.at += count;
    return this.at - count;
  }

  u8 = (): number => this.view.getUint8(this.take(1));
  u16 = (): number => this.view.getUint16(this.take(2), true);
  i16 = (): number => this.view.getInt16(this.take(2), true);
  u32 = (): number => this.view.getUint32(this.take(4), true);

  f64(): number {
    const value = this.view.getFloat64(this.take(8), true);
    if (!Number.isFinite(value)) throw new RangeError('a pose frame holds a place that is no number');
    return value;
  }

  id(): PersonId {
    const id = this.u16();
    if (id === 0) throw new RangeError('person id 0 in a pose frame');
    return id;
  }
}
