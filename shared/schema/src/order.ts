import { z } from 'zod';
import { identityIdSchema } from './account-ids.ts';
import { personId } from './ids.ts';
import { slugSchema } from './world-map.ts';

/**
 * Who may do what in a world, and what travels about it: a message to its room about people who are there, and bodies and
 * answers of `/api/world/…` about everything else. Times are milliseconds since 1970.
 */

/** What somebody may be in a world; each may all that those before it may. The roster says their number. */
export const ROLES = ['guest', 'member', 'moderator', 'owner'] as const;
export type Role = (typeof ROLES)[number];
/** Index into ROLES. */
export type RoleNumber = 0 | 1 | 2 | 3;
export const ROLE = { guest: 0, member: 1, moderator: 2, owner: 3 } as const satisfies Record<
  Role,
  RoleNumber
>;

/** The room closes a line with this after `put-out`: nobody comes back by themselves. */
export const PUT_OUT_CODE = 4403;

/** Longest ban that ends, in hours: a year. */
const MOST_HOURS = 24 * 366;

/** What a moderator does about somebody here who is less than they are. */
export const moderateSchema = z.discriminatedUnion('do', [
  /** They leave now, and may come again. */
  z.strictObject({ do: z.literal('put-out'), id: personId }),
  /** They leave, and don't come again for so long; null: for good. */
  z.strictObject({ do: z.literal('ban'), id: personId, hours: z.int().min(1).max(MOST_HOURS).nullable() }),
  /** Neither their microphone nor a screen of theirs comes through, for an hour. */
  z.strictObject({ do: z.literal('mute'), id: personId }),
  z.strictObject({ do: z.literal('unmute'), id: personId }),
]);
export type ModerateMessage = z.infer<typeof moderateSchema>;

/** We have to leave, and why, in words. */
export interface PutOutMessage {
  words: string;
}

/** What an invite's link carries: 16 random bytes in base64url. The server stores only their hash. */
export const inviteSecretSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
const inviteId = z.string().regex(/^[A-Za-z0-9_-]{11}$/);
const world = slugSchema;

/** Bodies of requests. */
export const orderRequests = {
  /** `/api/world/order` */
  world: z.strictObject({ world }),
  /** `/api/world/appoint`; guest: a role is taken back. */
  appoint: z.strictObject({ world, id: identityIdSchema, role: z.enum(ROLES) }),
  /** `/api/world/lift`: a ban or a mute. */
  lift: z.strictObject({ world, sanction: z.int().min(1) }),
  /** `/api/world/lock`: only members come in. */
  lock: z.strictObject({ world, locked: z.boolean() }),
  /** `/api/world/invite` */
  invite: z.strictObject({
    world,
    role: z.enum(['member', 'moderator', 'owner']),
    uses: z.int().min(1).max(1000),
    hours: z
      .int()
      .min(1)
      .max(24 * 90),
  }),
  /** `/api/world/revoke` */
  revoke: z.strictObject({ world, invite: inviteId }),
  /** `/api/invites/look` and `/api/invites/accept` */
  secret: z.strictObject({ invite: inviteSecretSchema }),
};

const role = z.enum(ROLES);
/** Undefined where they are no more. */
const by = z.string().optional();

const sanctionSchema = z.object({
  id: z.number(),
  what: z.enum(['ban', 'mute']),
  /** Of an identity as it is called now, of a guest as it was. */
  name: z.string(),
  isGuest: z.boolean(),
  since: z.number(),
  until: z.number().nullable(),
  by,
});
export type SanctionView = z.infer<typeof sanctionSchema>;

const inviteSchema = z.object({
  id: inviteId,
  role,
  uses: z.number(),
  used: z.number(),
  until: z.number(),
  by,
});
export type InviteView = z.infer<typeof inviteSchema>;

/** What is kept of what was done. */
export const DEEDS = [
  'put-out',
  'ban',
  'mute',
  'unmute',
  'lift',
  'appoint',
  'lock',
  'unlock',
  'invite',
  'revoke',
  'accept',
] as const;
export type Deed = (typeof DEEDS)[number];

const entrySchema = z.object({
  id: z.number(),
  at: z.number(),
  deed: z.enum(DEEDS),
  by,
  /** To whom, where it was to somebody. */
  of: z.string().optional(),
  /** Of `appoint`, `invite`, `revoke` and `accept`. */
  role: role.optional(),
  /** Of `ban`. */
  hours: z.number().nullable().optional(),
});
export type LogEntry = z.infer<typeof entrySchema>;

/** How a world is kept in order: for its moderators and owners. */
export const orderSchema = z.object({
  /** One's own. */
  role,
  locked: z.boolean(),
  /** Who has a role, highest first, then by name. `everywhere`: in all worlds of this server. */
  people: z.array(
    z.object({ id: z.string(), name: z.string(), colour: z.number(), role, everywhere: z.boolean() }),
  ),
  /** Those that hold, newest first. */
  sanctions: z.array(sanctionSchema),
  /** Those that can still be used. */
  invites: z.array(inviteSchema),
  /** The last hundred things that were done, newest first. */
  log: z.array(entrySchema),
});
export type Order = z.infer<typeof orderSchema>;

/** Answers, by what they are about. */
export const orderAnswers = {
  /** Of all but those below. */
  order: z.object({ order: orderSchema }),
  /** Of `/api/world/invite`. The secret is told this once. */
  invited: z.object({ order: orderSchema, secret: inviteSecretSchema }),
  /** Of `/api/invites/look`: what it is to. `name`: of the world; absent where it is to all of them. */
  invite: z.object({ world: z.string(), name: z.string().optional(), role, by }),
  /** Of `/api/invites/accept`: what one is now. */
  accepted: z.object({ world: z.string(), role }),
};
export type InviteLook = z.infer<typeof orderAnswers.invite>;
