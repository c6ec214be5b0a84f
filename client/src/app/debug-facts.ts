import { cellCentre, cellOf, HEAR, JOIN_METRES, LEAVE_METRES, PREPARE, RINGS, SEE } from '@chatmux/engine';
import { CELL_METRES, TICK_HZ, type WorldZone } from '@chatmux/schema';
import { outlineOf } from '../scene/people/circle-outline.ts';
import { circleColour } from '../store/circle-colours.ts';
import { circleMembers } from '../store/circle-members.ts';
import { isSpeaking } from '../store/speaking.ts';
import { store } from '../store/store.ts';
import type { WorldSession } from './world-session.ts';

/** Distances that rule the server's plans and circles, in metres, for drawing: the server alone decides by them. */
const RADII = [
  { label: 'circle: join', metres: JOIN_METRES },
  { label: 'circle: leave', metres: LEAVE_METRES },
  { label: 'see', metres: SEE.enter },
  { label: 'hear', metres: HEAR.enter },
  { label: 'prepare', metres: PREPARE.enter },
] as const;
/** Drawn around members, wide enough to hold their dots. */
const HULL_MARGIN = 0.9;

interface Place {
  x: number;
  z: number;
}

/** One look at what runs, for the developer panel's map and graph. Metres; milliseconds; counts since the start. */
export interface DebugFacts {
  me: Place & { yaw: number };
  people: (Place & { id: number; name: string; colour: number; circle: number; speaking: boolean })[];
  circles: { id: number; locked: boolean; colour: string; outline: Place[] }[];
  zones: readonly WorldZone[];
  /** Cells whose poses we are told, by their middles, with how often. */
  cells: (Place & { hertz: number })[];
  cellMetres: number;
  radii: readonly { label: string; metres: number }[];
  net: {
    roundTripMs: number | undefined;
    delayMs: number;
    jitterMs: number;
    frames: number;
    bytes: number;
    corrections: number;
  };
}

/** Everything the developer panel draws; undefined before the world is there. */
export function debugFacts({ sim, map }: Pick<WorldSession, 'sim' | 'map'>): DebugFacts | undefined {
  if (!sim || !map) return undefined;
  const state = store.getState();
  const { me, others, clock, prediction, traffic } = sim;
  const placeOf = (id: number) => (id === state.me ? me : others.get(id));
  const people = [...others].map(([id, { x, z }]) => {
    const person = state.people[id];
    const { name = `#${id}`, colour = 0, circle = 0 } = person ?? {};
    return { id, x, z, name, colour, circle, speaking: isSpeaking(state, id) };
  });
  const circles = [...circleMembers(state.people)].flatMap(([id, members]) => {
    const outline = outlineOf(
      members.flatMap((member) => placeOf(member.id) ?? []),
      HULL_MARGIN,
    );
    const locked = state.circles[id]?.locked ?? false;
    return outline.length > 0 ? [{ id, locked, colour: circleColour(id), outline }] : [];
  });
  return {
    me: { x: me.x, z: me.z, yaw: me.yaw },
    people,
    circles,
    zones: map.zones,
    cells: cellsAround(me),
    cellMetres: CELL_METRES,
    radii: RADII,
    net: {
      roundTripMs: state.connection.roundTripMs,
      delayMs: clock.delayMs,
      jitterMs: clock.jitterMs,
      frames: traffic.frames,
      bytes: traffic.bytes,
      corrections: prediction.corrections.count,
    },
  };
}

function cellsAround(me: Place): DebugFacts['cells'] {
  const anchor = cellOf(me.x, me.z);
  return RINGS.flatMap(({ log, offsets }) =>
    offsets.map((offset) => ({ ...cellCentre(anchor + offset), hertz: TICK_HZ / 2 ** log })),
  );
}
