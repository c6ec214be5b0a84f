import type { RtcEvent, SignalReceived } from '@chatmux/schema';

/** Something about one epoch's connections. */
export type EpochMessage = { event: RtcEvent } | { signal: SignalReceived };

/** Messages kept that belong to a path we have not been told of yet. */
const MOST_EARLY = 200;

/** What came before the message that begins its epoch: events and signals take other ways than that. */
export class EarlyMessages {
  private kept: { epoch: number; message: EpochMessage }[] = [];

  keep(epoch: number, message: EpochMessage): void {
    this.kept.push({ epoch, message });
    if (this.kept.length > MOST_EARLY) this.kept.shift();
  }

  /** An epoch begins: what waited for it, in order. What belongs to older ones is forgotten. */
  take(epoch: number): EpochMessage[] {
    const told = this.kept.filter((one) => one.epoch === epoch).map(({ message }) => message);
    this.kept = this.kept.filter((one) => one.epoch > epoch);
    return told;
  }
}
