/** What is sent, by what it is for. */
export const SENT_KINDS = ['poses', 'plan', 'roster', 'other'] as const;
export type SentKind = (typeof SENT_KINDS)[number];

export interface Sent {
  bytes: number;
  messages: number;
}

/** Plain counters that only grow; cheap enough for every message. */
export class Tally {
  readonly sent: Record<SentKind, Sent> = {
    poses: { bytes: 0, messages: 0 },
    plan: { bytes: 0, messages: 0 },
    roster: { bytes: 0, messages: 0 },
    other: { bytes: 0, messages: 0 },
  };
  readonly received = new Map<string, number>();
  readonly refused = new Map<string, number>();

  countSent(kind: SentKind, bytes: number): void {
    const sent = this.sent[kind];
    sent.bytes += bytes;
    sent.messages += 1;
  }

  countReceived(type: string): void {
    this.received.set(type, (this.received.get(type) ?? 0) + 1);
  }

  countRefused(code: string): void {
    this.refused.set(code, (this.refused.get(code) ?? 0) + 1);
  }
}
