import { z } from 'zod';
import { ticketSchema } from './account-ids.ts';
import { ABOUT_MAX_LENGTH, PERSON_COLOURS, PRONOUNS_MAX_LENGTH } from './constants.ts';
import { lineSchema, nameSchema } from './messages.ts';

/**
 * What travels between page and server about who one is: bodies of requests to `/api/…`, and answers. Times are
 * milliseconds since 1970.
 */

/** How somebody looks to others. */
export const lookSchema = z.strictObject({
  name: nameSchema,
  colour: z
    .int()
    .min(0)
    .max(PERSON_COLOURS - 1),
});
export type Look = z.output<typeof lookSchema>;

const base64url = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[A-Za-z0-9_-]+$/);
/** Names one ceremony with a passkey, which a server begins and a browser ends; it counts once. */
const ceremony = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
/** What one calls a passkey: the device or the password manager it is kept in. */
const passkeyName = z.string().trim().min(1).max(60);
const credentialId = base64url(1400);
const transports = z.array(z.string().max(20)).max(10);

/** A new passkey, as browsers say it (WebAuthn Level 3, RegistrationResponseJSON). What is not read here is left out. */
const registrationSchema = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url(4000),
    attestationObject: base64url(16_000),
    transports: transports.optional(),
  }),
  clientExtensionResults: z.object({}),
});

/** An answer by a passkey (WebAuthn Level 3, AuthenticationResponseJSON). */
const authenticationSchema = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url(4000),
    authenticatorData: base64url(4000),
    signature: base64url(2000),
    userHandle: base64url(100).optional(),
  }),
  clientExtensionResults: z.object({}),
});

/** 80 random bits in Crockford's base32, four groups of four. Letters that look like digits are read as those. */
const recoveryCode = z
  .string()
  .max(60)
  .transform((code) => code.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1'))
  .refine((code) => /^[0-9A-HJKMNP-TV-Z]{16}$/.test(code), 'A recovery code has 16 letters and digits.');

/** How much friends see: that one is there and in which world, only that one is there, or nothing. */
export const showsSchema = z.enum(['place', 'presence', 'nothing']);
export type Shows = z.output<typeof showsSchema>;

/** What somebody says of themselves: how to speak of them, and a line of their own; both may be empty. */
export const aboutSchema = z.strictObject({
  pronouns: lineSchema(PRONOUNS_MAX_LENGTH),
  about: lineSchema(ABOUT_MAX_LENGTH),
});
export type About = z.output<typeof aboutSchema>;

/** Bodies of requests, by what is asked. */
export const accountRequests = {
  newIdentity: lookSchema,
  /** Without a name it is called after the browser it was made in. */
  register: z.strictObject({ ceremony, passkey: registrationSchema, passkeyName: passkeyName.optional() }),
  signIn: z.strictObject({ ceremony, passkey: authenticationSchema }),
  recover: z.strictObject({ code: recoveryCode }),
  look: lookSchema,
  shows: z.strictObject({ shows: showsSchema }),
  about: aboutSchema,
  passkey: z.strictObject({ id: credentialId }),
  /** Who is new looks like this; their name comes from GitHub. */
  githubBegin: lookSchema.pick({ colour: true }),
  /** What GitHub sent the browser back with (RFC 6749, 4.1.2). */
  githubFinish: z.strictObject({
    state: ceremony,
    code: z.string().min(1).max(500).optional(),
    error: z
      .string()
      .max(100)
      .regex(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
      .optional(),
  }),
  session: z.strictObject({ id: z.string().regex(/^[0-9a-f]{64}$/) }),
  nothing: z.strictObject({}),
};

/** Who is signed in, as they see themselves. */
export const accountSchema = z.object({
  id: z.string(),
  name: z.string(),
  colour: z.number(),
  createdAt: z.number(),
  shows: showsSchema,
  pronouns: z.string(),
  about: z.string(),
  passkeys: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** The address it works at; at another one it can't be used. */
      rpId: z.string(),
      createdAt: z.number(),
      usedAt: z.number().optional(),
    }),
  ),
  /** An account at GitHub that signs them in. */
  github: z
    .object({ host: z.string(), login: z.string(), linkedAt: z.number(), usedAt: z.number().optional() })
    .optional(),
  /** Recovery codes that have not been used. */
  codesLeft: z.number(),
  sessions: z.array(
    z.object({
      /** Names the session, and opens nothing. */
      id: z.string(),
      /** Browser and system, in words. */
      device: z.string(),
      createdAt: z.number(),
      usedAt: z.number(),
      /** The one that asks. */
      here: z.boolean(),
    }),
  ),
});
export type Account = z.infer<typeof accountSchema>;

/** Answers, by what they are about. `account` is missing for whoever is not signed in. */
export const accountAnswers = {
  /** `github`: one may sign in by it here. */
  me: z.object({ account: accountSchema.optional(), github: z.boolean() }),
  account: z.object({ account: accountSchema }),
  github: z.object({ url: z.string() }),
  githubFinished: z.object({ account: accountSchema, linked: z.boolean() }),
  /** Codes are shown once: the server keeps only what they are recognised by. */
  withCodes: z.object({ account: accountSchema, codes: z.array(z.string()) }),
  ceremony: z.object({ ceremony: z.string(), options: z.record(z.string(), z.unknown()) }),
  ticket: z.object({ ticket: ticketSchema }),
};
