import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCaptureRest, REST_AFTER_MS } from './capture-rest.ts';

const USUAL = { width: { ideal: 960 }, frameRate: { ideal: 24, max: 30 } };

/** The same, its parts in another order: so Chromium gives constraints back. */
function turned({ frameRate, ...others }: MediaTrackConstraints): MediaTrackConstraints {
  if (typeof frameRate !== 'object') return { ...others };
  return { frameRate: Object.fromEntries(Object.entries(frameRate).reverse()), ...others };
}

/** Only what the rest needs of a track; what a browser makes of it is tested in a browser. */
function fakeTrack() {
  const applied: (MediaTrackConstraints | undefined)[] = [];
  let now: MediaTrackConstraints = USUAL;
  const track = {
    readyState: 'live',
    getConstraints: () => now,
    applyConstraints: async (constraints: MediaTrackConstraints = {}) => {
      now = turned(constraints);
      applied.push(constraints);
    },
  } as Partial<MediaStreamTrack> as MediaStreamTrack;
  return { track, applied };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a capture', () => {
  const resting = { ...USUAL, frameRate: { ideal: 5, max: 5 } };

  it('rests when nobody wanted it for a while, and is what it was as soon as somebody does', async () => {
    const { track, applied } = fakeTrack();
    const rest = createCaptureRest(5);
    rest.update(track, false);
    await vi.advanceTimersByTimeAsync(REST_AFTER_MS - 1);
    expect(applied).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(applied).toEqual([resting]);
    rest.update(track, false);
    rest.update(track, true);
    await vi.advanceTimersByTimeAsync(0);
    expect(applied).toEqual([resting, USUAL]);
  });

  it('is left alone by those who come and go', async () => {
    const { track, applied } = fakeTrack();
    const rest = createCaptureRest(5);
    for (let i = 0; i < 5; i++) {
      rest.update(track, false);
      await vi.advanceTimersByTimeAsync(REST_AFTER_MS - 1);
      rest.update(track, true);
    }
    expect(applied).toEqual([]);
  });

  it('is given back as it was', async () => {
    const { track, applied } = fakeTrack();
    const rest = createCaptureRest(5);
    rest.update(track, false);
    await vi.advanceTimersByTimeAsync(REST_AFTER_MS);
    rest.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(applied).toEqual([resting, USUAL]);
  });

  it('keeps the pace that it was asked for while it rested', async () => {
    const { track, applied } = fakeTrack();
    const rest = createCaptureRest(5);
    rest.update(track, false);
    await vi.advanceTimersByTimeAsync(REST_AFTER_MS);
    const faster = { frameRate: { ideal: 30, max: 30 } };
    await track.applyConstraints(faster);
    rest.update(track, false);
    await vi.advanceTimersByTimeAsync(REST_AFTER_MS);
    rest.update(track, true);
    await vi.advanceTimersByTimeAsync(0);
    expect(applied).toEqual([resting, faster, { frameRate: { ideal: 5, max: 5 } }, faster]);
  });

  it('begins anew with another track', async () => {
    const [one, two] = [fakeTrack(), fakeTrack()];
    const rest = createCaptureRest(5);
    rest.update(one.track, false);
    await vi.advanceTimersByTimeAsync(REST_AFTER_MS);
    rest.update(two.track, false);
    expect(two.applied).toEqual([]);
    await vi.advanceTimersByTimeAsync(REST_AFTER_MS);
    expect(two.applied).toEqual([resting]);
  });
});
