import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeFrame,
  POSE_BYTES,
  POSE_GROUP_BYTES,
  POSE_HEADER_BYTES,
  POSE_SELF_BYTES,
  type PoseFrame,
  quantisedPose,
  ticksBetween,
} from './pose-frame.ts';
import { encodeFrame, FrameWriter, POSE_HEADROOM, writePose } from './pose-writer.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const NOTHING: PoseFrame = { tick: 0, whole: false, self: undefined, groups: [], gone: [], dropped: [] };

const metres = fc.double({ min: -650, max: 650, noNaN: true });
const id = fc.integer({ min: 1, max: 65535 });
const uint32 = fc.integer({ min: 0, max: 0xffffffff });
const anyNumber = fc.double({ noNaN: true, noDefaultInfinity: true });
const frames: fc.Arbitrary<PoseFrame> = fc.record({
  tick: fc.integer({ min: 0, max: 65535 }),
  whole: fc.boolean(),
  self: fc.option(
    fc.record({
      seq: fc.oneof(fc.constant(-1), uint32),
      step: uint32,
      x: anyNumber,
      z: anyNumber,
      yaw: anyNumber,
      cut: fc.boolean(),
    }),
    { nil: undefined },
  ),
  groups: fc.uniqueArray(
    fc.record({
      window: fc.integer({ min: 0, max: 7 }).map((log) => 1 << log),
      poses: fc.array(
        fc.record({ id, x: metres, z: metres, yaw: fc.double({ min: 0, max: Math.PI * 2, noNaN: true }) }),
        { minLength: 1, maxLength: 40 },
      ),
    }),
    { maxLength: 6, selector: ({ window }) => window },
  ),
  gone: fc.array(id, { maxLength: 20 }),
  dropped: fc.array(fc.integer({ min: 0, max: 65535 }), { maxLength: 20 }),
});

