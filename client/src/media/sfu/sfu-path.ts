import { type PictureCodec, type PlanEntry, ProblemError, type RtcEvent } from '@chatmux/schema';
import { backoffMs } from '../last-wish.ts';
import { NO_TRACKS, type SfuPath, type SfuPathOptions } from '../path.ts';
import type { Views } from '../views.ts';
import { openSfuSession, SESSION_LOST, type SfuSession } from './sfu-session.ts';

/** A session that lasted this long was a good one: after it the next is tried at once. */
const GOOD_MS = 15_000;

/** After so many failures in a row it is said to have failed; it is tried all the same. */
const HOPELESS = 3;

/** How often the room is told again whether we reach the server. */
const SAY_AGAIN_MS = 30_000;

/** Where no way leads to the server, it is tried again after this long, then twice as long, and so on. */
const UNREACHED_MS = 5000;
const MOST_UNREACHED_MS = 60_000;

/** Media through the media server: joins it, and joins it again whenever what was there is lost. */
export function createSfuPath(given: SfuPathOptions): SfuPath {
  const { callbacks } = given;
  /** Sessions in a row that found no way; none while there is one. */
  let unreached = 0;
  let isReached: boolean | undefined;
  const options: SfuPathOptions = {
    ...given,
    onReach(reached) {
      const isNews = reached !== isReached;
      if (reached && isReached !== true && session) callbacks.onState('on');
      if (reached) unreached = 0;
      isReached = reached;
      if (isNews) given.onReach(reached);
    },
  };
  const over = new AbortController();
  // What was said may have been one word too many for the room, and lost.
  const repeating = setInterval(() => {
    if (isReached !== undefined) given.onReach(isReached);
  }, SAY_AGAIN_MS);
  let session: SfuSession | undefined;
  let tracks = NO_TRACKS;
  let entries: readonly PlanEntry[] = [];
  let views: Views = new Map();
  let prefers: PictureCodec = 'vp8';
  /** Told while the session is being opened: the server may be faster than our side. */
  let early: RtcEvent[] = [];
  let isOpening = false;

  async function keepOpen(): Promise<void> {
    for (let failures = 0; !over.signal.aborted; ) {
      if (failures < HOPELESS && unreached === 0) callbacks.onState('connecting');
      try {
        early = [];
        isOpening = true;
        const opened = await openSfuSession(options, over.signal, prefers);
        if (over.signal.aborted) return opened.close();
        const openedAtMs = performance.now();
        isReached = undefined;
        use(opened);
        const reason = await Promise.race([opened.broken, aborted(over.signal)]);
        session = undefined;
        opened.close();
        if (over.signal.aborted) return;
        console.info(`the media server is joined anew: ${reason}`);
        // The server says when it is ready again: there is nothing to wait for.
        if (reason === SESSION_LOST || performance.now() - openedAtMs > GOOD_MS) failures = 0;
        else failures += 1;
        if (isReached === false) {
          const pauseMs = Math.min(UNREACHED_MS * 2 ** unreached, MOST_UNREACHED_MS);
          unreached += 1;
          callbacks.onState('failed');
          await wait(pauseMs, over.signal);
          continue;
        }
      } catch (error) {
        isOpening = false;
        if (over.signal.aborted) return;
        if (error instanceof Error && error.name === 'UnsupportedError') {
          callbacks.onState('failed');
          options.onReach(false);
          callbacks.onSay('This browser can’t take part in calls. You can still walk around.', 'warning');
          return;
        }
        failures += 1;
        console.warn('the media server can’t be joined', error);
        // Its epoch is over: the room tells the next path.
        if (error instanceof ProblemError && error.code === 'stale') return;
        if (failures >= HOPELESS) {
          callbacks.onState('failed');
          // Whatever it is, others are heard directly meanwhile.
          options.onReach(false);
        }
      }
      await wait(backoffMs(failures), over.signal);
    }
  }

  function use(opened: SfuSession): void {
    session = opened;
    isOpening = false;
    const told = early;
    early = [];
    for (const event of told) opened.handleEvent(event);
    opened.handlePlan(entries);
    opened.setViews(views);
    opened.setPrefers(prefers);
    opened.setTracks(tracks);
    if (unreached === 0) callbacks.onState('on');
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
    setViews(next) {
      views = next;
      session?.setViews(next);
    },
    setPrefers(next) {
      prefers = next;
      session?.setPrefers(next);
    },
    handleRtcEvent(event) {
      if (session) session.handleEvent(event);
      // Between two sessions it is about what is gone.
      else if (isOpening) early.push(event);
    },
    setIceServers(servers) {
      options.iceServers = servers;
      session?.setIceServers(servers);
    },
    close() {
      over.abort();
      clearInterval(repeating);
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
