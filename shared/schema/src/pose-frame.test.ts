import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeFrame,
  encodeFrame,
  encodeSection,
  POSE_BYTES,
  POSE_HEADER_BYTES,
  POSE_SECTION_BYTES,
  type PoseFrame,
  quantisedPose,
  samePose,
  ticksBetween,
} from './pose-frame.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('pose frames', () => {
  it('encode to the bytes that POSES.md describes (golden vector)', () => {
    const frame: PoseFrame = {
      tick: 0x1234,
      sections: [
        {
          cell: 0x8180,
          full: true,
          dropped: false,
          poses: [{ id: 258, x: 1, z: -1, yaw: Math.PI }],
          gone: [7],
        },
        { cell: 0x7f80, full: false, dropped: true, poses: [], gone: [] },
      ],
    };
    expect(hex(encodeFrame(frame))).toBe(
      '010234128081010101000201 3200 ceff 80 0700 807f02000000'.replaceAll(' ', ''),
    );
  });

  const metres = fc.double({ min: -650, max: 650, noNaN: true });
  const id = fc.integer({ min: 1, max: 65535 });
  const section = fc.record({
    cell: fc.integer({ min: 0, max: 65535 }),
    full: fc.boolean(),
    dropped: fc.boolean(),
    poses: fc.array(
      fc.record({ id, x: metres, z: metres, yaw: fc.double({ min: 0, max: Math.PI * 2, noNaN: true }) }),
      { maxLength: 40 },
    ),
    gone: fc.array(id, { maxLength: 20 }),
  });

  it('come back as they went, up to the quantisation', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 65535 }),
        fc.array(section, { maxLength: 6 }),
        (tick, sections) => {
          const decoded = decodeFrame(encodeFrame({ tick, sections }));
          expect(decoded).toEqual({
            tick,
            sections: sections.map((s) => ({ ...s, poses: s.poses.map(quantisedPose) })),
          });
          for (const [i, s] of sections.entries())
            for (const [j, pose] of s.poses.entries()) {
              const back = decoded.sections[i]?.poses[j];
              expect(Math.abs((back?.x ?? Number.NaN) - pose.x)).toBeLessThanOrEqual(0.0100001);
              expect(Math.abs((back?.z ?? Number.NaN) - pose.z)).toBeLessThanOrEqual(0.0100001);
            }
        },
      ),
    );
  });

  it('cost seven bytes a pose', () => {
    const poses = [1, 2, 3].map((n) => ({ id: n, x: n, z: n, yaw: 0 }));
    const bytes = encodeFrame({
      tick: 0,
      sections: [{ cell: 1, full: false, dropped: false, poses, gone: [] }],
    });
    expect(bytes.length).toBe(POSE_HEADER_BYTES + POSE_SECTION_BYTES + 3 * POSE_BYTES);
  });

  it('refuse bytes that are not a frame, and never anything but a RangeError', () => {
    const good = encodeFrame({
      tick: 9,
      sections: [{ cell: 3, full: true, dropped: false, poses: [{ id: 1, x: 0, z: 0, yaw: 0 }], gone: [2] }],
    });
    for (let length = 0; length < good.length; length++)
      expect(() => decodeFrame(good.subarray(0, length)), `${length} bytes`).toThrow(RangeError);
    expect(() => decodeFrame(new Uint8Array([...good, 0]))).toThrow(/too many/);
    expect(() => decodeFrame(new Uint8Array([2, ...good.slice(1)]))).toThrow(/kind/);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decodeFrame(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('refuse ids and counts that do not fit', () => {
    const one = (id: number) => ({
      cell: 0,
      full: false,
      dropped: false,
      poses: [{ id, x: 0, z: 0, yaw: 0 }],
      gone: [],
    });
    expect(() => encodeSection(one(0))).toThrow(RangeError);
    expect(() => encodeSection(one(65536))).toThrow(RangeError);
  });

  it('tell the same pose from another by their bytes', () => {
    const pose = { id: 1, x: 1, z: 1, yaw: 1 };
    expect(samePose(pose, { ...pose, x: 1.004 })).toBe(true);
    expect(samePose(pose, { ...pose, x: 1.03 })).toBe(false);
    expect(samePose({ ...pose, yaw: 0 }, { ...pose, yaw: Math.PI * 2 })).toBe(true);
  });

  it('count ticks across the wrap', () => {
    expect(ticksBetween(65535, 1)).toBe(2);
    expect(ticksBetween(1, 65535)).toBe(-2);
    expect(ticksBetween(5, 5)).toBe(0);
  });
});
