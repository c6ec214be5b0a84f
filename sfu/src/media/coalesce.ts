/** Asks for work that may be asked for often; runs never overlap. */
export interface Coalesced {
  /** Work is due: it starts at once, or once more after the run under way. */
  request(): void;
  /** No further run starts. */
  stop(): void;
}

/**
 * Joins requests that come close together into one run.
 * @param work must not reject
 * @param gapMs least time between the end of a run and the next one, in milliseconds
 */
export function coalesce(work: () => Promise<void>, gapMs: number): Coalesced {
  let due = false;
  let busy = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  function start(): void {
    if (busy || stopped || !due) return;
    busy = true;
    due = false;
    void work().finally(() => {
      timer = setTimeout(() => {
        busy = false;
        start();
      }, gapMs);
    });
  }

  return {
    request() {
      due = true;
      // After the code that asks, so that a burst in one turn is one run.
      queueMicrotask(start);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
