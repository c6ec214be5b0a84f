import type { MediaSource, Metres, PersonId, PlanEntry } from '@chatmux/schema';
import type { Incoming } from './path.ts';
import type { Voice } from './sound/voice.ts';

/** One person as media knows them. */
export interface Person {
  readonly id: PersonId;
  plan: PlanEntry | undefined;
  audio: Incoming | undefined;
  video: Incoming | undefined;
  screen: Incoming | undefined;
  screenAudio: Incoming | undefined;
  voice: Voice | undefined;
  /** The sound of their screen. */
  screenVoice: Voice | undefined;
  /** Their voice is wanted, there and flowing. */
  playing: boolean;
  /** Metres at the last frame; undefined while unknown. */
  distance: Metres | undefined;
  /** Their picture as it is shown. */
  shown: MediaStream | undefined;
  /** Their screen as it is shown. */
  screenShown: MediaStream | undefined;
}

/** Where what comes is kept. */
const PLACES = { mic: 'audio', cam: 'video', screen: 'screen', 'screen-audio': 'screenAudio' } as const;

export interface PeopleCallbacks {
  addVoice(track: MediaStreamTrack): Voice;
  onVoice(id: PersonId, playing: boolean): void;
  onVideo(id: PersonId, stream: MediaStream | undefined): void;
  onScreen(id: PersonId, stream: MediaStream | undefined): void;
  /** Asked whether somebody says that they send a source: what comes all the same is neither played nor shown. */
  sends?(id: PersonId, source: MediaSource): boolean;
}

/** Joins what the plan wants with what a path offers: a voice plays, a picture shows, when both agree. */
export interface People {
  handlePlan(entries: readonly PlanEntry[]): void;
  handleIncoming(id: PersonId, source: MediaSource, incoming: Incoming | undefined): void;
  /** What people say that they send has changed. */
  refresh(): void;
  all(): IterableIterator<Person>;
  get(id: PersonId): Person | undefined;
}

export function createPeople(callbacks: PeopleCallbacks): People {
  const people = new Map<PersonId, Person>();

  function person(id: PersonId): Person {
    let found = people.get(id);
    if (!found) {
      found = {
        id,
        plan: undefined,
        audio: undefined,
        video: undefined,
        screen: undefined,
        screenAudio: undefined,
        voice: undefined,
        screenVoice: undefined,
        playing: false,
        distance: undefined,
        shown: undefined,
        screenShown: undefined,
      };
      people.set(id, found);
    }
    return found;
  }

  const flows = ({ id }: Person, source: MediaSource, incoming: Incoming | undefined): incoming is Incoming =>
    incoming?.flowing === true && (callbacks.sends?.(id, source) ?? true);

  function settle(one: Person): void {
    one.voice = voiceOf(one.voice, one.audio);
    one.screenVoice = voiceOf(one.screenVoice, one.screenAudio);
    const playing = one.voice !== undefined && flows(one, 'mic', one.audio) && one.plan?.audio === true;
    one.voice?.setPlaying(playing);
    if (playing !== one.playing) {
      one.playing = playing;
      callbacks.onVoice(one.id, playing);
    }
    const screenPart = one.plan?.screen ?? 0;
    one.screenVoice?.setPlaying(flows(one, 'screen-audio', one.screenAudio) && screenPart === 2);
    const shown = pictureOf(
      one.shown,
      flows(one, 'cam', one.video) && (one.plan?.video ?? 0) > 0 ? one.video : undefined,
    );
    if (shown !== one.shown) {
      one.shown = shown;
      callbacks.onVideo(one.id, shown);
    }
    const screenShown = pictureOf(
      one.screenShown,
      flows(one, 'screen', one.screen) && screenPart > 0 ? one.screen : undefined,
    );
    if (screenShown !== one.screenShown) {
      one.screenShown = screenShown;
      callbacks.onScreen(one.id, screenShown);
    }
    if (!one.plan && !one.audio && !one.video && !one.screen && !one.screenAudio) people.delete(one.id);
  }

  /** The voice that plays this; a new one where the track is another. */
  function voiceOf(voice: Voice | undefined, incoming: Incoming | undefined): Voice | undefined {
    if (voice?.track === incoming?.track) return voice;
    voice?.close();
    return incoming && callbacks.addVoice(incoming.track);
  }

  return {
    handlePlan(entries) {
      const plans = new Map(entries.map((entry) => [entry.id, entry]));
      for (const id of plans.keys()) person(id);
      for (const one of [...people.values()]) {
        one.plan = plans.get(one.id);
        settle(one);
      }
    },
    handleIncoming(id, source, incoming) {
      const one = person(id);
      one[PLACES[source]] = incoming;
      settle(one);
    },
    refresh() {
      for (const one of [...people.values()]) settle(one);
    },
    all: () => people.values(),
    get: (id) => people.get(id),
  };
}

/**
 * A picture as it is shown: one stream for as long as somebody is seen. Another track takes the place of the one in it,
 * since an element that is given another stream is black until that one's first picture.
 */
function pictureOf(before: MediaStream | undefined, incoming: Incoming | undefined): MediaStream | undefined {
  const track = incoming?.track;
  if (!track) return undefined;
  if (!before) return new MediaStream([track]);
  const others = before.getTracks().filter((one) => one !== track);
  if (others.length === 0) return before;
  before.addTrack(track);
  for (const other of others) before.removeTrack(other);
  return before;
}
