import type { PlanEntry, Signal } from '@chatmux/schema';
import { backoffMs, createLastWish } from './last-wish.ts';
import type { Incoming, LocalTracks, MediaKind } from './path.ts';
import { CAMERA_LAYERS, directLayer, VOICE_BITRATE } from './send-quality.ts';

/** What goes to the other person. */
export interface DirectWish extends LocalTracks {
  heardBy: boolean;
  seenBy: PlanEntry['seenBy'];
}

export interface DirectConnectionOptions {
  iceServers: RTCIceServer[];
  /** The polite one waits for the first offer, and gives way when two offers cross. */
  polite: boolean;
  wish: DirectWish;
  send(part: Pick<Signal, 'description' | 'candidate'>): void;
  onState(state: RTCPeerConnectionState): void;
  onIncoming(kind: MediaKind, incoming: Incoming): void;
  onProblem(what: string, error: unknown): void;
}

/** What was agreed on is looked at again this long after each agreement, in milliseconds. */
const SETTLE_MS = 500;

/** One RTCPeerConnection between two people: sound and picture both ways, negotiated whenever either side needs it. */
export interface DirectConnection {
  take(description: NonNullable<Signal['description']>): Promise<void>;
  takeCandidate(candidate: NonNullable<Signal['candidate']>): Promise<void>;
  send(wish: DirectWish): void;
  /** Sends the open offer again: the other side has not seen it. */
  offerAgain(): void;
  restartIce(): void;
  close(): void;
}

const KINDS: readonly MediaKind[] = ['audio', 'video'];

/**
 * Perfect negotiation after the pattern of the WebRTC specification (section 10.7). The impolite side makes the two
 * transceivers, the polite one takes them from the first offer, so that each side has one of each kind.
 * A device that is off shows in the direction (the other side's track is muted); being out of range only empties the
 * sender, which needs no negotiation.
 */
