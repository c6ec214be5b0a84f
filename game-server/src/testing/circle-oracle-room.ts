interface Ends {
  readonly low: number;
  readonly high: number;
}

/** How many ties each person has, and how many of those wait: between circles too large to become one. */
export class OracleRoom {
  private readonly all = new Map<number, number>();
  private readonly waiting = new Map<number, number>();
  private readonly homes = new Map<number, number>();
  private readonly circles: ReadonlyMap<number, { readonly members: readonly number[] }>;

  constructor(ties: Iterable<Ends>, circles: ReadonlyMap<number, { readonly members: readonly number[] }>) {
    this.circles = circles;
    for (const [circle, { members }] of circles) for (const id of members) this.homes.set(id, circle);
    for (const tie of ties) this.count(tie, 1);
  }

  /** @param by 1 for a tie that begins, −1 for one that ends */
  count({ low, high }: Ends, by: 1 | -1): void {
    const waits = this.waits({ low, high });
    for (const id of [low, high]) {
      this.all.set(id, this.ties(id) + by);
      if (waits) this.waiting.set(id, this.waitingTies(id) + by);
    }
  }

  ties(id: number): number {
    return this.all.get(id) ?? 0;
  }

  waitingTies(id: number): number {
    return this.waiting.get(id) ?? 0;
  }

  waits({ low, high }: Ends): boolean {
    const [ours, theirs] = [this.homes.get(low), this.homes.get(high)];
    if (ours !== undefined && ours === theirs) return false;
    const size = (circle = 0) => this.circles.get(circle)?.members.length ?? 1;
    return size(ours) + size(theirs) > 16;
  }
}
