import { clientMessages } from '@chatmux/schema';
import { z } from 'zod';
import type { Command } from '../world/types.ts';

const id = z.int().min(1).max(65535);
const role = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]);
const look = { name: z.string().max(200), colour: z.int().min(0).max(255) };

/** A command as a recording holds it. Recordings come from our own server; this finds those that don't. */
export const commandSchema: z.ZodType<Command> = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('join'),
    id,
    session: z.string().max(40),
    ...look,
    at: z.strictObject({ x: z.number(), z: z.number(), yaw: z.number() }),
  }),
  z.strictObject({ type: z.literal('leave'), id }),
  z.strictObject({ type: z.literal('drop'), id }),
  z.strictObject({ type: z.literal('return'), id, as: z.strictObject(look).exactOptional() }),
  z.strictObject({
    type: z.literal('identify'),
    id,
    identity: z.string().max(22),
    as: z.strictObject(look).exactOptional(),
  }),
  z.strictObject({ type: z.literal('role'), id, role }),
  z.strictObject({ type: z.literal('mute'), id, on: z.boolean() }),
  z.strictObject({ type: z.literal('about'), id, pronouns: z.string().max(200), about: z.string().max(400) }),
  z.strictObject({ type: z.literal('input'), id, input: clientMessages.input }),
  z.strictObject({ type: z.literal('devices'), id, ...clientMessages.devices.shape }),
  z.strictObject({ type: z.literal('status'), id, ...clientMessages.status.shape }),
  z.strictObject({ type: z.literal('speaking'), id, ...clientMessages.speaking.shape }),
  z.strictObject({ type: z.literal('block'), id, other: id, on: z.boolean() }),
  z.strictObject({ type: z.literal('circle'), id, ask: clientMessages.circle }),
  z.strictObject({ type: z.literal('line'), id, full: z.boolean() }),
  z.strictObject({ type: z.literal('replan') }),
  z.strictObject({ type: z.literal('hitch'), ticks: z.int().min(1) }),
]);
