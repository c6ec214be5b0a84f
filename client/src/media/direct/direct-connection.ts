import { kindOfSource, MEDIA_SOURCES, type MediaSource, type Signal } from '@chatmux/schema';
import { profileOf } from '../devices/voice-profiles.ts';
import { backoffMs, createLastWish } from '../last-wish.ts';
import type { Incoming, LocalTracks } from '../path.ts';
import { screenKindOf } from '../screen/screen-quality.ts';
import { cameraLayers } from '../send-quality.ts';
import { hush } from '../silence/hush.ts';
import { createNegotiation } from './negotiation.ts';
import { withOpusWish } from './opus-wish.ts';
import { type DirectNeeds, directEncoding, isWanted, type SentKinds } from './send-direct.ts';

/** What goes to the other person. */
export type DirectWish = LocalTracks & DirectNeeds;

export interface DirectConnectionOptions {
  /** Servers, policy and certificate. */
  configuration: RTCConfiguration;
  /** The polite one waits for the first offer, and gives way when two offers cross. */
  polite: boolean;
  wish: DirectWish;
  send(part: Pick<Signal, 'description' | 'candidate'>): void;
  onState(state: RTCPeerConnectionState): void;
  onIncoming(source: MediaSource, incoming: Incoming): void;
  onProblem(what: string, error: unknown): void;
}

/** What was agreed on is looked at again this long after each agreement, in milliseconds. */
const SETTLE_MS = 500;

/** One RTCPeerConnection between two people: sound and pictures both ways, negotiated whenever either side needs it. */
export interface DirectConnection {
  /** Rejects when it can't be applied: this connection is lost then. */
  take(description: NonNullable<Signal['description']>): Promise<void>;
  takeCandidate(candidate: NonNullable<Signal['candidate']>): Promise<void>;
  send(wish: DirectWish): void;
  /** Sends the open offer again: the other side has not seen it. */
  offerAgain(): void;
  restartIce(): void;
  setIceServers(servers: RTCIceServer[]): void;
  close(): void;
}

/** What a connection begins with; the others join when there is something to send. */
const FIRST: readonly MediaSource[] = ['mic', 'cam'];

/**
 * The impolite side makes the first two transceivers, the polite one takes them from the first offer. Whoever shares a
 * screen first makes two more. So of each kind the first carries voice or face, the second the screen.
 * A device that is off shows in the direction; being out of range only empties the sender, which needs no negotiation.
 */
