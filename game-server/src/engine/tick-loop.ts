/** What a loop needs of its surroundings; given by the room, replaced by virtual time in tests. */
export interface LoopClock {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Runs once after a time in milliseconds; gives what takes it back. */
  after(ms: number, run: () => void): () => void;
}

/** After a longer stall the ticks in between are lost: catching up with all of them would stall anew. */
const MAX_CATCH_UP_TICKS = 10;

/** The real clock. */
const REAL_CLOCK: LoopClock = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * Calls a tick at an even pace: each at its own time since the start, however late the one before was. A timer that
 * repeats would drift, and now and then make one tick wait for the next.
 * @param hz ticks a second
 * @param tick told how many ticks were lost before it
 * @returns what stops it
 */
export function startTickLoop(
  hz: number,
  tick: (lost: number) => void,
  clock: LoopClock = REAL_CLOCK,
): () => void {
  const tickMs = 1000 / hz;
  let due = clock.now() + tickMs;
  let stopped = false;
  let lost = 0;
  const wait = () => clock.after(Math.max(0, due - clock.now()), run);
  let cancel = wait();
  function run(): void {
    for (let ran = 0; !stopped && clock.now() >= due; ran++) {
      if (ran === MAX_CATCH_UP_TICKS) {
        const now = clock.now();
        lost += Math.floor((now - due) / tickMs) + 1;
        due = now + tickMs;
        break;
      }
      due += tickMs;
      const before = lost;
      lost = 0;
      tick(before);
    }
    if (!stopped) cancel = wait();
  }
  return () => {
    stopped = true;
    cancel();
  };
}
