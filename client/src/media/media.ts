import type {
  MediaMessage,
  Metres,
  PersonId,
  PlanMessage,
  Radians,
  RtcEvent,
  RtcRequest,
  Signal,
  SignalReceived,
} from '@chatmux/schema';
import type { MediaState, Toast } from '../store/types.ts';
import { createDirectPath } from './direct-path.ts';
import { type Heard, hear } from './hearing.ts';
import { type InboundStats, inboundOf } from './inbound-stats.ts';
import { type InspectedPerson, inspectPerson } from './inspect-person.ts';
import { meterOf } from './level.ts';
import type { LocalTracks, MediaPath, PathCallbacks } from './path.ts';
import { createPeople, type Person } from './people.ts';
import { createSfuPath } from './sfu-path.ts';
import { createSpeaking } from './speaking.ts';
import { FADE_MS } from './voice.ts';
import { createVoiceGraph } from './voice-graph.ts';

export interface MediaOptions {
  /** Asks the media server through the room; resolves with the reply's data, rejects with a ProblemError. */
  request(request: RtcRequest): Promise<unknown>;
  /** Sends to one person through the room. */
  signal(signal: Signal): void;
  onState(state: MediaState): void;
  /** A picture may be shown now, or (undefined) no longer. */
  onVideo(id: PersonId, stream: MediaStream | undefined): void;
  /** A voice begins or ends to be played. */
  onVoice?(id: PersonId, playing: boolean): void;
  /** Those who speak now, ourselves included; called when that changes. */
  onSpeaking(ids: PersonId[]): void;
  onSay(sentence: string, tone: Toast['tone']): void;
}

/** What was received of one person, by kind; a kind that never came is missing. */
export interface PersonStats {
  id: PersonId;
  audio?: InboundStats;
  video?: InboundStats;
}

/** Hearing and seeing others, by whatever way media takes now. */
export interface Media {
  /** Our id in the room; before `setPath`. */
  setMe(id: PersonId): void;
  /** Takes this way from now on; the one before is let go. Also after every join: what was lost meanwhile heals. */
  setPath(message: MediaMessage): void;
  setTracks(tracks: LocalTracks): void;
  handlePlan(plan: PlanMessage): void;
  handleRtcEvent(event: RtcEvent): void;
  handleSignal(signal: SignalReceived): void;
  /**
   * Places every voice; called each frame.
   * @param where place of a person, undefined while unknown: they are silent then
   */
  update(
    listener: { x: Metres; z: Metres; yaw: Radians },
    where: (id: PersonId) => { x: Metres; z: Metres } | undefined,
    nowMs: number,
  ): void;
  /** Loudness of everyone, 0 to 1. */
  setVolume(volume: number): void;
  /** Speakers to play on; empty for the system's. */
  setSpeaker(deviceId: string): void;
  /** Lets sound start: call it in a gesture, as often as you like. */
  resume(): void;
  /** Loudness of a voice as it reaches us now: 0 (−60 dB of full scale) to 1 (full scale). */
  voiceLevel(id: PersonId): number;
  /** Per person, how it stands; levels are measured from the first call on. */
  inspect(): InspectedPerson[];
  stats(): Promise<PersonStats[]>;
  close(): void;
}

/** How often levels are looked at to see who speaks. */
const LEVELS_MS = 40;
/** Messages kept that belong to a path we have not been told of yet. */
const MOST_EARLY = 200;