export function createDirectConnection(options: DirectConnectionOptions): DirectConnection {
  const { polite, onProblem } = options;
  const connection = new RTCPeerConnection({ ...options.configuration, bundlePolicy: 'max-bundle' });
  const transceivers = new Map<MediaSource, RTCRtpTransceiver>();
  /** Tells what comes by each that has brought something; whether it comes goes by what was agreed on. */
  const incoming = new Map<RTCRtpTransceiver, () => void>();
  let wish = options.wish;
  /** What the other side was understood to ask of our voice. */
  let agreedVoice = profileOf(wish.mic);
  let closed = false;

  const directionFor = (source: MediaSource): RTCRtpTransceiverDirection =>
    wish[source] ? 'sendrecv' : 'recvonly';

  const negotiation = createNegotiation({
    connection,
    polite,
    send: (description) => options.send({ description }),
    read(sdp) {
      agreedVoice = profileOf(wish.mic);
      return withOpusWish(sdp, agreedVoice);
    },
    onOffer: adopt,
    onProblem,
  });

  /** True when what was agreed on differs from what we want to send: the other side can always receive. */
  const isHalfAgreed = () =>
    [...transceivers.values()].some(
      ({ direction, currentDirection }) =>
        currentDirection !== null && direction.includes('send') !== currentDirection.includes('send'),
    ) || isOtherVoice();
  /** How a voice is encoded is agreed on, too. */
  const isOtherVoice = () => wish.mic !== undefined && profileOf(wish.mic) !== agreedVoice;
  // Chrome sometimes asks for no negotiation after a direction changed while an answer was under way.
  connection.onsignalingstatechange = () => {
    if (closed || connection.signalingState !== 'stable') return;
    for (const tell of incoming.values()) tell();
    setTimeout(() => {
      if (!closed && connection.signalingState === 'stable' && isHalfAgreed()) negotiation.offer();
    }, SETTLE_MS);
  };
  connection.onnegotiationneeded = negotiation.offer;
  connection.onicecandidate = ({ candidate }) => {
    if (!candidate || closed) return;
    const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
    options.send({ candidate: { candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment } });
  };
  connection.onconnectionstatechange = () => {
    if (!closed) options.onState(connection.connectionState);
  };
  connection.ontrack = ({ track, receiver, transceiver }) => {
    const source = sourceOf(transceiver);
    if (!source) return;
    let told: boolean | undefined;
    const tell = () => {
      const flowing = transceiver.currentDirection?.includes('recv') ?? false;
      if (closed || flowing === told) return;
      told = flowing;
      options.onIncoming(source, { track, flowing, receiver, label: transceiver.mid ?? '' });
    };
    incoming.set(transceiver, tell);
    tell();
  };

  /** What a transceiver carries, by its place among those of its kind in what was agreed on. */
  function sourceOf({ mid, receiver }: RTCRtpTransceiver): MediaSource | undefined {
    const order = orderOf(connection.remoteDescription?.sdp ?? '');
    const { kind } = receiver.track;
    const before = connection
      .getTransceivers()
      .filter((other) => other.receiver.track.kind === kind && order(other.mid) < order(mid)).length;
    return MEDIA_SOURCES.filter((source) => kindOfSource[source] === kind)[before];
  }

  /** Takes the transceivers that an offer brought. */
  function adopt(): void {
    for (const transceiver of connection.getTransceivers()) {
      const source = transceiver.mid === null ? undefined : sourceOf(transceiver);
      if (!source || transceivers.get(source) === transceiver) continue;
      // Both began to share at once, and theirs came first.
      transceivers.get(source)?.stop();
      keep(source, transceiver);
      transceiver.direction = directionFor(source);
    }
  }

  function make(source: MediaSource): void {
    const direction = directionFor(source);
    const sendEncodings = [directEncoding(source, wish, kindsOf(wish))];
    keep(source, connection.addTransceiver(kindOfSource[source], { direction, sendEncodings }));
  }

  function keep(source: MediaSource, transceiver: RTCRtpTransceiver): void {
    transceivers.set(source, transceiver);
    if (source === 'mic') hush(transceiver.sender);
  }

  const senders = createLastWish<DirectWish>(
    async (next) => {
      for (const source of MEDIA_SOURCES) {
        const wanted = isWanted(source, next) ? next[source] : undefined;
        // The polite side's own first ones come with the offer.
        if (wanted && !closed && transceivers.has('mic') && !transceivers.has(source)) make(source);
        const transceiver = transceivers.get(source);
        if (!transceiver || closed) continue;
        const direction = directionFor(source);
        if (transceiver.direction !== direction) transceiver.direction = direction;
        const track = wanted?.readyState === 'live' ? wanted : null;
        // Before it is negotiated the browser still changes the parameters; this comes by again after it.
        if (track && transceiver.currentDirection !== null)
          await negotiation.alone(() =>
            limit(transceiver.sender, directEncoding(source, next, kindsOf(next))),
          );
        if (transceiver.sender.track !== track) await transceiver.sender.replaceTrack(track);
      }
    },
    (error, failures) => {
      if (closed) return undefined;
      onProblem('sending could not be changed', error);
      return backoffMs(failures);
    },
  );

  if (!polite) for (const source of FIRST) make(source);
  senders.wish(wish);

  return {
    async take(description) {
      if (closed) return;
      if (!(await negotiation.take(description))) return;
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
        if (!negotiation.ignoring && !closed) throw error;
      }
    },
    send(next) {
      wish = next;
      senders.wish(next);
      if (isOtherVoice() && connection.currentRemoteDescription) negotiation.offer();
    },
    offerAgain: negotiation.offerAgain,
    restartIce: () => connection.restartIce(),
    setIceServers(iceServers) {
      if (!closed) connection.setConfiguration({ ...connection.getConfiguration(), iceServers });
    },
    close() {
      if (closed) return;
      closed = true;
      negotiation.close();
      senders.close();
      connection.close();
    },
  };
}

/** What voice and screen are for. */
const kindsOf = ({ mic, cam, screen }: LocalTracks): SentKinds => ({
  voice: profileOf(mic),
  screen: screenKindOf(screen),
  cam: cameraLayers(cam),
});

/** Places of the parts of a session description, by their names. */
function orderOf(sdp: string): (mid: string | null) => number {
  const mids = [...sdp.matchAll(/^a=mid:(\S+)/gm)].map(([, mid]) => mid);
  return (mid) => (mid === null ? Number.POSITIVE_INFINITY : mids.indexOf(mid));
}

/** Holds a sender to what its listener can use. */
async function limit(sender: RTCRtpSender, wanted: RTCRtpEncodingParameters): Promise<void> {
  const parameters = sender.getParameters();
  const [encoding] = parameters.encodings;
  // Before the first negotiation some browsers have none; it is called again after it.
  if (!encoding) return;
  const known: Record<string, unknown> = { ...encoding };
  if (Object.entries(wanted).every(([key, value]) => known[key] === value)) return;
  Object.assign(encoding, wanted);
  await sender.setParameters(parameters);
}
