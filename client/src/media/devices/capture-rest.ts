import type { Milliseconds } from '@chatmux/schema';
import { createLastWish } from '../last-wish.ts';

/** A picture rests when nobody has wanted it for this long: whoever comes and goes must not wake and tire it. */
export const REST_AFTER_MS: Milliseconds = 3000;

/** Lets the capture of one of our pictures rest while nobody receives it: few pictures a second, the device stays on. */
export interface CaptureRest {
  /** Says what is captured and whether anybody wants it now. It wakes at once. */
  update(track: MediaStreamTrack | undefined, wanted: boolean): void;
  /** Gives the track back as it was. */
  close(): void;
}

/** @param frameRate pictures a second while it rests: enough for us to see ourselves */
export function createCaptureRest(frameRate: number): CaptureRest {
  const resting: MediaTrackConstraints = { frameRate: { ideal: frameRate, max: frameRate } };
  let current: MediaStreamTrack | undefined;
  let usual: MediaTrackConstraints = {};
  let isResting = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const runner = createLastWish<{ track: MediaStreamTrack; constraints: MediaTrackConstraints }>(
    async ({ track, constraints }) => {
      if (track.readyState === 'live') await track.applyConstraints(constraints);
    },
    (error) => {
      console.warn('a capture keeps its pace', error);
      return undefined;
    },
  );

  function rest(track: MediaStreamTrack): void {
    timer = undefined;
    isResting = true;
    runner.wish({ track, constraints: { ...usual, ...resting } });
  }

  /** Somebody else has asked for another pace meanwhile: that is the usual one from now on. */
  function isOtherwise(track: MediaStreamTrack): boolean {
    const now = paceOf(track.getConstraints());
    return now !== paceOf(usual) && now !== paceOf(resting);
  }

  function wake(): void {
    clearTimeout(timer);
    timer = undefined;
    if (isResting && current) runner.wish({ track: current, constraints: usual });
    isResting = false;
  }

  return {
    update(track, wanted) {
      if (track !== current) {
        // The one before is ended or somebody else's; what it was asked for says nothing about this one.
        wake();
        current = track;
        usual = track?.getConstraints() ?? {};
      } else if (track && isOtherwise(track)) {
        clearTimeout(timer);
        timer = undefined;
        isResting = false;
        usual = track.getConstraints();
      }
      if (wanted || !track) wake();
      else if (!isResting) timer ??= setTimeout(() => rest(track), REST_AFTER_MS);
    },
    close() {
      wake();
      current = undefined;
    },
  };
}

/** Browsers give constraints back with their parts in another order. */
function paceOf({ frameRate }: MediaTrackConstraints): string {
  if (typeof frameRate !== 'object') return `${frameRate}`;
  const { exact, ideal, min, max } = frameRate;
  return [exact, ideal, min, max].join();
}
