import { loudnessAt } from '@chatmux/engine';
import type { Chatmux } from './chatmux.ts';
import type { ShownBody } from '../sim/types.ts';
import type { WorldSession } from './world-session.ts';

const metres = (value: number) => `${value.toFixed(2)} m`;
const ms = (value: number) => `${Math.round(value)} ms`;

/** Facts for the developer panel, in the order they are read. */
export function describe(session: WorldSession): { group: string; label: string; value: string }[] {
  const { sim, facts } = session;
  if (!sim) return [];
  const { me, clock, prediction } = sim;
  const rows = [
    { group: 'Me', label: 'place', value: `${me.x.toFixed(2)}, ${me.z.toFixed(2)}` },
    { group: 'Me', label: 'speed', value: `${me.speed.toFixed(1)} m/s` },
    {
      group: 'Me',
      label: 'corrections',
      value: `${prediction.corrections.count}, largest ${metres(prediction.corrections.largest)}`,
    },
    { group: 'Others', label: 'in sight', value: String(sim.others.size) },
    { group: 'Others', label: 'shown behind', value: ms(clock.delayMs) },
    { group: 'Others', label: 'jitter', value: ms(clock.jitterMs) },
  ];
  for (const { id, audio, video, heardBy, seenBy } of facts.plan) {
    const body = sim.others.get(id);
    const distance = body ? Math.hypot(body.x - me.x, body.z - me.z) : Number.NaN;
    rows.push({
      group: `Person ${id}`,
      label: `at ${metres(distance)}`,
      value: `loudness ${loudnessAt(distance).toFixed(2)}; we get ${audio ? 'voice' : 'no voice'}, video ${video}; they get ${heardBy ? 'voice' : 'no voice'}, video ${seenBy}`,
    });
  }
  for (const voice of session.media.inspect())
    rows.push({
      group: `Person ${voice.id}`,
      label: 'sound',
      value: `gain ${voice.gain.toFixed(3)}, level ${voice.level.toFixed(4)}, ${voice.mode}`,
    });
  return rows;
}

/** Numbers of this browser's own session: nothing that the page doesn't have anyway. */
function createInspection(app: Chatmux) {
  return {
    me: () => {
      const me = app.session?.sim?.me;
      return me && { ...me };
    },
    others: (): Record<string, ShownBody> =>
      Object.fromEntries([...(app.session?.sim?.others ?? [])].map(([id, body]) => [id, { ...body }])),
    view: () => app.session?.sim?.view,
    corrections: () => app.session?.sim?.prediction.corrections,
    plan: () => app.session?.facts.plan,
    voices: () => app.session?.media.inspect() ?? [],
    stats: () => app.session?.media.stats(),
  };
}
export type Inspection = ReturnType<typeof createInspection>;

/** Lets tests and curious people read those numbers from the console of a page opened with `?inspect`. */
export function exposeInspection(app: Chatmux): void {
  if (new URLSearchParams(location.search).has('inspect'))
    Object.assign(window, { chatmux: createInspection(app) });
}
