import type { WayState } from '../../store/sound.ts';
import { createLimiter } from './limiter.ts';
import { type Loopback, openLoopback } from './loopback.ts';
import type { SoundWay } from './sound-step.ts';

/** The end of the graph: limiter, silence, and the way to the speakers. */
export interface SoundOutput {
  readonly input: AudioNode;
  /** Everything is silent from now on, or no longer. */
  setSilent(silent: boolean): void;
  /** Takes that way; until a loopback stands, and where it can't, sound goes straight. */
  setWay(way: SoundWay): void;
  /** Speakers to play on; empty for the system's. Rejects where the browser can't choose, or the device is gone. */
  setSpeaker(deviceId: string): Promise<void>;
  way(): WayState;
  /** What comes out of the loopback, for measurements. */
  loopTrack(): MediaStreamTrack | undefined;
  close(): void;
}

/** Chrome and Edge have it; others do not yet. */
type ChoosesSpeaker = AudioContext & { setSinkId?: (id: string) => Promise<void> };

const SILENCE_TAU_SECONDS = 0.008;
/** A loopback that failed is tried again after so long, then after twice as long, and so on. */
const RETRY_MS = 1000;
const MOST_RETRY_MS = 60_000;

export function createSoundOutput(context: ChoosesSpeaker, onWay: (way: WayState) => void): SoundOutput {
  const limiter = createLimiter(context);
  const last = new GainNode(context);
  limiter.output.connect(last);
  last.connect(context.destination);
  let carrier: MediaStreamAudioDestinationNode | undefined;
  let loop: Loopback | undefined;
  let state: WayState = 'straight';
  /** Grows with every wish; what an older one opened is closed again. */
  let wishes = 0;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let speaker = '';
  let silent = false;

  function tell(next: WayState): void {
    state = next;
    onWay(next);
  }

  function leaveLoop(): void {
    loop?.close();
    loop = undefined;
    if (carrier) last.disconnect(carrier);
    carrier = undefined;
  }

  function goStraight(next: 'straight' | 'failed'): void {
    // Both at once would be heard twice.
    if (loop) last.connect(context.destination);
    leaveLoop();
    tell(next);
    clearTimeout(retry);
    if (next === 'straight') failures = 0;
    else retry = setTimeout(again, Math.min(RETRY_MS * 2 ** failures++, MOST_RETRY_MS));
  }

  function again(): void {
    wishes += 1;
    void goAround(wishes);
  }

  async function goAround(wish: number): Promise<void> {
    const isOver = () => wish !== wishes;
    carrier = new MediaStreamAudioDestinationNode(context, { channelCount: 2 });
    last.connect(carrier);
    tell('opening');
    let opened: Loopback | undefined;
    try {
      opened = await openLoopback(carrier.stream, () => {
        if (!isOver()) goStraight('failed');
      });
      // It may change while it is set.
      for (let set: string | undefined; set !== speaker && !isOver(); ) {
        set = speaker;
        await opened.setSpeaker(set);
      }
    } catch (error) {
      opened?.close();
      if (isOver()) return;
      console.warn('the echo canceller will not hear what we play', error);
      return goStraight('failed');
    }
    if (isOver()) return opened.close();
    loop = opened;
    failures = 0;
    last.disconnect(context.destination);
    loop.setMuted(silent);
    tell('loopback');
  }

  return {
    input: limiter.input,
    setSilent(on) {
      if (on === silent) return;
      silent = on;
      last.gain.setTargetAtTime(on ? 0 : 1, context.currentTime, SILENCE_TAU_SECONDS);
      // What is on its way through the loopback must not be heard either.
      loop?.setMuted(on);
    },
    setWay(way) {
      const isThere = way === 'loopback' ? state !== 'straight' : state === 'straight';
      if (isThere) return;
      if (way === 'loopback') return again();
      wishes += 1;
      goStraight('straight');
    },
    async setSpeaker(deviceId) {
      if (deviceId === speaker) return;
      if (!context.setSinkId) throw new Error('This browser can’t choose speakers for a page.');
      const before = speaker;
      speaker = deviceId;
      const use = (id: string) => Promise.all([context.setSinkId?.(id), loop?.setSpeaker(id)]);
      try {
        await use(deviceId);
      } catch (error) {
        // One of both may have changed: neither does.
        if (speaker === deviceId) speaker = before;
        await use(speaker).catch((other: unknown) =>
          console.warn('the speaker of before is gone, too', other),
        );
        throw error;
      }
    },
    way: () => state,
    loopTrack: () => loop?.track,
    close() {
      wishes += 1;
      clearTimeout(retry);
      leaveLoop();
      last.disconnect();
    },
  };
}