export function createMedia(options: MediaOptions): Media {
  const graph = createVoiceGraph();
  const speaking = createSpeaking();
  const people = createPeople({
    addVoice: graph.addVoice,
    onVoice(id, playing) {
      if (!playing && speaking.forget(id)) options.onSpeaking(speaking.ids());
      options.onVoice?.(id, playing);
    },
    onVideo: options.onVideo,
  });
  const heard: Heard = { distance: 0, gain: 0, x: 0, z: -1 };
  let me: PersonId = 0;
  let message: MediaMessage = { mode: 'none', epoch: 0, iceServers: [] };
  let path: MediaPath | undefined;
  /** Grows with every path; callbacks of an older one are not heard. */
  let generation = 0;
  let plan: PlanMessage = { epoch: 0, entries: [] };
  let tracks: LocalTracks = { mic: undefined, cam: undefined };
  let early: ({ epoch: number } & ({ event: RtcEvent } | { signal: SignalReceived }))[] = [];
  let volume = 1;
  let levelsAtMs = Number.NEGATIVE_INFINITY;

  function open(): MediaPath | undefined {
    const { mode, epoch, iceServers } = message;
    const made = generation;
    const callbacks: PathCallbacks = {
      onState: (state) => made === generation && options.onState({ mode, state }),
      onIncoming: (id, kind, incoming) => made === generation && people.handleIncoming(id, kind, incoming),
      onSay: options.onSay,
    };
    if (mode === 'sfu') return createSfuPath({ epoch, iceServers, request: options.request, callbacks });
    if (mode === 'direct')
      return createDirectPath({ me, epoch, iceServers, signal: options.signal, callbacks });
    options.onState({ mode, state: 'idle' });
    return undefined;
  }

  /** Lets the path go: it takes back what it offered, and nothing of it counts from then on. */
  function leave(): void {
    path?.close();
    path = undefined;
    generation += 1;
  }

  function remember(epoch: number, what: { event: RtcEvent } | { signal: SignalReceived }): void {
    if (epoch <= message.epoch) return;
    early.push({ epoch, ...what });
    if (early.length > MOST_EARLY) early.shift();
  }

  function place(
    person: Person,
    at: { x: Metres; z: Metres } | undefined,
    listener: Parameters<Media['update']>[0],
    nowMs: number,
  ) {
    if (at) hear(heard, listener, at, person.plan?.carry);
    person.distance = at && heard.distance;
    if (person.voice) person.voice.place(at && heard, at ? heard.gain * volume : 0, nowMs);
  }

  function listen(nowMs: number): void {
    if (nowMs - levelsAtMs < LEVELS_MS) return;
    levelsAtMs = nowMs;
    let changed = false;
    for (const { id, playing, voice } of people.all())
      if (playing && voice) changed = speaking.observe(id, meterOf(voice.rms()), nowMs) || changed;
    if (me) changed = speaking.observe(me, meterOf(graph.ownRms()), nowMs) || changed;
    if (changed) options.onSpeaking(speaking.ids());
  }

  return {
    setMe(id) {
      if (id !== me && speaking.forget(me)) options.onSpeaking(speaking.ids());
      me = id;
    },
    setPath(next) {
      leave();
      message = next;
      // What the plan said of an older epoch is over; the plan of this one may have come before this message.
      if (plan.epoch < next.epoch) plan = { epoch: next.epoch, entries: [] };
      people.handlePlan(plan.entries);
      path = open();
      path?.setTracks(tracks);
      path?.handlePlan(plan.entries);
      const told = early.filter(({ epoch }) => epoch === next.epoch);
      early = early.filter(({ epoch }) => epoch > next.epoch);
      for (const one of told) {
        if ('event' in one) path?.handleRtcEvent(one.event);
        else path?.handleSignal(one.signal);
      }
    },
    setTracks(next) {
      if (next.mic !== tracks.mic) graph.watchOwn(next.mic);
      tracks = next;
      path?.setTracks(next);
    },
    handlePlan(next) {
      if (next.epoch < message.epoch) return;
      plan = next;
      if (next.epoch > message.epoch) return;
      people.handlePlan(next.entries);
      path?.handlePlan(next.entries);
    },
    handleRtcEvent(event) {
      if (event.epoch === message.epoch) path?.handleRtcEvent(event);
      else remember(event.epoch, { event });
    },
    handleSignal(signal) {
      if (signal.epoch === message.epoch) path?.handleSignal(signal);
      else remember(signal.epoch, { signal });
    },
    update(listener, where, nowMs) {
      for (const person of people.all()) place(person, where(person.id), listener, nowMs);
      listen(nowMs);
    },
    setVolume(next) {
      volume = Math.min(Math.max(next, 0), 1);
    },
    setSpeaker(deviceId) {
      graph.setSpeaker(deviceId).catch((error: unknown) => {
        console.warn('the speakers stay as they are', error);
        options.onSay('These speakers can’t be used here. We play on the ones your system uses.', 'warning');
      });
    },
    resume: graph.resume,
    voiceLevel(id) {
      const voice = people.get(id)?.voice;
      return voice ? meterOf(voice.rms() * voice.gain()) : 0;
    },
    inspect: () => [...people.all()].map((person) => inspectPerson(person, message.mode, performance.now())),
    stats: () => Promise.all([...people.all()].map(statsOf)),
    close() {
      leave();
      message = { mode: 'none', epoch: message.epoch, iceServers: [] };
      people.handlePlan([]);
      options.onState({ mode: 'none', state: 'idle' });
      setTimeout(graph.close, 2 * FADE_MS);
    },
  };
}

async function statsOf(person: Person): Promise<PersonStats> {
  const [audio, video] = await Promise.all([
    person.audio?.receiver?.getStats(),
    person.video?.receiver?.getStats(),
  ]);
  return {
    id: person.id,
    ...(audio ? { audio: inboundOf(entriesOf(audio)) } : {}),
    ...(video ? { video: inboundOf(entriesOf(video)) } : {}),
  };
}

function entriesOf(report: RTCStatsReport): [string, unknown][] {
  return [...report.entries()];
}
