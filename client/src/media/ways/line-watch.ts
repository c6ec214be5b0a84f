import type { MediaMode, Milliseconds, PersonId } from '@chatmux/schema';
import type { LineQuality } from '../../store/types.ts';
import { type InboundStats, inboundOf } from '../inbound-stats.ts';
import type { Person } from '../people.ts';
import { createLineQuality } from './line-quality.ts';

/** How the voice of one person came in during the last look, for developers. */
export interface PersonLine {
  id: PersonId;
  mode: MediaMode;
  /** Lost of what was sent, 0 to 1. */
  loss: number;
  jitterMs: Milliseconds | undefined;
  roundTripMs: Milliseconds | undefined;
  /** Size of their picture, in pixels; 0 where there is none. */
  width: number;
  height: number;
}

export interface LineWatchOptions {
  people(): Iterable<Person>;
  modeOf(id: PersonId): MediaMode;
  /** Told when it changes. */
  onQuality(quality: LineQuality): void;
}

const LOOK_MS: Milliseconds = 2000;

/** Looks every two seconds how the voices that play come in. */
export function createLineWatch({ people, modeOf, onQuality }: LineWatchOptions) {
  const line = createLineQuality();
  /** Counts of the look before, by the id of the stream they are of. */
  let before = new Map<string, InboundStats>();
  let lines: PersonLine[] = [];
  let told: LineQuality = 'good';
  let looking = false;
  let closed = false;

  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    try {
      const playing = [...people()].filter((person) => person.playing && person.audio?.receiver);
      const now = new Map<string, InboundStats>();
      const found = await Promise.all(playing.map((person) => lookAt(person, now)));
      if (closed) return;
      before = now;
      lines = found.map(({ line: one }) => one);
      const quality = line.look({
        voices: found.filter(({ known }) => known).length,
        packets: sum(found.map(({ packets }) => packets)),
        lost: sum(found.map(({ lost }) => lost)),
        answers: sum(found.map(({ answers }) => answers)),
        jitterMs: worst(lines.map(({ jitterMs }) => jitterMs)),
        roundTripMs: worst(lines.map(({ roundTripMs }) => roundTripMs)),
      });
      if (quality !== told) onQuality(quality);
      told = quality;
    } finally {
      looking = false;
    }
  }

  async function lookAt({ id, audio, video }: Person, now: Map<string, InboundStats>) {
    const stats = inboundOf([...((await audio?.receiver?.getStats())?.entries() ?? [])]);
    const name = `${id} ${audio?.track.id}`;
    now.set(name, stats);
    const last = before.get(name);
    const packets = Math.max(stats.packetsReceived - (last?.packetsReceived ?? 0), 0);
    const lost = Math.max(stats.packetsLost - (last?.packetsLost ?? 0), 0);
    // Where answers aren't counted, silence must not be taken for a lost line.
    const answers = stats.answers === undefined ? 1 : Math.max(stats.answers - (last?.answers ?? 0), 0);
    const size = video?.flowing ? video.track.getSettings() : undefined;
    const one: PersonLine = {
      id,
      mode: modeOf(id),
      loss: packets + lost > 0 ? lost / (packets + lost) : 0,
      jitterMs: stats.jitterMs,
      roundTripMs: stats.roundTripMs,
      width: size?.width ?? 0,
      height: size?.height ?? 0,
    };
    // One that has just begun is judged from the next look on.
    return { line: one, known: last !== undefined, packets, lost, answers };
  }

  const timer = setInterval(() => {
    look().catch((error: unknown) => console.warn('how voices come in can’t be seen', error));
  }, LOOK_MS);

  return {
    /** As it was at the last look. */
    lines: (): readonly PersonLine[] => lines,
    close() {
      closed = true;
      clearInterval(timer);
    },
  };
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

function worst(values: (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}
