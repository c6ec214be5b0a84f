import { z } from 'zod';

/** Names an identity: 16 random bytes in base64url, which say nothing about anybody. */
export const identityIdSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
/** Shows once, and for half a minute, who is signed in at a page: 16 random bytes in base64url. */
export const ticketSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
