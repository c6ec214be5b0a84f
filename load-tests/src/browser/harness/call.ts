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

/** How one stands with another as both pages have it, for whoever reads of a failure. */
async function standing(listener: Visitor, speaker: Visitor): Promise<string> {
  const told = await listener.page.evaluate(
    async ([mine, theirs]) => {
      const { people, me, others, voices, stats } = window.chatmux;
      const id = Number(Object.entries(people()).find(([, name]) => name === theirs)?.[0]);
      return {
        [mine]: me(),
        [theirs]: { id, at: others()[id], ...voices().find((one) => one.id === id) },
        received: (await stats())?.find((one) => one.id === id)?.audio,
      };
    },
    [listener.name, speaker.name] as const,
  );
  const controls = await speaker.page
    .getByRole('button', { name: /microphone|sound/i })
    .evaluateAll((buttons) => buttons.map((one) => one.getAttribute('aria-label') ?? one.textContent));
  const complaints = [...listener.complaints, ...speaker.complaints];
  return JSON.stringify({ ...told, controls, complaints });
}

/** Waits until one hears each of these. */
export async function hears(listener: Visitor, ...speakers: Visitor[]): Promise<void> {
  for (const speaker of speakers) {
    const { name } = speaker;
    try {
      await waitFor(
        async () => (await voiceOf(listener, name)).level > AUDIBLE,
        `${listener.name} hears ${name}`,
      );
    } catch (cause) {
      throw new Error(`${String(cause)}; ${await standing(listener, speaker)}`, { cause });
    }
  }
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
