import { type PlanEntry, ProblemError, type RtcEvent } from '@chatmux/schema';
import { backoffMs } from './last-wish.ts';
import type { LocalTracks, MediaPath, SfuPathOptions } from './path.ts';
import { openSfuSession, type SfuSession } from './sfu-session.ts';

/** A session that lasted this long was a good one: after it the next is tried at once. */
const GOOD_MS = 15_000;

/** After so many failures in a row it is said to have failed; it is tried all the same. */
const HOPELESS = 3;

/** Media through the media server: joins it, and joins it again whenever what was there is lost. */
export function createSfuPath(options: SfuPathOptions): MediaPath {
  const { callbacks } = options;
  const over = new AbortController();
  let session: SfuSession | undefined;
  let tracks: LocalTracks = { mic: undefined, cam: undefined };
  let entries: readonly PlanEntry[] = [];
  /** Told while the session is being opened: the server may be faster than our side. */
  let early: RtcEvent[] = [];

  async function keepOpen(): Promise<void> {
    for (let failures = 0; !over.signal.aborted; ) {
      if (failures < HOPELESS) callbacks.onState('connecting');
      try {
        const opened = await openSfuSession(options, over.signal);
        if (over.signal.aborted) return opened.close();
        const openedAtMs = performance.now();
        use(opened);
        const reason = await Promise.race([opened.broken, aborted(over.signal)]);
        session = undefined;
        opened.close();
        if (over.signal.aborted) return;
        console.info(`the media server is joined anew: ${reason}`);
        failures = performance.now() - openedAtMs > GOOD_MS ? 0 : failures + 1;
      } catch (error) {
        if (over.signal.aborted) return;
        if (error instanceof Error && error.name === 'UnsupportedError') {
          callbacks.onState('failed');
          callbacks.onSay('This browser can’t take part in calls. You can still walk around.', 'warning');
          return;
        }
        failures += 1;
        console.warn('the media server can’t be joined', error);
        // Its epoch is over: the room tells the next path.
        if (error instanceof ProblemError && error.code === 'stale') return;
        if (failures >= HOPELESS) callbacks.onState('failed');
      }
      await wait(backoffMs(failures), over.signal);
    }
  }

  function use(opened: SfuSession): void {
    session = opened;
    const told = early;
    early = [];
    for (const event of told) opened.handleEvent(event);
    opened.handlePlan(entries);
    opened.setTracks(tracks);
    callbacks.onState('on');
  }

  void keepOpen();
  return {
    setTracks(next) {
      tracks = next;
      session?.setTracks(next);
    },
    handlePlan(next) {
      entries = next;
      session?.handlePlan(next);
    },
    handleRtcEvent(event) {
      if (session) session.handleEvent(event);
      else early.push(event);
    },
    handleSignal() {
      // Nobody speaks directly while the media server serves.
    },
    close() {
      over.abort();
      session?.close();
      session = undefined;
    },
  };
}

function aborted(signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve('over'), { once: true }));
}

/** Resolves after the time, or at once when the signal says so. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
