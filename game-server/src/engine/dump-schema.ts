import { CARRIES } from '@chatmux/schema';
import { z } from 'zod';
import type { KeptPerson, KeptWorld } from './state-hash.ts';

/*
 * The shape of a world's state, for dumps that come from elsewhere. Nothing here changes a value: what is used is what
 * was checked, not what the check gives back.
 */

const id = z.int().min(1).max(65535);
const tick = z.int().min(-1);
const steps = z.int().min(0);
const index = z.int().min(-1);
const yesNo = z.boolean();
const body = z.strictObject({ x: z.number(), z: z.number(), yaw: z.number() });

const mover = z.strictObject({
  seq: z.int().min(-1),
  step: steps,
  body,
  held: z.strictObject({
    gait: z.union([z.literal(0), z.literal(1), z.literal(2)]),
    heading: z.int().min(0),
  }),
  ahead: steps,
  shown: body,
  credit: steps,
  unacknowledged: yesNo,
  cut: yesNo,
});

const hearing = z.strictObject({
  audio: yesNo,
  video: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  screen: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  carry: z.enum(CARRIES),
});

const person: z.ZodType<KeptPerson> = z.strictObject({
  id,
  session: z.string(),
  name: z.string(),
  colour: z.int().min(0),
  identity: z.string().max(22),
  mic: yesNo,
  cam: yesNo,
  screen: yesNo,
  here: yesNo,
  deaf: yesNo,
  busy: yesNo,
  role: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  muted: yesNo,
  pronouns: z.string(),
  about: z.string(),
  speaking: yesNo,
  spokeTick: tick,
  blocks: z.set(id),
  mover,
  zones: z.strictObject({ room: index, hall: index, stage: index, quiet: index, portal: index }),
  circle: z.int().min(0),
  hearing: z.map(id, hearing),
  heardBy: z.map(id, hearing),
  planStale: yesNo,
  planChanged: yesNo,
  wantsChanged: yesNo,
  enclosure: z.string(),
  megaphone: yesNo,
});

const circle = z.strictObject({ id, locked: yesNo, members: z.set(id) });
const link = z.strictObject({ a: id, b: id, since: tick, linked: yesNo, apartSince: tick });

export const keptSchema: z.ZodType<KeptWorld> = z.strictObject({
  tick: z.int().min(0),
  people: z.map(id, person),
  grouping: z.strictObject({
    circles: z.map(id, circle),
    links: z.map(z.int(), link),
    knocks: z.map(id, z.strictObject({ circle: id, tick, open: yesNo })),
    letIn: z.map(id, z.strictObject({ circle: id, until: tick })),
    touched: z.set(id),
    nextId: z.int().min(1),
  }),
});
