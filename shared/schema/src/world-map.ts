import { z } from 'zod';

/**
 * A world is data: `assets/worlds/NAME.json`. Server and client read the same file, so what stops a body is what is drawn.
 * All lengths in metres, all angles in degrees (people write these files), y is up.
 */

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
] as const;

export const GROUND_LOOKS = ['grass', 'stone', 'path', 'sand', 'water', 'wood'] as const;

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
  /** Words on it, for signs. */
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

export const worldMapSchema = z.strictObject({
  format: z.literal(1),
  id: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
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
});

export type WorldMap = z.infer<typeof worldMapSchema>;
export type WorldThing = WorldMap['things'][number];
export type WorldGround = WorldMap['grounds'][number];

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
