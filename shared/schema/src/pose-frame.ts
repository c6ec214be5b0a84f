import type { Metres, PersonId, Radians } from './units.ts';

/**
 * Pose frames: where people are, as bytes. See POSES.md beside this file for the layout, byte by byte.
 *
 * A frame is a header and any number of sections. Each section is one interest cell, encoded once a tick and shared by
 * every client that watches the cell; a client's frame is the concatenation of the sections it watches.
 */

export interface Pose {
  id: PersonId;
  x: Metres;
  z: Metres;
  yaw: Radians;
}

export interface PoseSection {
  /** Cell key, see `cellKey`. */
  cell: number;
  /** True when the section holds everyone in the cell, false when only those who moved. */
  full: boolean;
  /** True when the receiver stops watching this cell: it holds nothing. */
  dropped: boolean;
  poses: Pose[];
  /** Those who left the cell since the last section, for another cell or for good. */
  gone: PersonId[];
}

export interface PoseFrame {
  /** Server tick, 16 bits, wraps: compare with `ticksBetween`. */
  tick: number;
  sections: PoseSection[];
}

export const POSE_FRAME_KIND = 1;
export const POSE_HEADER_BYTES = 4;
export const POSE_SECTION_BYTES = 6;
export const POSE_BYTES = 7;
const GONE_BYTES = 2;
/** Metres in one unit of a quantised coordinate: ±655 m at 2 cm. */
export const POSE_GRAIN = 0.02;
const YAW_STEPS = 256;
const FULL = 1;
const DROPPED = 2;
const TURN = Math.PI * 2;

/** Ticks from `a` to `b` on the 16-bit circle: negative when b is before a. Right for spans under half an hour. */
export function ticksBetween(a: number, b: number): number {
  return (((b - a) & 0xffff) << 16) >> 16;
}

/** To a 16-bit count of grains; `+ 0` turns a negative zero into the zero that bytes can hold. */
const quantise = (metres: number) => Math.max(-32768, Math.min(32767, Math.round(metres / POSE_GRAIN))) + 0;
const quantiseYaw = (yaw: number) => Math.round((yaw / TURN) * YAW_STEPS) & 0xff;

/** A pose as the other side will decode it. */
export function quantisedPose(pose: Pose): Pose {
  return {
    id: pose.id,
    x: quantise(pose.x) * POSE_GRAIN,
    z: quantise(pose.z) * POSE_GRAIN,
    yaw: (quantiseYaw(pose.yaw) / YAW_STEPS) * TURN,
  };
}

/** True when two poses encode to the same bytes: nobody moved far enough to tell. */
export function samePose(a: Pose, b: Pose): boolean {
  return (
    quantise(a.x) === quantise(b.x) &&
    quantise(a.z) === quantise(b.z) &&
    quantiseYaw(a.yaw) === quantiseYaw(b.yaw)
  );
}

/** Encodes one section. @throws RangeError when a count or id does not fit its field */
export function encodeSection(section: PoseSection): Uint8Array {
  const { poses, gone } = section;
  if (poses.length > 0xffff || gone.length > 0xff) throw new RangeError('too many people in one section');
  const bytes = new Uint8Array(POSE_SECTION_BYTES + poses.length * POSE_BYTES + gone.length * GONE_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, section.cell, true);
  view.setUint8(2, (section.full ? FULL : 0) | (section.dropped ? DROPPED : 0));
  view.setUint8(3, gone.length);
  view.setUint16(4, poses.length, true);
  let at = POSE_SECTION_BYTES;
  for (const pose of poses) {
    if (pose.id < 1 || pose.id > 0xffff) throw new RangeError(`person id ${pose.id} does not fit 16 bits`);
    view.setUint16(at, pose.id, true);
    view.setInt16(at + 2, quantise(pose.x), true);
    view.setInt16(at + 4, quantise(pose.z), true);
    view.setUint8(at + 6, quantiseYaw(pose.yaw));
    at += POSE_BYTES;
  }
  for (const id of gone) {
    view.setUint16(at, id, true);
    at += GONE_BYTES;
  }
  return bytes;
}

/** Puts encoded sections behind a header. @param tick server tick, only its low 16 bits travel */
export function joinSections(tick: number, sections: readonly Uint8Array[]): Uint8Array {
  if (sections.length > 0xff) throw new RangeError('too many sections in one frame');
  let length = POSE_HEADER_BYTES;
  for (const section of sections) length += section.length;
  const bytes = new Uint8Array(length);
  bytes[0] = POSE_FRAME_KIND;
  bytes[1] = sections.length;
  bytes[2] = tick & 0xff;
  bytes[3] = (tick >> 8) & 0xff;
  let at = POSE_HEADER_BYTES;
  for (const section of sections) {
    bytes.set(section, at);
    at += section.length;
  }
  return bytes;
}

export function encodeFrame(frame: PoseFrame): Uint8Array {
  return joinSections(frame.tick, frame.sections.map(encodeSection));
}

/**
 * Decodes a frame and refuses malformed bytes.
 * @throws RangeError saying what is wrong: wrong kind, truncated, trailing bytes, unknown flags, id 0
 */
export function decodeFrame(bytes: Uint8Array): PoseFrame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const need = (at: number, count: number) => {
    if (at + count > bytes.byteLength)
      throw new RangeError(`pose frame is truncated at byte ${bytes.byteLength}`);
  };
  need(0, POSE_HEADER_BYTES);
  if (view.getUint8(0) !== POSE_FRAME_KIND)
    throw new RangeError(`unknown pose frame kind ${view.getUint8(0)}`);
  const sections: PoseSection[] = [];
  const count = view.getUint8(1);
  let at = POSE_HEADER_BYTES;
  for (let i = 0; i < count; i++) {
    need(at, POSE_SECTION_BYTES);
    const flags = view.getUint8(at + 2);
    if (flags & ~(FULL | DROPPED)) throw new RangeError(`unknown section flags ${flags}`);
    const goneCount = view.getUint8(at + 3);
    const poseCount = view.getUint16(at + 4, true);
    const section: PoseSection = {
      cell: view.getUint16(at, true),
      full: (flags & FULL) !== 0,
      dropped: (flags & DROPPED) !== 0,
      poses: [],
      gone: [],
    };
    at += POSE_SECTION_BYTES;
    need(at, poseCount * POSE_BYTES + goneCount * GONE_BYTES);
    for (let p = 0; p < poseCount; p++, at += POSE_BYTES) {
      section.poses.push({
        id: idAt(view, at),
        x: view.getInt16(at + 2, true) * POSE_GRAIN,
        z: view.getInt16(at + 4, true) * POSE_GRAIN,
        yaw: (view.getUint8(at + 6) / YAW_STEPS) * TURN,
      });
    }
    for (let g = 0; g < goneCount; g++, at += GONE_BYTES) section.gone.push(idAt(view, at));
    sections.push(section);
  }
  if (at !== bytes.byteLength)
    throw new RangeError(`${bytes.byteLength - at} bytes too many in a pose frame`);
  return { tick: view.getUint16(2, true), sections };
}

function idAt(view: DataView, at: number): PersonId {
  const id = view.getUint16(at, true);
  if (id === 0) throw new RangeError('person id 0 in a pose frame');
  return id;
}
