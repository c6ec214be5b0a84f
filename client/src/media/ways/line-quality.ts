import type { Milliseconds } from '@chatmux/schema';
import type { LineQuality } from '../../store/types.ts';

/** What came in of all voices that play, since the look before. */
export interface LineLook {
  /** Voices that play, and should come. */
  voices: number;
  packets: number;
  lost: number;
  /** Answers of the other ends to the browser's own questions whether they are there (ICE). */
  answers: number;
  /** Of the worst of them; undefined where nothing says it. */
  jitterMs: Milliseconds | undefined;
  roundTripMs: Milliseconds | undefined;
}

/** From here on it is weak, and below it is good again: what lies between changes nothing. */
const WEAK = { loss: 0.08, jitterMs: 60, roundTripMs: 400 };
const GOOD = { loss: 0.03, jitterMs: 40, roundTripMs: 300 };
/** So many looks in a row until it counts as worse, or as good again. */
const WORSE_LOOKS = 2;
const BETTER_LOOKS = 3;
/** Fewer packets than these say nothing about loss. */
const ENOUGH = 20;

/**
 * [LQ] How good the line is, look by look.
 *
 * - [LQ1] Weak after two looks in a row with 8 % lost, 60 ms of jitter or 400 ms for the round trip; good again after
 *   three in a row below 3 %, 40 ms and 300 ms.
 * - [LQ2] Lost after two looks in a row in which a voice should have come and nothing did, not even an answer: who is
 *   silent sends next to nothing. With the first sign it is weak, until it is good.
 * - [LQ3] Where no voice plays there is nothing to judge, and the line counts as good.
 */
export function createLineQuality(): { look(look: LineLook): LineQuality } {
  let quality: LineQuality = 'good';
  let silent = 0;
  let bad = 0;
  let fine = 0;

  function judge({ packets, lost, answers, jitterMs = 0, roundTripMs = 0 }: LineLook): LineQuality {
    silent = packets + answers === 0 ? silent + 1 : 0;
    if (silent > 0) return silent >= WORSE_LOOKS ? 'lost' : quality;
    if (quality === 'lost') {
      quality = 'weak';
      fine = 0;
    }
    const loss = packets + lost >= ENOUGH ? lost / (packets + lost) : 0;
    const isOver = (limits: typeof WEAK) =>
      loss >= limits.loss || jitterMs >= limits.jitterMs || roundTripMs >= limits.roundTripMs;
    bad = isOver(WEAK) ? bad + 1 : 0;
    fine = isOver(GOOD) ? 0 : fine + 1;
    if (bad >= WORSE_LOOKS) return 'weak';
    return fine >= BETTER_LOOKS ? 'good' : quality;
  }

  return {
    look(look) {
      if (look.voices > 0) quality = judge(look);
      else {
        quality = 'good';
        silent = 0;
        bad = 0;
        fine = 0;
      }
      return quality;
    },
  };
}
