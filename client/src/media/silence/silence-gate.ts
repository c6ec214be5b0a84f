/** An encoded frame of Opus, as far as the gate looks at it. */
export interface VoiceFrame {
  readonly bytes: number;
  /** When its sound begins, at 48 kHz; grows without bounds and wraps at 2^32, as in RTP. */
  readonly timestamp: number;
}

/** What Opus calls a frame without a sound: nothing but its first byte (RFC 6716, 2.1.9). */
const EMPTY_BYTES = 2;
/** In silence Opus encodes the room's noise every 21st frame of 20 ms; a word begins sooner or later than that. */
const REFRESH_GAP = { least: 0.41 * 48_000, most: 0.44 * 48_000 };
/** After so long without anything the sender rested: what comes is a beginning. */
const REST_GAP = 48_000;
/** So many of them go when a sender begins: browsers make a track ready when its first packet comes. */
const FIRST = 5;
/** Later one in so many goes: one in ten seconds. */
const ONE_IN = 24;
const WRAP = 2 ** 32;

/**
 * What of a silent microphone need not be sent. Opus's own silence (DTX) is still five packets a second to everybody in
 * earshot, and a report a second for each voice that sends: thirty people who listen to each other feel that.
 *
 * - [SG1] A frame with sound always goes, and so does the first empty one, which tells the other side that silence begins.
 * - [SG2] Further empty frames never go. Chromium shows those that it would not send anyway, too, without a byte.
 * - [SG3] Of the frames by which Opus refreshes the noise the first five go, when a sender begins or has rested; then one in
 *   24.
 * - [SG4] Nothing of a word is held back, unless it begins in the very frame of a refresh: then that one, 20 ms.
 */
export function createSilenceGate(): (frame: VoiceFrame) => boolean {
  let silent = false;
  let last: number | undefined;
  /** When the last frame that is not empty began. */
  let lastFull = 0;
  let refreshes = 0;

  return ({ bytes, timestamp }) => {
    const since = (before: number) => (timestamp - before + WRAP) % WRAP;
    const gap = last === undefined ? REST_GAP : since(last);
    last = timestamp;
    if (gap >= REST_GAP) {
      silent = false;
      refreshes = 0;
    }
    if (bytes <= EMPTY_BYTES) {
      const isFirst = !silent;
      silent = true;
      return isFirst;
    }
    const fullGap = since(lastFull);
    lastFull = timestamp;
    if (!silent) return true;
    if (fullGap >= REFRESH_GAP.least && fullGap <= REFRESH_GAP.most) {
      refreshes += 1;
      return refreshes <= FIRST || refreshes % ONE_IN === 0;
    }
    silent = false;
    return true;
  };
}
