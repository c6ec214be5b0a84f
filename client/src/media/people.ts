import type { Metres, PersonId, PlanEntry } from '@chatmux/schema';
import type { Incoming, MediaKind } from './path.ts';
import type { Voice } from './voice.ts';

/** One person as media knows them. */
export interface Person {
  readonly id: PersonId;
  plan: PlanEntry | undefined;
  audio: Incoming | undefined;
  video: Incoming | undefined;
  voice: Voice | undefined;
  /** Their voice is wanted, there and flowing. */
  playing: boolean;
  /** Metres at the last frame; undefined while unknown. */
  distance: Metres | undefined;
  /** Their picture as it is shown. */
  shown: MediaStream | undefined;
}

export interface PeopleCallbacks {
  addVoice(track: MediaStreamTrack): Voice;
  onVoice(id: PersonId, playing: boolean): void;
  onVideo(id: PersonId, stream: MediaStream | undefined): void;
}

/** Joins what the plan wants with what a path offers: a voice plays, a picture shows, when both agree. */
export interface People {
  handlePlan(entries: readonly PlanEntry[]): void;
  handleIncoming(id: PersonId, kind: MediaKind, incoming: Incoming | undefined): void;
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
        voice: undefined,
        playing: false,
        distance: undefined,
        shown: undefined,
      };
      people.set(id, found);
    }
    return found;
  }

  function settle(one: Person): void {
    if (one.voice?.track !== one.audio?.track) {
      one.voice?.close();
      one.voice = one.audio && callbacks.addVoice(one.audio.track);
    }
    const playing = one.voice !== undefined && one.audio?.flowing === true && one.plan?.audio === true;
    one.voice?.setPlaying(playing);
    if (playing !== one.playing) {
      one.playing = playing;
      callbacks.onVoice(one.id, playing);
    }
    const wanted = one.video?.flowing && (one.plan?.video ?? 0) > 0 ? one.video.track : undefined;
    if (one.shown?.getTracks()[0] !== wanted) {
      one.shown = wanted && new MediaStream([wanted]);
      callbacks.onVideo(one.id, one.shown);
    }
    if (!one.plan && !one.audio && !one.video) people.delete(one.id);
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
    handleIncoming(id, kind, incoming) {
      const one = person(id);
      one[kind] = incoming;
      settle(one);
    },
    all: () => people.values(),
    get: (id) => people.get(id),
  };
}
