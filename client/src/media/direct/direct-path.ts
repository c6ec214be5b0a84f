import { MEDIA_SOURCES, type MediaMessage, type PersonId, type PlanEntry } from '@chatmux/schema';
import { type DirectPath, type DirectPathOptions, NO_TRACKS, toIceServers } from '../path.ts';
import { FADE_MS } from '../sound/voice.ts';
import { FULL_VIEW, type Views } from '../views.ts';
import { mayLetGo } from '../ways/handover.ts';
import { createDirectPeer, type DirectPeer } from './direct-peer.ts';

/** How often it is looked whether somebody who is no longer connected directly may be let go. */
const LOOK_MS = 1000;
/** Without a single connection among those wanted for this long, the path counts as failed. */
const HOPELESS_MS = 20_000;

const NOT_WANTED = { heardBy: false, seenBy: 0, screenSeenBy: 0 } as const;

interface Peer {
  peer: DirectPeer;
  /** Since when they are no longer among those the room named. */
  leftMs: number | undefined;
}

/** Media straight from browser to browser: a connection for each person the room names, sending what the plan wants. */
export function createDirectPath(options: DirectPathOptions): DirectPath {
  const { me, epoch, signal, callbacks } = options;
  const peers = new Map<PersonId, Peer>();
  const plan = new Map<PersonId, PlanEntry>();
  let wanted: ReadonlySet<PersonId> = new Set();
  let servers: MediaMessage['iceServers'] = options.iceServers;
  let tracks = NO_TRACKS;
  let views: Views = new Map();
  let hopeless: ReturnType<typeof setTimeout> | undefined;
  let looking: ReturnType<typeof setInterval> | undefined;
  let closed = false;

  const configuration = (): RTCConfiguration => ({
    iceServers: toIceServers(servers),
    certificates: [options.certificate],
    iceTransportPolicy: options.relayOnly() ? 'relay' : 'all',
  });
  const wishFor = (id: PersonId) => {
    const entry = plan.get(id);
    const { heardBy, seenBy, screenSeenBy } = entry ?? NOT_WANTED;
    return { ...tracks, heardBy, seenBy, screenSeenBy };
  };

  function peerOf(id: PersonId): Peer {
    const known = peers.get(id);
    if (known) return known;
    const peer = createDirectPeer({
      me,
      id,
      epoch,
      configuration,
      signal,
      wish: wishFor(id),
      onState: tellState,
      // One that is let go still ends its connection, while another may stand in its place.
      onIncoming: (kind, incoming) => peers.get(id) === made && callbacks.onIncoming(id, kind, incoming),
    });
    peer.setView(views.get(id) ?? FULL_VIEW);
    const made: Peer = { peer, leftMs: undefined };
    peers.set(id, made);
    return made;
  }

  function leave(one: Peer): void {
    one.leftMs ??= performance.now();
    looking ??= setInterval(letGo, LOOK_MS);
  }

  /** Lets go of those who have been left for long enough and are not heard by this way any more. */
  function letGo(): void {
    let waiting = false;
    for (const [id, { peer, leftMs }] of peers) {
      if (leftMs === undefined) continue;
      if (mayLetGo(performance.now() - leftMs, options.isUsed(id))) {
        peers.delete(id);
        takeBack(id);
        // What carries sound outlives the sound's last moment.
        setTimeout(peer.close, FADE_MS);
      } else waiting = true;
    }
    if (waiting) return;
    clearInterval(looking);
    looking = undefined;
    tellState();
  }

  function takeBack(id: PersonId): void {
    for (const source of MEDIA_SOURCES) callbacks.onIncoming(id, source, undefined);
  }

  /** On, unless people are wanted and none of them could be reached for a long time. */
  function tellState(): void {
    if (closed) return;
    const reached = wanted.size === 0 || [...wanted].some((id) => peers.get(id)?.peer.connected);
    if (reached) {
      clearTimeout(hopeless);
      hopeless = undefined;
      callbacks.onState('on');
    } else hopeless ??= setTimeout(() => callbacks.onState('failed'), HOPELESS_MS);
  }

  return {
    setPeople(ids) {
      wanted = new Set(ids);
      for (const id of ids) peerOf(id).leftMs = undefined;
      for (const [id, one] of peers) if (!wanted.has(id)) leave(one);
      tellState();
    },
    setTracks(next) {
      tracks = next;
      for (const [id, { peer }] of peers) peer.send(wishFor(id));
    },
    handlePlan(entries) {
      plan.clear();
      for (const entry of entries) plan.set(entry.id, entry);
      for (const [id, { peer }] of peers) peer.send(wishFor(id));
    },
    setViews(next) {
      views = next;
      for (const [id, { peer }] of peers) peer.setView(views.get(id) ?? FULL_VIEW);
    },
    handleSignal(received) {
      // The room names people before it relays what they say: this one is of those it has parted us from.
      if (!wanted.has(received.from) && !peers.has(received.from)) return;
      peerOf(received.from).peer.handleSignal(received);
    },
    setIceServers(next) {
      servers = next;
      for (const { peer } of peers.values()) peer.renew();
    },
    close() {
      closed = true;
      clearTimeout(hopeless);
      clearInterval(looking);
      const closing = [...peers];
      peers.clear();
      for (const [id] of closing) takeBack(id);
      setTimeout(() => {
        for (const [, { peer }] of closing) peer.close();
      }, FADE_MS);
    },
  };
}
