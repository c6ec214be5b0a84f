import type { Milliseconds } from '@chatmux/schema';

/** What arrived of one person's sound or picture since its stream began. */
export interface InboundStats {
  packetsReceived: number;
  /** Packets that never came; those that came late are taken off again. */
  packetsLost: number;
  bytesReceived: number;
  /** Pictures decoded; 0 for sound. */
  framesDecoded: number;
  /** Size of the last decoded picture, in pixels; 0 for sound and before the first. */
  frameWidth: number;
  frameHeight: number;
  /** As in `VP8`; undefined before the first packet. */
  codec: string | undefined;
  /** Of the worst stream; undefined where nothing says it. */
  jitterMs: Milliseconds | undefined;
  /** Answers to the browser's questions whether the other end is there (ICE); undefined where it doesn't count them. */
  answers: number | undefined;
  /** To the other end of the connection and back; undefined while nothing was measured. */
  roundTripMs: Milliseconds | undefined;
}

/** Sums the inbound-rtp entries of a receiver's report, and finds its way. Counts a browser leaves out are 0. */
export function inboundOf(report: Iterable<[string, unknown]>): InboundStats {
  const total: InboundStats = {
    packetsReceived: 0,
    packetsLost: 0,
    bytesReceived: 0,
    framesDecoded: 0,
    frameWidth: 0,
    frameHeight: 0,
    codec: undefined,
    jitterMs: undefined,
    answers: undefined,
    roundTripMs: undefined,
  };
  const entries = new Map(report);
  for (const entry of entries.values()) {
    if (!isRecord(entry)) continue;
    if (entry.type === 'candidate-pair' && entry.nominated === true) {
      const seconds = entry.currentRoundTripTime;
      if (typeof seconds === 'number') total.roundTripMs = seconds * 1000;
      const answers = entry.responsesReceived;
      if (typeof answers === 'number') total.answers = (total.answers ?? 0) + answers;
    }
    if (entry.type !== 'inbound-rtp') continue;
    total.codec = codecOf(entries.get(String(entry.codecId))) ?? total.codec;
    total.packetsLost += numberAt(entry, 'packetsLost');
    if (typeof entry.jitter === 'number') total.jitterMs = Math.max(total.jitterMs ?? 0, entry.jitter * 1000);
    total.packetsReceived += numberAt(entry, 'packetsReceived');
    total.bytesReceived += numberAt(entry, 'bytesReceived');
    total.framesDecoded += numberAt(entry, 'framesDecoded');
    total.frameWidth = Math.max(total.frameWidth, numberAt(entry, 'frameWidth'));
    total.frameHeight = Math.max(total.frameHeight, numberAt(entry, 'frameHeight'));
  }
  return total;
}

function codecOf(entry: unknown): string | undefined {
  if (!isRecord(entry) || typeof entry.mimeType !== 'string') return undefined;
  return entry.mimeType.split('/')[1];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function numberAt(entry: Record<string, unknown>, key: string): number {
  const value = entry[key];
  return typeof value === 'number' ? value : 0;
}
