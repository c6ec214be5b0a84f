/** A histogram of Prometheus: how many observations lie at or below each upper end. */
export interface Histogram {
  buckets: { upTo: number; count: number }[];
  count: number;
}

/** Asks a game server for its metrics. @throws Error when it refuses */
export async function scrape(url: string, adminToken: string): Promise<string> {
  const answer = await fetch(`${url}/metrics`, { headers: { Authorization: `Bearer ${adminToken}` } });
  if (!answer.ok) throw new Error(`/metrics answered ${answer.status}: ${await answer.text()}`);
  return answer.text();
}

/** Reads one histogram, all its labels taken together. @throws Error when it isn't there */
export function readHistogram(text: string, name: string): Histogram {
  const ends = new Map<number, number>();
  for (const [, end = '', count = ''] of text.matchAll(
    new RegExp(`^${name}_bucket\\{(?:[^}]*,)?le="([^"]+)"[^}]*\\} (\\S+)$`, 'gm'),
  )) {
    const upTo = end === '+Inf' ? Number.POSITIVE_INFINITY : Number(end);
    ends.set(upTo, (ends.get(upTo) ?? 0) + Number(count));
  }
  const buckets = [...ends].map(([upTo, count]) => ({ upTo, count })).sort((a, b) => a.upTo - b.upTo);
  const count = buckets.at(-1)?.count;
  if (count === undefined) throw new Error(`the metrics hold no histogram ${name}`);
  return { buckets, count };
}

/** What came to a histogram between two readings. */
export function between(before: Histogram, after: Histogram): Histogram {
  const buckets = after.buckets.map(({ upTo, count }, i) => ({
    upTo,
    count: count - (before.buckets[i]?.count ?? 0),
  }));
  return { buckets, count: after.count - before.count };
}

/**
 * Value that a share of all lies at or below, even within its bucket as Prometheus assumes: exact against a bar that is
 * the end of a bucket. NaN of none; infinite beyond the last bucket.
 */
export function quantile({ buckets, count }: Histogram, share: number): number {
  if (count === 0) return Number.NaN;
  const rank = count * share;
  let [from, below] = [0, 0];
  for (const { upTo, count: upToHere } of buckets) {
    if (upToHere >= rank)
      return Number.isFinite(upTo)
        ? from + ((upTo - from) * (rank - below)) / (upToHere - below)
        : Number.POSITIVE_INFINITY;
    [from, below] = [upTo, upToHere];
  }
  return Number.NaN;
}
