/** What arrived of one person's sound or picture since its stream began. */
export interface InboundStats {
  packetsReceived: number;
  bytesReceived: number;
  /** Pictures decoded; 0 for sound. */
  framesDecoded: number;
  /** Size of the last decoded picture, in pixels; 0 for sound and before the first. */
  frameWidth: number;
  frameHeight: number;
}

/** Sums the inbound-rtp entries of a receiver's report. Numbers a browser leaves out count as 0. */
export function inboundOf(report: Iterable<[string, unknown]>): InboundStats {
  const total = { packetsReceived: 0, bytesReceived: 0, framesDecoded: 0, frameWidth: 0, frameHeight: 0 };
  for (const [, entry] of report) {
    if (!isRecord(entry) || entry.type !== 'inbound-rtp') continue;
    total.packetsReceived += numberAt(entry, 'packetsReceived');
    total.bytesReceived += numberAt(entry, 'bytesReceived');
    total.framesDecoded += numberAt(entry, 'framesDecoded');
    total.frameWidth = Math.max(total.frameWidth, numberAt(entry, 'frameWidth'));
    total.frameHeight = Math.max(total.frameHeight, numberAt(entry, 'frameHeight'));
  }
  return total;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function numberAt(entry: Record<string, unknown>, key: string): number {
  const value = entry[key];
  return typeof value === 'number' ? value : 0;
}
