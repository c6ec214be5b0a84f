import {
  type MediaMessage,
  type PictureCodec,
  type PlanEntry,
  ProblemError,
  type RtcEvent,
  type RtcReply,
  type RtcRequest,
  type Signal,
  type SignalReceived,
} from '@chatmux/schema';
import { createDevices, createMedia, createScreen } from '../../../client/src/media/index.ts';
import { createLimiter } from '../../../client/src/media/sound/limiter.ts';
import { NEW_WISHES } from '../../../client/src/store/devices.ts';

/**
 * A page with nothing but devices and media, for the browser tests of media. The test is the room: it relays signals
 * and requests, and makes the plans.
 */

declare global {
  interface Window {
    relay(signal: Signal): Promise<void>;
    ask(request: RtcRequest): Promise<RtcReply>;
    page: typeof page;
  }
}

const listener = { x: 0, z: 0, yaw: 0 };
const places = new Map<number, { x: number; z: number }>();
const seen = {
  states: [] as string[],
  said: [] as string[],
  reach: [] as boolean[],
  speaking: [] as number[],
  videos: new Set<number>(),
  /** How often a picture went. */
  gone: 0,
  /** Looks at faces that had been drawn and were black. */
  blank: 0,
  screens: new Set<number>(),
};
const mic = { state: '' };
/** What the room would know of us. */
const own = { fingerprint: '' };

/** Every peer connection of the page, to count those that are open. */
const connections: RTCPeerConnection[] = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.push(this);
  }
};

/** Every audio context of the page. */
const contexts: AudioContext[] = [];
window.AudioContext = class extends AudioContext {
  constructor(options?: AudioContextOptions) {
    super(options);
    contexts.push(this);
  }
};

const media = createMedia({
  async request(request) {
    const reply = await window.ask(request);
    if (!reply.ok) throw new ProblemError(reply.problem.code, reply.problem.message);
    return reply.data;
  },
  signal: (signal) => void window.relay(signal),
  reach: (message) => seen.reach.push(message.sfu),
  certificate: ({ fingerprint }) => {
    own.fingerprint = fingerprint ?? '';
  },
  relayOnly: () => new URLSearchParams(location.search).has('relay-only'),
  onState: ({ mode, state }) => seen.states.push(`${mode} ${state}`),
  onVideo(id, stream) {
    if (stream) seen.videos.add(id);
    else if (seen.videos.delete(id)) seen.gone += 1;
    showFace(id, stream);
  },
  onScreen: (id, stream) => (stream ? seen.screens.add(id) : seen.screens.delete(id)),
  onSpeaking: (ids) => {
    seen.speaking = ids;
  },
  onSay: (sentence) => seen.said.push(sentence),
});
/** The faces by their elements, as a tile draws them; only where a test asks for it. */
const faces = new Map<number, HTMLVideoElement>();
let showsFaces = false;
function showFace(id: number, stream: MediaStream | undefined): void {
  if (!showsFaces) return;
  const face = faces.get(id) ?? document.createElement('video');
  face.muted = true;
  face.autoplay = true;
  // As a tile does: an element that is given the same stream again stays as it is.
  if (face.srcObject !== (stream ?? null)) face.srcObject = stream ?? null;
  if (stream) faces.set(id, face);
  else faces.delete(id);
}
const drawn = new WeakSet<HTMLVideoElement>();
setInterval(() => {
  for (const face of faces.values()) {
    const hasPicture = face.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && face.videoWidth > 0;
    if (hasPicture) drawn.add(face);
    else if (drawn.has(face)) seen.blank += 1;
  }
}, 20);
const devices = createDevices(
  {
    onChange: (change) => {
      mic.state = change.mic ?? mic.state;
    },
    onTracks: () => tell(),
    onSpeaker: (id) => media.setSpeaker(id),
    onSay: (sentence) => seen.said.push(sentence),
  },
  // What the browser does to clean a voice up would change a tone's level.
  { ...NEW_WISHES, cleaning: { echo: false, noise: false, gain: false } },
);
const screen = createScreen({
  onState: () => undefined,
  onTracks: () => tell(),
  onSay: (sentence) => seen.said.push(sentence),
});
function tell(): void {
  media.setTracks({ mic: devices.micTrack(), cam: devices.camTrack(), ...screen.tracks() });
}
setInterval(() => media.update(listener, (id) => places.get(id), performance.now()), 16);

