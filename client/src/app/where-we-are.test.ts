import { buildZoneMap } from '@chatmux/engine';
import type { WorldZone } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import type { AppState, PersonView } from '../store/types.ts';
import { circleAhead, WhereWeAre } from './where-we-are.ts';

const area = { shape: 'box', x: 0, z: 0, turn: 0 } as const;
const zones: WorldZone[] = [
  { kind: 'hall', id: 'hall', name: 'The hall', ...area, width: 20, depth: 20 },
  { kind: 'stage', id: 'stage', name: 'The stage', ...area, width: 4, depth: 4, hall: 'hall' },
  { kind: 'room', id: 'room', name: 'Meeting room', ...area, x: 40, width: 6, depth: 6 },
];

describe('WhereWeAre', () => {
  it('names the zone that says most, and keeps it a step outside its edge', () => {
    const where = new WhereWeAre(buildZoneMap({ zones }));
    expect(where.zone({ x: 100, z: 0 })).toBeUndefined();
    expect(where.zone({ x: 8, z: 0 })?.name).toBe('The hall');
    expect(where.zone({ x: 1, z: 0 })?.name).toBe('The stage');
    expect(where.zone({ x: 2.2, z: 0 })?.name).toBe('The stage');
    expect(where.zone({ x: 3, z: 0 })?.name).toBe('The hall');
    expect(where.zone({ x: 40, z: 2 })).toMatchObject({ kind: 'room', name: 'Meeting room' });
  });
});

describe('circleAhead', () => {
  const person = (id: number, circle: number, more: Partial<PersonView> = {}): PersonView => ({
    id,
    identity: '',
    alsoMe: false,
    name: `N${id}`,
    colour: 0,
    mic: false,
    cam: false,
    screen: false,
    here: true,
    deaf: false,
    busy: false,
    speaking: false,
    role: 0,
    muted: false,
    pronouns: '',
    about: '',
    circle,
    me: id === 1,
    ...more,
  });
  const state = (mine: number, locked: number[]): Pick<AppState, 'people' | 'circles' | 'me'> => ({
    me: 1,
    people: { 1: person(1, mine), 2: person(2, 5), 3: person(3, 5), 4: person(4, 6), 5: person(5, 6) },
    circles: { 5: { id: 5, locked: locked.includes(5) }, 6: { id: 6, locked: locked.includes(6) } },
  });
  const places: Record<number, { x: number; z: number }> = {
    2: { x: 3, z: 0 },
    3: { x: 5, z: 0 },
    4: { x: -2, z: 0 },
  };
  const at = { x: 0, z: 0 };
  const placeOf = (id: number) => places[id];

  it('is the nearest locked one', () => {
    expect(circleAhead(at, state(0, [5, 6]), placeOf)).toBe(6);
    expect(circleAhead(at, state(0, [5]), placeOf)).toBe(5);
  });
  it('is none that is open, our own, or far', () => {
    expect(circleAhead(at, state(0, []), placeOf)).toBe(0);
    expect(circleAhead(at, state(5, [5]), placeOf)).toBe(0);
    expect(circleAhead({ x: -9, z: 0 }, state(0, [5, 6]), placeOf)).toBe(0);
  });
});
