import { z } from 'zod';

/**
 * A world is data: `assets/worlds/NAME.json`. Server and client read the same file, so what stops a body is what is drawn.
 * All lengths in metres, all angles in degrees (people write these files), y is up.
 */

/** A short name in addresses and files. */
export const slugSchema = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/);

const finite = z.number().finite();
const coordinate = finite.min(-500).max(500);
const size = finite.positive().max(400);

/** What a thing looks like; the client draws each of these. */
export const THING_LOOKS = [
  'wall',
  'hedge',
  'house',
  'tree',
  'pine',
  'bush',
  'bench',
  'lamp',
  'fountain',
  'rock',
  'flowers',
  'stall',
  'sign',
  'arch',
  'table',
  'pillar',
  'stage',
  'portal',
  'palm',
  'parasol',
  'boat',
  'campfire',
  'fence',
  'buoys',
] as const;

export const GROUND_LOOKS = ['grass', 'stone', 'path', 'sand', 'water', 'wood', 'sea', 'rug'] as const;

const thingSchema = z.strictObject({
  look: z.enum(THING_LOOKS),
  x: coordinate,
  z: coordinate,
  /** Turn about y in degrees, 0 looks towards +z. */
  turn: finite.min(-360).max(360).default(0),
  /** Extent along its own x, y and z before the turn. */
  width: size,
  height: size,
  depth: size,
  /** What stops a body: a box of width × depth, a circle of diameter width, or nothing. */
  solid: z.enum(['box', 'circle', 'none']),
  /** Words on it, for signs and portals. */
  text: z.string().max(60).optional(),
  /** Variation of the look, 0 to 7: another tint, another roof. */
  variant: z.int().min(0).max(7).default(0),
});

const groundSchema = z.strictObject({
  look: z.enum(GROUND_LOOKS),
  shape: z.enum(['box', 'circle']),
  x: coordinate,
  z: coordinate,
  turn: finite.min(-360).max(360).default(0),
  width: size,
  depth: size,
});

const zoneArea = {
  id: slugSchema,
  /** As people read it. */
  name: z.string().min(1).max(60),
  shape: z.enum(['box', 'circle']),
  x: coordinate,
  z: coordinate,
  /** Its front looks there; its name is written before it. */
  turn: finite.min(-360).max(360).default(0),
  /** A circle's diameter, given twice. */
  width: size,
  depth: size,
};

/**
 * An area with rules of its own. Where two of a kind overlap, the first of the file counts.
 * - room: everyone inside hears everyone inside, and nothing goes through its walls
 * - hall: the audience of a stage
 * - stage: who stands on it is heard in its whole hall (a hall, or a room); with a megaphone, in the whole world
 * - quiet: voices carry a short way
 * - portal: who steps in leaves for another world (or another place of this one), and arrives beside its portal
 */
const zoneSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('room'), ...zoneArea }),
  z.strictObject({ kind: z.literal('hall'), ...zoneArea }),
  z.strictObject({
    kind: z.literal('stage'),
    ...zoneArea,
    hall: slugSchema,
    megaphone: z.literal(true).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('quiet'), ...zoneArea }),
  z.strictObject({
    kind: z.literal('portal'),
    ...zoneArea,
    to: z.strictObject({ world: slugSchema, portal: slugSchema.optional() }),
    /** Where those stand who come by it, in front of it. */
    arrive: z.strictObject({ x: coordinate, z: coordinate, turn: finite.min(-360).max(360) }),
  }),
]);

const mapShape = z.strictObject({
  format: z.literal(1),
  id: slugSchema,
  name: z.string().min(1).max(60),
  /** Nobody leaves this rectangle. */
  bounds: z
    .strictObject({ minX: coordinate, maxX: coordinate, minZ: coordinate, maxZ: coordinate })
    .refine((b) => b.maxX - b.minX >= 4 && b.maxZ - b.minZ >= 4, 'bounds must be at least 4 m wide and deep'),
  /** Where people arrive: somewhere in a circle, facing `turn`. */
  spawn: z.strictObject({
    x: coordinate,
    z: coordinate,
    radius: finite.min(0).max(50),
    turn: finite.min(-360).max(360),
  }),
  grounds: z.array(groundSchema).max(500),
  things: z.array(thingSchema).max(5000),
  zones: z.array(zoneSchema).max(500).default([]),
});

export const worldMapSchema = mapShape.superRefine(({ zones }, context) => {
  const fault = (index: number, key: string, message: string) =>
    context.addIssue({ code: 'custom', path: ['zones', index, key], message });
  const kinds = new Map<string, string>();
  zones.forEach((zone, index) => {
    if (kinds.has(zone.id)) fault(index, 'id', `another zone is called “${zone.id}” already`);
    kinds.set(zone.id, zone.kind);
    if (zone.shape === 'circle' && zone.width !== zone.depth)
      fault(index, 'depth', 'a circle is as deep as it is wide');
  });
  zones.forEach((zone, index) => {
    if (zone.kind !== 'stage') return;
    const kind = kinds.get(zone.hall);
    if (kind !== 'hall' && kind !== 'room')
      fault(index, 'hall', `there is no hall or room called “${zone.hall}”`);
  });
});

export type WorldMap = z.infer<typeof worldMapSchema>;
export type WorldThing = WorldMap['things'][number];
export type WorldGround = WorldMap['grounds'][number];
export type WorldZone = WorldMap['zones'][number];

/**
 * Checks a world file.
 * @param source name of the file, for the message
 * @throws Error naming the file, the path inside it and the fault
 */
export function parseWorldMap(data: unknown, source: string): WorldMap {
  const result = worldMapSchema.safeParse(data);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `  ${issue.path.join('.') || '(top)'}: ${issue.message}`);
  throw new Error(`World file ${source} is not valid:\n${faults.join('\n')}`);
}