export function createDirectConnection(options: DirectConnectionOptions): DirectConnection {
  const { polite, onProblem } = options;
  const connection = new RTCPeerConnection({ iceServers: options.iceServers, bundlePolicy: 'max-bundle' });
  const transceivers = new Map<MediaKind, RTCRtpTransceiver>();
  let wish = options.wish;
  let offering = false;
  let ignoring = false;
  let closed = false;

  const trackFor = (kind: MediaKind) => (kind === 'audio' ? wish.mic : wish.cam);
  const directionFor = (kind: MediaKind): RTCRtpTransceiverDirection =>
    trackFor(kind) ? 'sendrecv' : 'recvonly';

  function sendDescription(): void {
    const description = connection.localDescription;
    if (description && !closed)
      options.send({ description: { type: description.type, sdp: description.sdp } });
  }

  /** True when what was agreed on differs from what we want to send: the other side can always receive. */
  const isHalfAgreed = () =>
    [...transceivers.values()].some(
      ({ direction, currentDirection }) =>
        currentDirection !== null && direction.includes('send') !== currentDirection.includes('send'),
    );
  // Chrome sometimes asks for no negotiation after a direction changed while an answer was under way.
  connection.onsignalingstatechange = () => {
    if (connection.signalingState !== 'stable') return;
    setTimeout(() => {
      if (!closed && connection.signalingState === 'stable' && isHalfAgreed()) void negotiate();
    }, SETTLE_MS);
  };

  async function negotiate(): Promise<void> {
    try {
      offering = true;
      await connection.setLocalDescription();
      sendDescription();
    } catch (error) {
      if (!closed) onProblem('an offer could not be made', error);
    } finally {
      offering = false;
    }
  }
  connection.onnegotiationneeded = negotiate;
  connection.onicecandidate = ({ candidate }) => {
    if (!candidate || closed) return;
    const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
    options.send({ candidate: { candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment } });
  };
  connection.onconnectionstatechange = () => {
    if (!closed) options.onState(connection.connectionState);
  };
  connection.ontrack = ({ track, receiver, transceiver }) => {
    const kind: MediaKind = track.kind === 'audio' ? 'audio' : 'video';
    const tell = () => {
      if (!closed)
        options.onIncoming(kind, { track, flowing: !track.muted, receiver, label: transceiver.mid ?? '' });
    };
    track.onmute = tell;
    track.onunmute = tell;
    tell();
  };

  /** Takes the transceivers that an offer brought: the first of each kind. */
  function adopt(): void {
    for (const transceiver of connection.getTransceivers()) {
      const kind: MediaKind = transceiver.receiver.track.kind === 'audio' ? 'audio' : 'video';
      if (transceivers.has(kind)) continue;
      transceivers.set(kind, transceiver);
      transceiver.direction = directionFor(kind);
    }
  }

  const senders = createLastWish<DirectWish>(
    async (next) => {
      for (const kind of KINDS) {
        const transceiver = transceivers.get(kind);
        if (!transceiver || closed) continue;
        const direction = directionFor(kind);
        if (transceiver.direction !== direction) transceiver.direction = direction;
        const wanted = kind === 'audio' ? next.heardBy && next.mic : next.seenBy > 0 && next.cam;
        const track = wanted && wanted.readyState === 'live' ? wanted : null;
        // Before it is negotiated the browser still changes the parameters; this comes by again after it.
        if (track && transceiver.currentDirection !== null)
          await limit(transceiver.sender, kind, next.seenBy);
        if (transceiver.sender.track !== track) await transceiver.sender.replaceTrack(track);
      }
    },
    (error, failures) => {
      if (closed) return undefined;
      onProblem('sending could not be changed', error);
      return backoffMs(failures);
    },
  );

  if (!polite)
    for (const kind of KINDS) {
      const encoding = kind === 'audio' ? { maxBitrate: VOICE_BITRATE } : { ...CAMERA_LAYERS[0] };
      transceivers.set(
        kind,
        connection.addTransceiver(kind, { direction: directionFor(kind), sendEncodings: [encoding] }),
      );
    }
  senders.wish(wish);

  return {
    async take(description) {
      if (closed) return;
      const collides = description.type === 'offer' && (offering || connection.signalingState !== 'stable');
      ignoring = !polite && collides;
      if (ignoring) return;
      // The answer to an offer that was sent twice.
      if (description.type === 'answer' && connection.signalingState !== 'have-local-offer') return;
      await connection.setRemoteDescription(description);
      if (description.type === 'offer') {
        adopt();
        await connection.setLocalDescription();
        sendDescription();
      }
      senders.wish(wish);
    },
    async takeCandidate(candidate) {
      if (closed) return;
      try {
        await connection.addIceCandidate({
          candidate: candidate.candidate,
          sdpMid: candidate.sdpMid ?? null,
          sdpMLineIndex: candidate.sdpMLineIndex ?? null,
          usernameFragment: candidate.usernameFragment ?? null,
        });
      } catch (error) {
        // Candidates of an offer we ignored fit nothing.
        if (!ignoring && !closed) throw error;
      }
    },
    send(next) {
      wish = next;
      senders.wish(next);
    },
    offerAgain() {
      if (connection.signalingState === 'have-local-offer') sendDescription();
    },
    restartIce: () => connection.restartIce(),
    close() {
      if (closed) return;
      closed = true;
      senders.close();
      for (const { receiver } of transceivers.values()) {
        receiver.track.onmute = null;
        receiver.track.onunmute = null;
      }
      connection.close();
    },
  };
}

/** Holds a sender to what its listener can use. */
async function limit(sender: RTCRtpSender, kind: MediaKind, seenBy: PlanEntry['seenBy']): Promise<void> {
  const parameters = sender.getParameters();
  const [encoding] = parameters.encodings;
  // Before the first negotiation some browsers have none; it is called again after it.
  if (!encoding) return;
  const wanted: Partial<RTCRtpEncodingParameters> =
    kind === 'audio' ? { maxBitrate: VOICE_BITRATE } : { ...directLayer(seenBy) };
  const known: Record<string, unknown> = { ...encoding };
  if (Object.entries(wanted).every(([key, value]) => known[key] === value)) return;
  Object.assign(encoding, wanted);
  await sender.setParameters(parameters);
}
