import type { SelfMessage } from './messages.ts';
import {
  GROUP_COUNT_BITS,
  MAX_GROUP_POSES,
  POSE_BYTES,
  POSE_FLAGS,
  POSE_FRAME_KIND,
  POSE_GROUP_BYTES,
  POSE_HEADER_BYTES,
  POSE_SELF_BYTES,
  type PoseFrame,
  SELF_FLAGS,
  toGrains,
  toYawByte,
} from './pose-frame.ts';
import type { PersonId } from './units.ts';

/** Bytes that stay free before each frame in its buffer, for the header of what carries it. */
export const POSE_HEADROOM = 16;
/** Largest window of a group, as a power of two. */
export const MAX_WINDOW_LOG = 7;

/** Writes one pose. @param gx, gz in grains @param yaw in 256ths of a turn */
export function writePose(
  bytes: Uint8Array,
  at: number,
  id: PersonId,
  gx: number,
  gz: number,
  yaw: number,
): void {
  bytes[at] = id;
  bytes[at + 1] = id >> 8;
  bytes[at + 2] = gx;
  bytes[at + 3] = gx >> 8;
  bytes[at + 4] = gz;
  bytes[at + 5] = gz >> 8;
  bytes[at + 6] = yaw;
}

/**
 * Writes frames one behind the other into one buffer that grows: a tick's frames are one allocation. What is given out
 * stays valid; the writer never comes back to it.
 *
 * `begin`, then `self`, then `left`, then groups, then `end`.
 */
export class FrameWriter {
  private buffer: Uint8Array<ArrayBuffer>;
  private view: DataView;
  /** Start of the frame in work, and where the next byte goes. */
  private start = 0;
  private at = 0;
  /** Header of the group in work; −1 for none. */
  private groupAt = -1;
  private groupLog = 0;
  private groupCount = 0;

  constructor(bytes = 256 * 1024) {
    this.buffer = new Uint8Array(bytes);
    this.view = new DataView(this.buffer.buffer);
  }

  begin(tick: number, whole = false): void {
    this.reserve(POSE_HEADROOM + POSE_HEADER_BYTES);
    this.start = this.at + POSE_HEADROOM;
    this.at = this.start + POSE_HEADER_BYTES;
    this.buffer[this.start] = (POSE_FRAME_KIND << 4) | (whole ? POSE_FLAGS.whole : 0);
    this.view.setUint16(this.start + 1, tick & 0xffff, true);
    this.groupAt = -1;
  }

  self({ seq, step, x, z, yaw, cut }: SelfMessage): void {
    this.reserve(POSE_SELF_BYTES);
    const { view, at } = this;
    this.flag(POSE_FLAGS.self);
    view.setUint8(at, (cut ? SELF_FLAGS.cut : 0) | (seq < 0 ? SELF_FLAGS.none : 0));
    view.setUint32(at + 1, Math.max(0, seq), true);
    view.setUint32(at + 5, step, true);
    view.setFloat64(at + 9, x, true);
    view.setFloat64(at + 17, z, true);
    view.setFloat64(at + 25, yaw, true);
    this.at += POSE_SELF_BYTES;
  }

  /** People and cells to forget. @throws RangeError when there are more than 65,535 of either */
  left(gone: readonly PersonId[], dropped: readonly number[]): void {
    if (gone.length === 0 && dropped.length === 0) return;
    if (gone.length > 0xffff || dropped.length > 0xffff) throw new RangeError('too much to forget at once');
    this.reserve(4 + 2 * (gone.length + dropped.length));
    this.flag(POSE_FLAGS.left);
    this.u16(gone.length);
    this.u16(dropped.length);
    for (const id of gone) this.u16(id);
    for (const cell of dropped) this.u16(cell);
  }

  /** Poses from here on belong to a group with this window, until another is named. @param log power of two of its ticks */
  group(log: number): void {
    if (this.groupAt >= 0 && this.groupLog === log && this.groupCount < MAX_GROUP_POSES) return;
    this.closeGroup();
    this.reserve(POSE_GROUP_BYTES);
    this.groupAt = this.at;
    this.groupLog = log;
    this.groupCount = 0;
    this.at += POSE_GROUP_BYTES;
  }

