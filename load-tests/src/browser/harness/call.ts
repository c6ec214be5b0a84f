import type { Visitor } from './visitor.ts';
import { waitFor } from './visitor.ts';

/** Behind gain and panner: less is nobody's voice. */
const AUDIBLE = 0.003;
/** So long nothing must come before somebody counts as silent, in milliseconds. */
const SILENCE_MS = 2000;

/** Whom each has heard: only then does silence say anything. */
const heard = new WeakMap<Visitor, ReadonlySet<Visitor>>();

/** How one person's voice stands at another, and whom it is of. */
async function voiceOf(listener: Visitor, name: string) {
  return listener.page.evaluate(async (wanted) => {
    const id = Number(Object.entries(window.chatmux.people()).find(([, known]) => known === wanted)?.[0]);
    const stats = (await window.chatmux.stats())?.find((one) => one.id === id);
    const voice = window.chatmux.voices().find((one) => one.id === id);
    return {
      level: voice?.level ?? 0,
      carry: voice?.plan?.carry,
      packets: stats?.audio?.packetsReceived ?? 0,
    };
  }, name);
}

/** Waits until one hears each of these. */
export async function hears(listener: Visitor, ...speakers: Visitor[]): Promise<void> {
  for (const { name } of speakers)
    await waitFor(
      async () => (await voiceOf(listener, name)).level > AUDIBLE,
      `${listener.name} hears ${name}`,
    );
  heard.set(listener, new Set([...(heard.get(listener) ?? []), ...speakers]));
}

/** Waits until no sound of theirs comes any more; they must have been heard before. */
export async function hearsNothingOf(listener: Visitor, speaker: Visitor): Promise<void> {
  const { name } = speaker;
  if (!heard.get(listener)?.has(speaker)) throw new Error(`${listener.name} never heard ${name}`);
  await waitFor(async () => {
    const before = await voiceOf(listener, name);
    await new Promise((resolve) => setTimeout(resolve, SILENCE_MS));
    const after = await voiceOf(listener, name);
    return after.packets === before.packets && after.level < AUDIBLE;
  }, `${listener.name} hears nothing of ${name}`);
}

/** How a voice carries to somebody, as the plan has it. */
export const carryOf = async (listener: Visitor, { name }: Visitor) => (await voiceOf(listener, name)).carry;

/** Waits until everyone hears everyone. */
export async function allHear(people: readonly Visitor[]): Promise<void> {
  for (const listener of people) await hears(listener, ...people.filter((one) => one !== listener));
}
