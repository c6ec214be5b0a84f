import type {
  DirectMessage,
  MediaMessage,
  MediaMode,
  MediaSource,
  PersonId,
  PictureCodec,
  PlanMessage,
  ReachMessage,
  RtcEvent,
  RtcRequest,
  Signal,
  SignalReceived,
} from '@chatmux/schema';
import type { MediaState, Toast } from '../../store/types.ts';
import { createDirectPath } from '../direct/direct-path.ts';
import {
  type DirectPath,
  type Incoming,
  type LocalTracks,
  type MediaPath,
  NO_TRACKS,
  type PathCallbacks,
  type SfuPath,
} from '../path.ts';
import { createSfuPath } from '../sfu/sfu-path.ts';
import type { Views } from '../views.ts';
import { mayLetGo } from './handover.ts';

export interface WaysOptions {
  request(request: RtcRequest): Promise<unknown>;
  signal(signal: Signal): void;
  reach(message: ReachMessage): void;
  /** Developers and tests: go over TURN servers alone. */
  relayOnly(): boolean;
  onState(state: MediaState): void;
  onSay(sentence: string, tone: Toast['tone']): void;
  /** A way, named by a number that grows, offers a person's source or takes it back. */
  onIncoming(way: number, id: PersonId, kind: MediaSource, incoming: Incoming | undefined): void;
  /** Who should come by which way has changed. */
  onChange(): void;
  /** Something of a person (of anybody, where none is named) still comes by a way. */
  isUsed(way: number, id?: PersonId): boolean;
}

/**
 * The ways media takes at a time: the media server's path of this epoch, direct connections, and what is left of the ways
 * before, which goes on until what comes after it is there.
 */
export interface Ways {
  /** All of them anew: another room, or another place in it. Nothing goes on. */
  begin(me: PersonId, message: MediaMessage): void;
  /** Direct connections are opened from now on, those that were wanted before, too; without one all are closed at once. */
  setCertificate(certificate: RTCCertificate | null): void;
  /** The way changes, or only its servers and credentials. */
  change(message: MediaMessage): void;
  setDirect(message: DirectMessage): void;
  setTracks(tracks: LocalTracks): void;
  handlePlan(entries: PlanMessage['entries']): void;
  setViews(views: Views): void;
  setPrefers(codec: PictureCodec): void;
  handleRtcEvent(event: RtcEvent): void;
  handleSignal(signal: SignalReceived): void;
  /** Way by which a person should come now. */
  prefer(id: PersonId): number | undefined;
  modeOf(way: number | undefined): MediaMode;
  close(): void;
}

interface Way<P extends MediaPath> {
  number: number;
  mode: MediaMode;
  path: P;
}

/** How often it is looked whether a way of before may be let go. */
const LOOK_MS = 500;