  /** Copies a pose that was encoded before. Belongs to the group named last. */
  pose(from: Uint8Array, start: number): void {
    this.group(this.groupLog);
    if (this.at + POSE_BYTES > this.buffer.length) this.reserve(POSE_BYTES);
    const { buffer, at } = this;
    // Quicker than `set` with a view of its own for these few bytes.
    buffer[at] = from[start] as number;
    buffer[at + 1] = from[start + 1] as number;
    buffer[at + 2] = from[start + 2] as number;
    buffer[at + 3] = from[start + 3] as number;
    buffer[at + 4] = from[start + 4] as number;
    buffer[at + 5] = from[start + 5] as number;
    buffer[at + 6] = from[start + 6] as number;
    this.at = at + POSE_BYTES;
    this.groupCount += 1;
  }

  /** @returns the frame, or undefined when it says nothing */
  end(): Uint8Array<ArrayBuffer> | undefined {
    this.closeGroup();
    const flags = (this.buffer[this.start] ?? 0) & 0x0f;
    if (this.at === this.start + POSE_HEADER_BYTES && flags === 0) {
      this.at = this.start - POSE_HEADROOM;
      return undefined;
    }
    return this.buffer.subarray(this.start, this.at);
  }

  private closeGroup(): void {
    if (this.groupAt < 0) return;
    if (this.groupCount === 0) this.at = this.groupAt;
    else this.view.setUint16(this.groupAt, (this.groupLog << GROUP_COUNT_BITS) | this.groupCount, true);
    this.groupAt = -1;
  }

  private flag(flag: number): void {
    this.buffer[this.start] = (this.buffer[this.start] ?? 0) | flag;
  }

  private u16(value: number): void {
    this.view.setUint16(this.at, value, true);
    this.at += 2;
  }

  /** Makes room; what was given out stays in the old buffer, the frame in work moves along. */
  private reserve(bytes: number): void {
    if (this.at + bytes <= this.buffer.length) return;
    const from = Math.max(0, this.start - POSE_HEADROOM);
    const inWork = this.at > this.start ? this.buffer.subarray(from, this.at) : this.buffer.subarray(0, 0);
    const buffer = new Uint8Array(Math.max(256 * 1024, 2 * (inWork.length + bytes + POSE_HEADROOM)));
    buffer.set(inWork);
    const moved = inWork.length > 0 ? from : this.at;
    this.buffer = buffer;
    this.view = new DataView(buffer.buffer);
    this.start -= moved;
    this.at -= moved;
    if (this.groupAt >= 0) this.groupAt -= moved;
  }
}

/** Encodes a whole frame at once: for tests and tools. @throws RangeError when a window is no power of two up to 128, or an id does not fit */
export function encodeFrame(frame: PoseFrame): Uint8Array {
  const writer = new FrameWriter(1024);
  writer.begin(frame.tick, frame.whole);
  if (frame.self) writer.self(frame.self);
  writer.left(frame.gone, frame.dropped);
  const pose = new Uint8Array(POSE_BYTES);
  for (const { window, poses } of frame.groups) {
    const log = Math.log2(window);
    if (!Number.isInteger(log) || log < 0 || log > MAX_WINDOW_LOG)
      throw new RangeError(`a window of ${window} ticks`);
    for (const { id, x, z, yaw } of poses) {
      if (id < 1 || id > 0xffff) throw new RangeError(`person id ${id} does not fit 16 bits`);
      writePose(pose, 0, id, toGrains(x), toGrains(z), toYawByte(yaw));
      writer.group(log);
      writer.pose(pose, 0);
    }
  }
  const bytes = writer.end();
  if (bytes) return bytes.slice();
  // A frame that says nothing is not sent; as a vector it is its header alone.
  return Uint8Array.of(POSE_FRAME_KIND << 4, frame.tick & 0xff, (frame.tick >> 8) & 0xff);
}
