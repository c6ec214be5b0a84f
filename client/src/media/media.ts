import type { MediaMessage, PersonId, PlanMessage } from '@chatmux/schema';
import { createCaptureRest } from './devices/capture-rest.ts';
import { createCertifier } from './direct/certifier.ts';
import { EarlyMessages } from './early-messages.ts';
import { inspectPerson } from './inspect-person.ts';
import type { Media, MediaOptions } from './media-contract.ts';
import { NO_TRACKS } from './path.ts';
import { createPeople } from './people.ts';
import { statsOf } from './person-stats.ts';
import { mostWanted } from './send-quality.ts';
import { startHush } from './silence/hush.ts';
import { meterOf } from './sound/level.ts';
import { createVoicePlaces } from './sound/place-voices.ts';
import { createSpeaking } from './sound/speaking.ts';
import { FADE_MS } from './sound/voice.ts';
import { createVoiceGraph } from './sound/voice-graph.ts';
import { createWarmVoices } from './sound/warm-voices.ts';
import { type Crossing, createCrossing } from './ways/crossing.ts';
import { watchFlow } from './ways/flow-watch.ts';
import { createLineWatch } from './ways/line-watch.ts';
import { createWays, type Ways } from './ways/ways.ts';

/** Pictures a second of what nobody receives. */
const RESTING_CAM_RATE = 5;
const RESTING_SCREEN_RATE = 1;
/** How often levels are looked at to see who speaks. */
const LEVELS_MS = 40;

export function createMedia(options: MediaOptions): Media {
  startHush();
  const graph = createVoiceGraph(options.onWay, () =>
    options.onSay(
      'Your browser holds the sound back. Click anywhere or press a key to hear people.',
      'warning',
    ),
  );
  const places = createVoicePlaces(options.soundOf);
  const speaking = createSpeaking();
  const camRest = createCaptureRest(RESTING_CAM_RATE);
  const screenRest = createCaptureRest(RESTING_SCREEN_RATE);
  const warm = createWarmVoices(graph.addVoice);
  const people = createPeople({
    addVoice: warm.take,
    onVoice(id, playing) {
      if (!playing && speaking.forget(id)) options.onSpeaking(speaking.ids());
      options.onVoice?.(id, playing);
    },
    onVideo: options.onVideo,
    onScreen: options.onScreen,
    sends: (id, source) => options.sends?.(id, source) ?? true,
  });
  let me: PersonId = 0;
  /** Nothing of before goes on with the next path: we are somebody else, or somewhere else. */
  let isNew = true;
  let message: MediaMessage = { mode: 'none', epoch: 0, iceServers: [] };
  let plan: PlanMessage = { epoch: 0, entries: [] };
  let lineWatch: ReturnType<typeof createLineWatch> | undefined;
  let tracks = NO_TRACKS;
  const early = new EarlyMessages();
  let levelsAtMs = Number.NEGATIVE_INFINITY;
  let lastUpdate: Parameters<Media['update']> | undefined;
  let closed = false;

  const ways: Ways = createWays({
    request: options.request,
    signal: options.signal,
    reach: options.reach,
    relayOnly: () => options.relayOnly?.() ?? false,
    onState: options.onState,
    onSay: options.onSay,
    onIncoming: (way, id, kind, incoming) => crossing.offer(way, id, kind, incoming),
    onChange: () => crossing.settle(),
    isUsed: (way, id) => crossing.isUsed(way, id),
  });
  const certifier = createCertifier({ tell: options.certificate, use: ways.setCertificate });
  const crossing: Crossing = createCrossing({
    prefer: (id) => ways.prefer(id),
    watch: (incoming, onFlow) => watchFlow(incoming, warm, onFlow),
    onIncoming(id, kind, incoming) {
      people.handleIncoming(id, kind, incoming);
      // A voice that takes over sounds at once, not from the next frame on.
      const person = people.get(id);
      if (person && incoming && lastUpdate)
        places.place(person, lastUpdate[1](id), lastUpdate[0], performance.now());
    },
  });

  function watchLine(): void {
    lineWatch ??= createLineWatch({
      people: () => people.all(),
      modeOf: (id) => ways.modeOf(crossing.wayOf(id, 'mic')),
      onQuality: (quality) => options.onLine?.(quality),
    });
  }

  /** What nobody receives of us is captured at leisure. */
  function tireCaptures(): void {
    const { seen, screenSeen } = mostWanted(plan.entries);
    camRest.update(tracks.cam, seen > 0);
    screenRest.update(tracks.screen, screenSeen > 0);
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
      isNew = true;
      certifier.forget();
    },
    setPath(next) {
      const goesOn = !isNew && next.mode !== 'none' && next.epoch >= message.epoch;
      isNew = false;
      message = next;
      // A room may begin without any way, while the media server is away.
      if (next.mode !== 'none') {
        certifier.certify();
        watchLine();
      }
      if (plan.epoch > next.epoch) plan = { epoch: next.epoch, entries: [] };
      if (goesOn) ways.change(next);
      else {
        // What the plan said of an older epoch is over; the plan of this one may have come before this message.
        if (plan.epoch < next.epoch) plan = { epoch: next.epoch, entries: [] };
        ways.begin(me, next);
        ways.setTracks(tracks);
      }
      people.handlePlan(plan.entries);
      ways.handlePlan(plan.entries);
      tireCaptures();
      for (const one of early.take(next.epoch)) {
        if ('event' in one) ways.handleRtcEvent(one.event);
        else ways.handleSignal(one.signal);
      }
    },
    setDirect: certifier.allow,
    setTracks(next) {
      if (closed) return;
      if (next.mic !== tracks.mic) graph.watchOwn(next.mic);
      tracks = next;
      ways.setTracks(next);
      tireCaptures();
    },
    handlePlan(next) {
      if (next.epoch < message.epoch) return;
      plan = next;
      if (next.epoch > message.epoch) return;
      people.handlePlan(next.entries);
      ways.handlePlan(next.entries);
      tireCaptures();
    },
    handleRoster: people.refresh,
    setViews: ways.setViews,
    setPrefers: ways.setPrefers,
    handleDirect: (next) => ways.setDirect(next),
    handleRtcEvent(event) {
      if (event.epoch === message.epoch) ways.handleRtcEvent(event);
      else if (event.epoch > message.epoch) early.keep(event.epoch, { event });
    },
    handleSignal(signal) {
      // Of an epoch before, it is about a connection that goes on: the room relays nothing else.
      if (signal.epoch <= message.epoch) ways.handleSignal(signal);
      else early.keep(signal.epoch, { signal });
    },
    update(listener, where, nowMs) {
      lastUpdate = [listener, where, nowMs];
      places.placeAll(people.all(), where, listener, nowMs);
      listen(nowMs);
    },
    setVolume: places.setVolume,
    setStep(step) {
      places.setRung(step.rung);
      graph.setWay(step.way);
    },
    setSilent: graph.setSilent,
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
    inspect: () =>
      [...people.all()].map((person) =>
        inspectPerson(person, ways.modeOf(crossing.wayOf(person.id, 'mic')), performance.now()),
      ),
    lines: () => lineWatch?.lines() ?? [],
    stats: () => Promise.all([...people.all()].map(statsOf)),
    close() {
      closed = true;
      certifier.close();
      lineWatch?.close();
      camRest.close();
      screenRest.close();
      ways.close();
      people.handlePlan([]);
      setTimeout(graph.close, 2 * FADE_MS);
    },
  };
}
