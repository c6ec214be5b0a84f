import { z } from 'zod';
import { identityIdSchema, ticketSchema } from './account-ids.ts';
import { PROTOCOL_VERSION } from './constants.ts';
import type { Problem } from './errors.ts';

/**
 * What travels between page and server about friends: bodies of requests to `/api/friends/…`, answers, and what the social
 * room tells. Times are milliseconds since 1970.
 */

/** Name of the room through which one hears of friends. */
export const SOCIAL_ROOM = 'social';

/** The social room closes a page so whose session is over, or was when it came. */
export const SIGNED_OUT_CODE = 4401;
/** The social room closes a line with this where one identity has very many pages open, and says so in these words. */
export const TOO_MANY_PAGES = {
  code: 4429,
  words: 'You have very many pages open. Please close some.',
} as const;

/** Options one joins the social room with: as whoever is signed in, by a ticket from their page. */
export const socialJoinSchema = z.strictObject({
  version: z.literal(PROTOCOL_VERSION),
  ticket: ticketSchema,
});

/** Bodies of requests. */
export const friendRequests = {
  somebody: z.strictObject({ id: identityIdSchema }),
  search: z.strictObject({ name: z.string().trim().min(1).max(60) }),
};

const personSchema = z.object({ id: z.string(), name: z.string(), colour: z.number() });
/** Somebody with an identity, as others see them. */
export type Somebody = z.infer<typeof personSchema>;

const sinceSchema = personSchema.extend({ since: z.number() });
const friendSchema = sinceSchema.extend({
  /** `offline` also where they would rather not say. */
  state: z.enum(['online', 'away', 'busy', 'offline']),
  /** What they say of themselves; absent where they say nothing. */
  pronouns: z.string().optional(),
  about: z.string().optional(),
  /** Where they are, while they are in a world. */
  place: z.object({ world: z.string(), name: z.string(), copy: z.number() }).optional(),
});
export type Friend = z.infer<typeof friendSchema>;

/** All that one has to do with others. Each list by name. */
export const friendsSchema = z.object({
  friends: z.array(friendSchema),
  /** Who asks to be one's friend. */
  incoming: z.array(sinceSchema),
  /** Whom one has asked, and who has not answered. */
  outgoing: z.array(sinceSchema),
  blocked: z.array(sinceSchema),
});
export type Friends = z.infer<typeof friendsSchema>;

/** Answers, by what they are about. */
export const friendAnswers = {
  friends: z.object({ friends: friendsSchema }),
  found: z.object({ found: z.array(personSchema) }),
};

/** Every message the social room may send, by type. */
export interface SocialMessages {
  /** All of it, on joining and after each change. */
  friends: Friends;
  /** A friend came, went or travelled, or looks otherwise now. */
  presence: Pick<Friend, 'id' | 'state' | 'place'> & Partial<Pick<Friend, 'name' | 'colour'>>;
  problem: Problem;
}

/** Every message a page may send to the social room, by type. */
export const socialMessages = {
  /** How somebody sits before this page: nobody touched it for a while, or they want to be left alone. */
  presence: z.strictObject({ away: z.boolean(), busy: z.boolean() }),
};
export type PagePresence = z.output<typeof socialMessages.presence>;
