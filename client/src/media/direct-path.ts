import type { PersonId, PlanEntry } from '@chatmux/schema';
import { createDirectPeer, type DirectPeer } from './direct-peer.ts';
import type { DirectPathOptions, LocalTracks, MediaPath } from './path.ts';
import { FADE_MS } from './voice.ts';

/** Someone who left the plan may come back: their connection is kept for this long, empty. */
const LINGER_MS = 5000;
/** Without a single connection among those wanted for this long, the path counts as failed. */
const HOPELESS_MS = 20_000;

interface Peer {
  peer: DirectPeer;
  leaving: ReturnType<typeof setTimeout> | undefined;
}

/** Media straight from browser to browser: a connection for each person in the plan. */
export function createDirectPath(options: DirectPathOptions): MediaPath {
  const { me, epoch, iceServers, signal, callbacks } = options;
  const peers = new Map<PersonId, Peer>();
  const plan = new Map<PersonId, PlanEntry>();
  let tracks: LocalTracks = { mic: undefined, cam: undefined };
  let hopeless: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  const wishFor = (id: PersonId) => {
    const entry = plan.get(id);
    return { ...tracks, heardBy: entry?.heardBy ?? false, seenBy: entry?.seenBy ?? (0 as const) };
  };

  function peerOf(id: PersonId): Peer {
    const known = peers.get(id);
    if (known) return known;
    const peer = createDirectPeer({
      me,
      id,
      epoch,
      iceServers,
      signal,
      wish: wishFor(id),
      onState: tellState,
      onIncoming: (kind, incoming) => callbacks.onIncoming(id, kind, incoming),
    });
    const made: Peer = { peer, leaving: undefined };
    peers.set(id, made);
    return made;
  }

  function leave(id: PersonId, one: Peer): void {
    one.leaving ??= setTimeout(() => {
      peers.delete(id);
      one.peer.close();
      tellState();
    }, LINGER_MS);
  }

  /** On, unless people are wanted and none of them could be reached for a long time. */
  function tellState(): void {
    if (closed) return;
    const reached = plan.size === 0 || [...plan.keys()].some((id) => peers.get(id)?.peer.connected);
    if (reached) {
      clearTimeout(hopeless);
      hopeless = undefined;
      callbacks.onState('on');
    } else hopeless ??= setTimeout(() => callbacks.onState('failed'), HOPELESS_MS);
  }

  callbacks.onState('on');
  return {
    setTracks(next) {
      tracks = next;
      for (const [id, { peer }] of peers) peer.send(wishFor(id));
    },
    handlePlan(entries) {
      plan.clear();
      for (const entry of entries) plan.set(entry.id, entry);
      for (const id of plan.keys()) {
        const one = peerOf(id);
        clearTimeout(one.leaving);
        one.leaving = undefined;
      }
      for (const [id, one] of peers) {
        one.peer.send(wishFor(id));
        if (!plan.has(id)) leave(id, one);
      }
      tellState();
    },
    handleRtcEvent() {
      // The media server has no part in this path.
    },
    handleSignal(received) {
      const one = peerOf(received.from);
      // The room relays only within the plan: ours is on its way, or has just let go of them.
      if (!plan.has(received.from)) leave(received.from, one);
      one.peer.handleSignal(received);
    },
    close() {
      closed = true;
      clearTimeout(hopeless);
      for (const id of peers.keys()) {
        callbacks.onIncoming(id, 'audio', undefined);
        callbacks.onIncoming(id, 'video', undefined);
      }
      const closing = [...peers.values()];
      peers.clear();
      for (const { leaving } of closing) clearTimeout(leaving);
      setTimeout(() => {
        for (const { peer } of closing) peer.close();
      }, FADE_MS);
    },
  };
}