describe('pose frames', () => {
  it('encode to the bytes that POSES.md describes (golden vector)', () => {
    const frame: PoseFrame = {
      tick: 0x1234,
      whole: true,
      self: { seq: 7, step: 258, x: 1, z: -2, yaw: 0.5, cut: true },
      groups: [
        { window: 1, poses: [{ id: 258, x: 1, z: -1, yaw: Math.PI }] },
        { window: 4, poses: [{ id: 3, x: -655.36, z: 655.34, yaw: 0 }] },
      ],
      gone: [7],
      dropped: [0x817f],
    };
    const bytes = `
      27 3412
      01 07000000 02010000 000000000000f03f 00000000000000c0 000000000000e03f
      0100 0100 0700 7f81
      0100 0201 3200 ceff 80
      0140 0300 0080 ff7f 00`;
    expect(hex(encodeFrame(frame))).toBe(bytes.replace(/\s/g, ''));
    expect(decodeFrame(encodeFrame(frame))).toEqual(frame);
  });

  it('come back as they went, up to the quantisation', () => {
    fc.assert(
      fc.property(frames, (frame) => {
        const decoded = decodeFrame(encodeFrame(frame));
        const groups = frame.groups.map((group) => ({ ...group, poses: group.poses.map(quantisedPose) }));
        expect(decoded).toEqual({ ...frame, groups });
        for (const [i, { poses }] of frame.groups.entries())
          for (const [j, pose] of poses.entries()) {
            const back = decoded.groups[i]?.poses[j];
            expect(Math.abs((back?.x ?? Number.NaN) - pose.x)).toBeLessThanOrEqual(0.0100001);
            expect(Math.abs((back?.z ?? Number.NaN) - pose.z)).toBeLessThanOrEqual(0.0100001);
            const turn = Math.abs((back?.yaw ?? Number.NaN) - pose.yaw) * (180 / Math.PI);
            expect(Math.min(turn, 360 - turn)).toBeLessThanOrEqual(0.71);
          }
      }),
    );
  });

  it('cost seven bytes a pose, two a group and three a frame', () => {
    const poses = [1, 2, 3].map((n) => ({ id: n, x: n, z: n, yaw: 0 }));
    const bytes = encodeFrame({ ...NOTHING, groups: [{ window: 1, poses }] });
    expect(bytes.length).toBe(POSE_HEADER_BYTES + POSE_GROUP_BYTES + 3 * POSE_BYTES);
  });

  it('refuse what is cut short, of another kind, or says what cannot be', () => {
    const good = encodeFrame({
      ...NOTHING,
      self: { seq: 1, step: 2, x: 3, z: 4, yaw: 5, cut: false },
      groups: [{ window: 2, poses: [{ id: 1, x: 0, z: 0, yaw: 0 }] }],
      gone: [2],
    });
    const wholes = [POSE_HEADER_BYTES + POSE_SELF_BYTES + 4 + 2];
    for (let length = 0; length < good.length; length++)
      if (!wholes.includes(length))
        expect(() => decodeFrame(good.subarray(0, length)), `${length} bytes`).toThrow(RangeError);
    expect(() => decodeFrame(new Uint8Array([...good, 0]))).toThrow(/truncated/);
    expect(() => decodeFrame(new Uint8Array([0x10, ...good.slice(1)]))).toThrow(/kind/);
    expect(() => decodeFrame(new Uint8Array([0x28, 0, 0]))).toThrow(/flags/);
    expect(() => decodeFrame(new Uint8Array([0x20, 0, 0, 0, 0x20]))).toThrow(/empty group/);
    expect(() => decodeFrame(new Uint8Array([0x20, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]))).toThrow(/id 0/);
    const nowhere = good.slice();
    new DataView(nowhere.buffer).setFloat64(POSE_HEADER_BYTES + 9, Number.NaN, true);
    expect(() => decodeFrame(nowhere)).toThrow(/no number/);
  });

  it('never make the decoder throw anything but a RangeError: a million inputs, random and nearly right', () => {
    let state = 20261122;
    const random = (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const seeds = fc.sample(frames, { numRuns: 200, seed: 7 }).map(encodeFrame);
    let refused = 0;
    for (let i = 0; i < 1_000_000; i++) {
      let bytes = new Uint8Array(random(48));
      const seed = seeds[random(seeds.length)];
      if (i % 2 && seed) {
        bytes = seed.slice(0, random(2) ? undefined : random(seed.length));
        for (let n = random(3); n >= 0 && bytes.length > 0; n--) bytes[random(bytes.length)] = random(256);
      } else for (let n = 0; n < bytes.length; n++) bytes[n] = n === 0 ? 0x20 | random(8) : random(256);
      try {
        decodeFrame(bytes);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(100_000);
    expect(refused).toBeLessThan(1_000_000);
  }, 120_000);

  it('refuse ids and windows that do not fit', () => {
    const one = (person: number, window = 1) => ({
      ...NOTHING,
      groups: [{ window, poses: [{ id: person, x: 0, z: 0, yaw: 0 }] }],
    });
    expect(() => encodeFrame(one(0))).toThrow(RangeError);
    expect(() => encodeFrame(one(65536))).toThrow(RangeError);
    expect(() => encodeFrame(one(1, 3))).toThrow(RangeError);
    expect(() => encodeFrame(one(1, 256))).toThrow(RangeError);
  });

  it('count ticks across the wrap', () => {
    expect(ticksBetween(65535, 1)).toBe(2);
    expect(ticksBetween(1, 65535)).toBe(-2);
    expect(ticksBetween(5, 5)).toBe(0);
  });
});

describe('the frame writer', () => {
  const pose = new Uint8Array(POSE_BYTES);
  writePose(pose, 0, 9, 1, 2, 3);

  it('writes frames one behind the other that stay as they were, whatever their size', () => {
    const writer = new FrameWriter(64);
    const written: { frame: Uint8Array; copy: Uint8Array; count: number }[] = [];
    for (let i = 1; i < 400; i++) {
      const count = (i * 37) % 60;
      writer.begin(i);
      writer.group(0);
      for (let n = 0; n < count; n++) writer.pose(pose, 0);
      const frame = writer.end();
      expect(frame === undefined).toBe(count === 0);
      if (!frame) continue;
      expect(frame.byteOffset).toBeGreaterThanOrEqual(POSE_HEADROOM);
      new Uint8Array(frame.buffer, frame.byteOffset - POSE_HEADROOM, POSE_HEADROOM).fill(0xaa);
      written.push({ frame, copy: frame.slice(), count });
    }
    for (const { frame, copy, count } of written) {
      expect(frame).toEqual(copy);
      expect(decodeFrame(frame).groups[0]?.poses).toHaveLength(count);
    }
  });

  it('begins another group where one is full', () => {
    const writer = new FrameWriter();
    writer.begin(0);
    writer.group(3);
    for (let n = 0; n < 10_000; n++) writer.pose(pose, 0);
    const { groups } = decodeFrame(writer.end() ?? new Uint8Array());
    expect(groups.map(({ window, poses }) => [window, poses.length])).toEqual([
      [8, 8191],
      [8, 1809],
    ]);
  });
});