export function createWays(options: WaysOptions): Ways {
  let me: PersonId = 0;
  /** Undefined while there is none yet; null when there will be none. */
  let certificate: RTCCertificate | null | undefined;
  let message: MediaMessage = { mode: 'none', epoch: 0, iceServers: [] };
  let sfu: Way<SfuPath> | undefined;
  let direct: Way<DirectPath> | undefined;
  const leaving = new Map<number, { way: Way<MediaPath>; leftMs: number }>();
  const modes = new Map<number, MediaMode>();
  let looking: ReturnType<typeof setInterval> | undefined;
  let directIds: ReadonlySet<PersonId> = new Set();
  let entries: PlanMessage['entries'] = [];
  let tracks = NO_TRACKS;
  let views: Views = new Map();
  let prefers: PictureCodec = 'vp8';
  let count = 0;
  /** How the ways stand, by their mode; what is told is made of both. */
  const states: Record<MediaMode, MediaState['state']> = { sfu: 'idle', direct: 'idle', none: 'idle' };
  let told = '';

  function callbacksOf(number: number, mode: MediaMode): PathCallbacks {
    return {
      onState(state) {
        if (sfu?.number !== number && direct?.number !== number) return;
        states[mode] = state;
        tellState();
      },
      onIncoming: (id, kind, incoming) => options.onIncoming(number, id, kind, incoming),
      onSay: options.onSay,
    };
  }

  function tellState(): void {
    let { mode } = message;
    // The server can't be reached, and people are all the same.
    if (mode === 'sfu' && states.sfu === 'failed' && directIds.size > 0 && states.direct === 'on')
      mode = 'direct';
    const state = states[mode];
    // What was there before still plays: there is nothing to wait for.
    if (state === 'connecting' && (leaving.size > 0 || options.isUsed(direct?.number ?? -1))) return;
    const summary = `${mode} ${state}`;
    if (summary === told) return;
    told = summary;
    options.onState({ mode, state });
  }

  function openSfu(): void {
    const number = ++count;
    modes.set(number, 'sfu');
    const { epoch, iceServers } = message;
    states.sfu = 'connecting';
    const path = createSfuPath({
      epoch,
      iceServers,
      relayOnly: options.relayOnly(),
      request: options.request,
      onReach: (reached) => sfu?.number === number && options.reach({ epoch, sfu: reached }),
      callbacks: callbacksOf(number, 'sfu'),
    });
    sfu = { number, mode: 'sfu', path };
    path.setTracks(tracks);
    path.handlePlan(entries);
    path.setViews(views);
    path.setPrefers(prefers);
  }

  function openDirect(): DirectPath | undefined {
    if (direct) return direct.path;
    if (!certificate) {
      states.direct = certificate === null ? 'failed' : 'connecting';
      return undefined;
    }
    states.direct = 'on';
    const number = ++count;
    modes.set(number, 'direct');
    const path = createDirectPath({
      me,
      epoch: () => message.epoch,
      iceServers: message.iceServers,
      relayOnly: () => options.relayOnly() || message.relayOnly === true,
      certificate,
      isUsed: (id) => options.isUsed(number, id),
      signal: options.signal,
      callbacks: callbacksOf(number, 'direct'),
    });
    direct = { number, mode: 'direct', path };
    path.setTracks(tracks);
    path.handlePlan(entries);
    path.setViews(views);
    return path;
  }

  /** It goes on as it is until the next way is there. */
  function leave(way: Way<MediaPath> | undefined): void {
    if (!way) return;
    leaving.set(way.number, { way, leftMs: performance.now() });
    looking ??= setInterval(letGo, LOOK_MS);
  }

  function letGo(): void {
    for (const [number, { way, leftMs }] of leaving) {
      if (!mayLetGo(performance.now() - leftMs, options.isUsed(number))) continue;
      leaving.delete(number);
      modes.delete(number);
      way.path.close();
    }
    if (leaving.size > 0) return;
    clearInterval(looking);
    looking = undefined;
    tellState();
  }

  /** Opens what this message asks for. */
  function open(): void {
    if (message.mode === 'sfu') openSfu();
    else if (message.mode === 'direct') openDirect();
    tellState();
    options.onChange();
  }

  function closeDirect(): void {
    if (!direct) return;
    const { path, number } = direct;
    direct = undefined;
    states.direct = 'failed';
    path.close();
    modes.delete(number);
    tellState();
    options.onChange();
  }

  function closeAll(): void {
    clearInterval(looking);
    looking = undefined;
    const all = [...[...leaving.values()].map(({ way }) => way), ...[sfu, direct].filter((way) => !!way)];
    leaving.clear();
    sfu = undefined;
    direct = undefined;
    directIds = new Set();
    for (const { path } of all) path.close();
    modes.clear();
    Object.assign(states, { sfu: 'idle', direct: 'idle', none: 'idle' });
    told = '';
  }

  const current = () => [sfu, direct, ...[...leaving.values()].map(({ way }) => way)];

  return {
    begin(id, next) {
      closeAll();
      me = id;
      message = next;
      open();
    },
    setCertificate(ours) {
      certificate = ours;
      if (!ours) return closeDirect();
      if (message.mode !== 'direct' && directIds.size === 0) return;
      openDirect()?.setPeople([...directIds]);
      tellState();
      options.onChange();
    },
    change(next) {
      const { mode, epoch } = message;
      message = next;
      if (next.epoch === epoch && next.mode === mode) {
        for (const way of current()) way?.path.setIceServers(next.iceServers);
        return;
      }
      leave(sfu);
      sfu = undefined;
      states.sfu = 'idle';
      open();
    },
    setDirect({ epoch, ids }) {
      if (epoch !== message.epoch) return;
      directIds = new Set(ids);
      if (ids.length > 0 || direct) openDirect()?.setPeople(ids);
      tellState();
      options.onChange();
    },
    setTracks(next) {
      tracks = next;
      for (const way of current()) way?.path.setTracks(next);
    },
    handlePlan(next) {
      entries = next;
      for (const way of current()) way?.path.handlePlan(next);
    },
    setViews(next) {
      views = next;
      for (const way of current()) way?.path.setViews(next);
    },
    setPrefers(next) {
      prefers = next;
      sfu?.path.setPrefers(next);
    },
    handleRtcEvent(event) {
      sfu?.path.handleRtcEvent(event);
    },
    handleSignal(signal) {
      direct?.path.handleSignal(signal);
    },
    prefer: (id) => (message.mode === 'direct' || directIds.has(id) ? direct?.number : sfu?.number),
    modeOf: (way) => (way === undefined ? message.mode : (modes.get(way) ?? message.mode)),
    close() {
      closeAll();
      message = { mode: 'none', epoch: message.epoch, iceServers: [] };
      options.onState({ mode: 'none', state: 'idle' });
    },
  };
}
