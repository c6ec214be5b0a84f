import { setTimeout as wait } from 'node:timers/promises';
import type { Metric } from '../../../scripts/checks/bench-files.ts';
import { countedRounds, VoidRound } from './measure/rounds.ts';
import { apart, median, span } from './measure/stats.ts';
import { recordMicrophone, type Tape } from './quiet/microphone-tape.ts';
import { openQuietRoom, type QuietRoom } from './quiet/quiet-room.ts';

const PEOPLE = 30;
const BAR = 0.1;
const MAX_NOISE = 0.1;
/** Until the levels are told and the plan has followed. */
const SETTLE_MS = 4000;
const WINDOW_MS = 10_000;
/** How far the microphones may be off what they should send, besides a packet each: more, and they were what was slow. */
const MAX_OFF = 0.03;
/** What a packet carries around its bytes: IPv4, UDP and the seal of SRTP; IPv4 and TCP around a message. */
const AROUND_PACKET = 20 + 8 + 16;
const AROUND_MESSAGE = 20 + 20;

interface Cost {
  /** Bytes a second to all people together. */
  all: number;
  media: number;
  messages: number;
  upkeep: number;
}

/** Bytes a second that leave the servers while thirty are present and silent, against one of them speaking to all. */
export default async function quietCost(): Promise<Metric[]> {
  const silence = await recordMicrophone(0);
  const voice = await recordMicrophone(0.1);
  console.error(`silent: ${words(silence)}\nspeaking: ${words(voice)}`);
  const room = await openQuietRoom(PEOPLE, silence);
  try {
    const rounds = await countedRounds(async (round) => {
      const arms = ['quiet', 'one', 'again'] as const;
      const seen = new Map<string, Cost>();
      for (let turn = 0; turn < arms.length; turn++) {
        const arm = arms[(round + turn) % arms.length] ?? 'quiet';
        const tapeOf = (nth: number) => (arm === 'one' && nth === 0 ? voice : silence);
        seen.set(arm, await costOf(room, tapeOf));
      }
      const all = (arm: string) => seen.get(arm)?.all ?? Number.NaN;
      const quiet = (all('quiet') + all('again')) / 2;
      console.error(
        [...seen]
          .map(
            ([arm, cost]) =>
              `${arm}: ${Object.entries(cost)
                .map(([part, bytes]) => `${part} ${(bytes / 1000).toFixed(1)}`)
                .join(', ')} kB/s`,
          )
          .join('; '),
      );
      return { ratio: quiet / all('one'), noise: all('again') / all('quiet'), quiet };
    });
    const ratios = rounds.map(({ ratio }) => ratio);
    const selves = rounds.map(({ noise }) => noise);
    const [value, noise] = [median(ratios), median(selves.map(apart))];
    const each = median(rounds.map(({ quiet }) => quiet)) / PEOPLE;
    return [
      {
        name: 'quiet-cost',
        value,
        unit: `of what it takes when one of ${PEOPLE} speaks to all (${span(ratios)}); ${each.toFixed(0)} bytes/s a person`,
        bar: `≤ ${BAR}`,
        pass: value <= BAR,
      },
      {
        name: 'quiet-cost-noise',
        value: noise,
        unit: `quiet against itself (${span(selves)})`,
        bar: `≤ ${MAX_NOISE}`,
        pass: noise <= MAX_NOISE,
      },
    ];
  } finally {
    await room.close();
  }
}

/** What leaves the servers while the microphones send this. */
async function costOf(room: QuietRoom, tapeOf: (nth: number) => Tape): Promise<Cost> {
  room.play(tapeOf);
  await wait(SETTLE_MS);
  const spokenBefore = room.spoken();
  const before = room.sent();
  const startMs = performance.now();
  await wait(WINDOW_MS);
  const after = room.sent();
  const seconds = (performance.now() - startMs) / 1000;
  let [due, upkeep] = [0, 0];
  for (let nth = 0; nth < room.people; nth++) {
    const tape = tapeOf(nth);
    due += (tape.packets.length * 1000 * seconds) / tape.ms;
    upkeep += tape.upkeep;
  }
  const spoken = room.spoken() - spokenBefore;
  if (Math.abs(spoken - due) > MAX_OFF * due + room.people)
    throw new VoidRound(`The microphones sent ${spoken} packets, and should have sent ${due.toFixed(0)}.`);
  const packets = after.media.packets - before.media.packets;
  const media = (after.media.bytes - before.media.bytes + packets * AROUND_PACKET) / seconds;
  let messages = 0;
  for (const [kind, { messages: many, bytes }] of Object.entries(after.messages)) {
    const known = before.messages[kind] ?? { messages: 0, bytes: 0 };
    messages += (bytes - known.bytes + (many - known.messages) * AROUND_MESSAGE) / seconds;
  }
  return { all: media + messages + upkeep, media, messages, upkeep };
}

function words({ ms, packets, upkeep }: Tape): string {
  const bytes = packets.reduce((sum, { payload }) => sum + payload.length, 0);
  if (packets.length === 0) return `nothing at all; besides ${upkeep.toFixed(0)} bytes/s from the server`;
  const least = packets.filter(({ payload }) => payload.length <= 2).length;
  return `${((packets.length * 1000) / ms).toFixed(1)} packets a second of ${(bytes / packets.length).toFixed(1)} bytes, ${least} of ${packets.length} empty; besides ${upkeep.toFixed(0)} bytes/s from the server`;
}
