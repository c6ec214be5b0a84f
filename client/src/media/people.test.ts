import type { MediaSource, PlanEntry } from '@chatmux/schema';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Incoming } from './path.ts';
import { createPeople } from './people.ts';
import type { Voice } from './sound/voice.ts';

/** Node has none: what is shown is known by its track alone. */
class Stream {
  readonly tracks: Set<MediaStreamTrack>;
  constructor(tracks: readonly MediaStreamTrack[]) {
    this.tracks = new Set(tracks);
  }
  getTracks() {
    return [...this.tracks];
  }
  addTrack(track: MediaStreamTrack) {
    this.tracks.add(track);
  }
  removeTrack(track: MediaStreamTrack) {
    this.tracks.delete(track);
  }
}
beforeEach(() => vi.stubGlobal('MediaStream', Stream));
afterEach(() => vi.unstubAllGlobals());

const entry = (change: Partial<PlanEntry> = {}): PlanEntry => ({
  id: 5,
  audio: true,
  video: 3,
  screen: 2,
  carry: 'distance',
  heardBy: true,
  seenBy: 3,
  screenSeenBy: 0,
  ...change,
});
const incoming = (flowing = true): Incoming => ({
  track: { id: crypto.randomUUID() } as MediaStreamTrack,
  flowing,
  receiver: undefined,
  label: 'one',
});

function people() {
  const sent = new Set<MediaSource>(['mic', 'cam', 'screen', 'screen-audio']);
  const heard = new Map<MediaStreamTrack, boolean>();
  const told: string[] = [];
  const made = createPeople({
    addVoice: (track) =>
      ({
        track,
        close: () => undefined,
        setPlaying: (on: boolean) => heard.set(track, on),
      }) as unknown as Voice,
    onVoice: (id, playing) => told.push(`voice ${id} ${playing ? 'plays' : 'ends'}`),
    onVideo: (id, stream) => told.push(`face ${id} ${stream ? 'shown' : 'gone'}`),
    onScreen: (id, stream) => told.push(`screen ${id} ${stream ? 'shown' : 'gone'}`),
    sends: (_id, source) => sent.has(source),
  });
  return { made, sent, heard, told };
}

it('plays and shows what is wanted, comes and flows', () => {
  const { made, told } = people();
  made.handlePlan([entry()]);
  made.handleIncoming(5, 'mic', incoming(false));
  expect(told).toEqual([]);
  made.handleIncoming(5, 'mic', incoming());
  made.handleIncoming(5, 'cam', incoming());
  expect(told).toEqual(['voice 5 plays', 'face 5 shown']);
  made.handlePlan([entry({ audio: false, video: 0 })]);
  expect(told.slice(2)).toEqual(['voice 5 ends', 'face 5 gone']);
});

it('shows another track of a face in the stream that is there: elements would be black at first', () => {
  const { made, told } = people();
  made.handlePlan([entry()]);
  made.handleIncoming(5, 'cam', incoming());
  const shown = made.get(5)?.shown;
  const next = incoming();
  made.handleIncoming(5, 'cam', next);
  expect(made.get(5)?.shown).toBe(shown);
  expect(shown?.getTracks()).toEqual([next.track]);
  expect(told).toEqual(['face 5 shown']);
});

it('neither plays nor shows what somebody says they don’t send, from the moment on that they say so', () => {
  const { made, sent, heard, told } = people();
  const sound = incoming();
  made.handlePlan([entry()]);
  for (const source of ['mic', 'cam', 'screen'] as const) made.handleIncoming(5, source, incoming());
  made.handleIncoming(5, 'screen-audio', sound);
  expect(heard.get(sound.track)).toBe(true);
  told.length = 0;
  sent.clear();
  made.refresh();
  expect(told).toEqual(['voice 5 ends', 'face 5 gone', 'screen 5 gone']);
  expect(heard.get(sound.track)).toBe(false);
  sent.add('mic');
  made.refresh();
  expect(told.slice(3)).toEqual(['voice 5 plays']);
});

it('forgets people of whom nothing is wanted and nothing comes', () => {
  const { made } = people();
  made.handlePlan([entry()]);
  made.handleIncoming(5, 'mic', incoming());
  made.handlePlan([]);
  expect(made.get(5)).toBeDefined();
  made.handleIncoming(5, 'mic', undefined);
  expect(made.get(5)).toBeUndefined();
});
