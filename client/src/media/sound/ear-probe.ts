import type { Milliseconds } from '@chatmux/schema';
import { tapLevel } from './level-tap.ts';

/** What reaches the two ears: root mean squares. */
export interface EarLevels {
  left: number;
  right: number;
}

/** Measures what reaches the ears of whatever is connected to it. */
export interface EarProbe {
  readonly input: AudioNode;
  levels(nowMs: Milliseconds): EarLevels;
  /** Nobody has asked for a while. */
  isOver(nowMs: Milliseconds): boolean;
  close(): void;
}

/** A measurement nobody has asked for in this time ends. */
const KEPT_MS: Milliseconds = 10_000;
/** Length of a look: 85 ms at 48 kHz. */
const WINDOW = 4096;

export function probeEars(context: BaseAudioContext): EarProbe {
  // What is the same for both ears reaches both.
  const input = new GainNode(context, { channelCount: 2, channelCountMode: 'explicit' });
  const splitter = new ChannelSplitterNode(context, { numberOfOutputs: 2 });
  input.connect(splitter);
  const [left, right] = [tapLevel(splitter, 0, WINDOW), tapLevel(splitter, 1, WINDOW)];
  let askedAtMs = Number.POSITIVE_INFINITY;
  return {
    input,
    levels(nowMs) {
      askedAtMs = nowMs;
      return { left: left.rms(), right: right.rms() };
    },
    isOver: (nowMs) => nowMs - askedAtMs > KEPT_MS,
    close() {
      left.close();
      right.close();
      input.disconnect();
    },
  };
}
