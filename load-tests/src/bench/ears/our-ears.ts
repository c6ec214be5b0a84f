import type { PlanEntry } from '@chatmux/schema';
import { createPeople } from '../../../../client/src/media/people.ts';
import { createVoicePlaces } from '../../../../client/src/media/sound/place-voices.ts';
import { createVoiceGraph } from '../../../../client/src/media/sound/voice-graph.ts';
import type { SoundRung } from '../../../../client/src/store/sound.ts';
import type { Walkers } from './ear-walkers.ts';

/** One way to hear walkers. */
export interface EarArm {
  move(walkers: Walkers, nowMs: number): void;
  /** Seconds of sound made so far; undefined where none is made. */
  seconds(): number | undefined;
  stop(): void;
}

const entry = (id: number): PlanEntry => ({
  id,
  audio: true,
  video: 0,
  screen: 0,
  carry: 'distance',
  heardBy: true,
  seenBy: 0,
  screenSeenBy: 0,
});

/** Our own graph, as the client has it: people, voices, limiter, and the look at who speaks. */
export async function startOurs(tracks: readonly MediaStreamTrack[], rung: SoundRung): Promise<EarArm> {
  const graph = createVoiceGraph();
  const places = createVoicePlaces();
  places.setRung(rung);
  const nothing = () => undefined;
  const people = createPeople({
    addVoice: graph.addVoice,
    onVoice: nothing,
    onVideo: nothing,
    onScreen: nothing,
  });
  people.handlePlan(tracks.map((_, i) => entry(i + 1)));
  for (const [i, track] of tracks.entries())
    people.handleIncoming(i + 1, 'mic', { track, flowing: true, receiver: undefined, label: '' });
  graph.resume();
  return {
    move: ({ listener, voices }, nowMs) =>
      places.placeAll(people.all(), (id) => voices[id - 1], listener, nowMs),
    seconds: graph.seconds,
    stop() {
      people.handlePlan([]);
      for (const [i] of tracks.entries()) people.handleIncoming(i + 1, 'mic', undefined);
      graph.close();
    },
  };
}
