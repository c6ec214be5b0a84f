/** Runs one slow task at a time and always towards the newest wish. */
export interface LastWish<T> {
  /** Asks for something; wishes that were not begun yet are forgotten. */
  wish(value: T): void;
  /** Resolves when nothing is under way or waiting. Never rejects. */
  idle(): Promise<void>;
  /** Nothing further is begun. */
  close(): void;
}

/**
 * Devices, producers and senders take time to change while people click quickly. This keeps their changes in order:
 * never two at once, the ones in the middle skipped, the last one always carried out.
 * @param fulfil carries out a wish; `isLast` turns false when a newer one waits
 * @param onFailure is told what went wrong and how often in a row; returns milliseconds to wait before the same wish is
 *   tried again, or undefined to leave it
 */
export function createLastWish<T>(
  fulfil: (value: T, isLast: () => boolean) => Promise<void>,
  onFailure: (error: unknown, failures: number) => number | undefined,
): LastWish<T> {
  let waiting: { value: T } | undefined;
  let busy = false;
  let closed = false;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let whenIdle: (() => void)[] = [];

  const settleIdle = () => {
    for (const resolve of whenIdle) resolve();
    whenIdle = [];
  };

  async function run(): Promise<void> {
    busy = true;
    while (waiting && !closed) {
      const current = waiting;
      waiting = undefined;
      try {
        await fulfil(current.value, () => waiting === undefined && !closed);
        failures = 0;
      } catch (error) {
        failures += 1;
        const delay = onFailure(error, failures);
        if (delay !== undefined && !waiting && !closed) {
          busy = false;
          retry = setTimeout(() => begin(current), delay);
          return;
        }
      }
    }
    busy = false;
    settleIdle();
  }

  function begin(next: { value: T }): void {
    clearTimeout(retry);
    retry = undefined;
    waiting = next;
    if (!busy) void run();
  }

  return {
    wish(value) {
      if (closed) return;
      failures = 0;
      begin({ value });
    },
    idle: () =>
      new Promise((resolve) => {
        whenIdle.push(resolve);
        if (!busy && retry === undefined) settleIdle();
      }),
    close() {
      closed = true;
      clearTimeout(retry);
      retry = undefined;
      if (!busy) settleIdle();
    },
  };
}

/** Milliseconds to wait after so many failures in a row: none after none, then from half a second up to five. */
export function backoffMs(failures: number): number {
  return failures <= 0 ? 0 : Math.min(500 * 2 ** (failures - 1), 5000);
}
