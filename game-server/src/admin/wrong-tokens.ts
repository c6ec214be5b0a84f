/** Wrong tokens an address may send before it must wait, and for how long, in milliseconds. */
const MAX_WRONG = 10;
const WAIT_MS = 60_000;
/** Addresses remembered at most; beyond them the one that erred longest ago is forgotten. */
const MAX_ADDRESSES = 10_000;

/** Counts wrong tokens by address. Time comes in as an argument, in milliseconds, and never goes back. */
export class WrongTokens {
  /** By address, in the order in which their time began. */
  private readonly wrong = new Map<string, { count: number; readonly until: number }>();

  /** True where an address must wait, whatever it sends: who is told whether a guess was right may go on guessing. */
  mustWait(address: string, nowMs: number): boolean {
    const known = this.wrong.get(address);
    return known !== undefined && known.count >= MAX_WRONG && nowMs < known.until;
  }

  /** An address sent a wrong one. */
  note(address: string, nowMs: number): void {
    for (const [old, { until }] of this.wrong) {
      if (nowMs < until && this.wrong.size < MAX_ADDRESSES) break;
      this.wrong.delete(old);
    }
    const known = this.wrong.get(address);
    if (known) known.count += 1;
    else this.wrong.set(address, { count: 1, until: nowMs + WAIT_MS });
  }
}