const page = {
  setPrefers: (codec: PictureCodec) => media.setPrefers(codec),
  /** Draws every face from now on. */
  showFaces() {
    showsFaces = true;
  },
  /** Pictures of somebody that were drawn. */
  picturesOf: (id: number) => faces.get(id)?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
  start(me: number, message: MediaMessage) {
    media.setMe(me);
    media.resume();
    media.setPath(message);
  },
  setMic: devices.setMic,
  setCam: devices.setCam,
  setScreen: (on: boolean) => (on ? screen.start() : screen.stop()),
  micState: () => mic.state,
  /** Pictures a second of our own camera, as it is captured now. */
  camRate: () => devices.camTrack()?.getSettings().frameRate,
  /** Pictures that our own camera gives in so many milliseconds. */
  async camPictures(ms: number) {
    const track = devices.camTrack();
    if (!track) return 0;
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = new MediaStream([track]);
    await video.play();
    const before = video.getVideoPlaybackQuality().totalVideoFrames;
    await new Promise((resolve) => setTimeout(resolve, ms));
    return video.getVideoPlaybackQuality().totalVideoFrames - before;
  },
  micLevel: devices.micLevel,
  place: (id: number, x: number, z: number) => void places.set(id, { x, z }),
  turn: (yaw: number) => {
    listener.yaw = yaw;
  },
  plan: (epoch: number, entries: PlanEntry[]) => media.handlePlan({ epoch, entries }),
  /** The way changes in the middle of a call. */
  change: (message: MediaMessage) => media.setPath(message),
  direct: (epoch: number, ids: number[]) => media.handleDirect({ epoch, ids }),
  fingerprint: () => own.fingerprint,
  /** Kinds of candidates, ours and theirs, that the open connections go by. */
  async pairs() {
    const found: string[] = [];
    for (const connection of connections) {
      if (connection.connectionState !== 'connected') continue;
      const entries = [...(await connection.getStats()).values()];
      const chosen = entries.find(
        ({ type, nominated, state }) => type === 'candidate-pair' && nominated && state === 'succeeded',
      );
      const kind = (id: string) => entries.find((entry) => entry.id === id)?.candidateType;
      if (chosen) found.push(`${kind(chosen.localCandidateId)} ${kind(chosen.remoteCandidateId)}`);
    }
    return found;
  },
  /** Packets of sound that we sent, by all open connections. */
  async sentSound() {
    let packets = 0;
    for (const connection of connections) {
      if (connection.connectionState === 'closed') continue;
      for (const entry of (await connection.getStats()).values())
        if (entry.type === 'outbound-rtp' && entry.kind === 'audio') packets += entry.packetsSent;
    }
    return packets;
  },
  /** Stops the context that plays, as a phone does for a call. */
  stopSound: () => contexts[0]?.suspend(),
  soundState: () => contexts[0]?.state,
  connections: () => ({
    open: connections.filter(({ connectionState }) => connectionState !== 'closed').length,
  }),
  signal: (signal: SignalReceived) => media.handleSignal(signal),
  event: (event: RtcEvent) => media.handleRtcEvent(event),
  inspect: media.inspect,
  stats: media.stats,
  seen: () => ({ ...seen, videos: [...seen.videos], screens: [...seen.screens] }),
  /** Level at each ear, as the middle of several looks at the graph after it came to rest. */
  async measure(id: number) {
    const looks: { left: number; right: number; level: number; gain: number }[] = [];
    for (let i = 0; i < 12; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const one = media.inspect().find((person) => person.id === id);
      // The first looks still hold what was before the move.
      if (one && i >= 5) looks.push(one);
    }
    looks.sort((a, b) => a.level - b.level);
    return looks[looks.length >> 1];
  },
  /** Sends a tone through the limiter: root mean square and peak of what comes out, after its first half second. */
  async limited(amplitude: number) {
    const context = new OfflineAudioContext(1, 96_000, 48_000);
    const tone = new OscillatorNode(context, { frequency: 440 });
    const limiter = createLimiter(context);
    tone.connect(new GainNode(context, { gain: amplitude })).connect(limiter.input);
    limiter.output.connect(context.destination);
    tone.start();
    const samples = (await context.startRendering()).getChannelData(0).subarray(24_000);
    const square = samples.reduce((sum, value) => sum + value * value, 0) / samples.length;
    return {
      rms: Math.sqrt(square),
      peak: samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
    };
  },
};
window.page = page;
