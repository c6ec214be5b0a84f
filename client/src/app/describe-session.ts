import { loudnessOf } from '@chatmux/engine';
import { store } from '../store/store.ts';
import type { WorldSession } from './world-session.ts';

const metres = (value: number) => `${value.toFixed(2)} m`;
const ms = (value: number) => `${Math.round(value)} ms`;

/** Facts for the developer panel, in the order they are read. */
export function describeSession(session: WorldSession): { group: string; label: string; value: string }[] {
  const { sim, facts } = session;
  if (!sim) return [];
  const { me, clock, prediction } = sim;
  const { sound } = store.getState();
  const rows = [
    { group: 'Me', label: 'place', value: `${me.x.toFixed(2)}, ${me.z.toFixed(2)}` },
    { group: 'Me', label: 'speed', value: `${me.speed.toFixed(1)} m/s` },
    {
      group: 'Me',
      label: 'corrections',
      value: `${prediction.corrections.count}, largest ${metres(prediction.corrections.largest)}`,
    },
    { group: 'Sound', label: 'step', value: `${sound.rung}: ${sound.why}` },
    { group: 'Sound', label: 'way out', value: sound.way },
    { group: 'Others', label: 'in sight', value: String(sim.others.size) },
    { group: 'Others', label: 'shown behind', value: ms(clock.delayMs) },
    { group: 'Others', label: 'jitter', value: ms(clock.jitterMs) },
  ];
  for (const { id, audio, video, carry, heardBy, seenBy } of facts.plan) {
    const body = sim.others.get(id);
    const distance = body ? Math.hypot(body.x - me.x, body.z - me.z) : Number.NaN;
    rows.push({
      group: `Person ${id}`,
      label: `at ${metres(distance)}`,
      value: `loudness ${loudnessOf(distance, carry).toFixed(2)}, carries ${carry}; we get ${audio ? 'voice' : 'no voice'}, video ${video}; they get ${heardBy ? 'voice' : 'no voice'}, video ${seenBy}`,
    });
  }
  for (const voice of session.media.inspect())
    rows.push({
      group: `Person ${voice.id}`,
      label: 'sound',
      value: `gain ${voice.gain.toFixed(3)}, level ${voice.level.toFixed(4)}, ${voice.kind ?? 'off the graph'}, ${voice.mode}`,
    });
  for (const line of session.media.lines())
    rows.push({
      group: `Person ${line.id}`,
      label: `line, ${line.mode}`,
      value: `loss ${(line.loss * 100).toFixed(1)} %, jitter ${known(line.jitterMs)}, round trip ${known(line.roundTripMs)}, picture ${line.width} × ${line.height}`,
    });
  return rows;
}

const known = (value: number | undefined) => (value === undefined ? 'unknown' : ms(value));
