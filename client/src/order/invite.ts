import { inviteSecretSchema } from '@chatmux/schema';

/** The address that an invite is passed on by. */
export const inviteAddress = (page: string, secret: string): string => `${page}#/invite/${secret}`;

/** Reads an invite from the part of an address behind its #. Undefined where there is none. */
export function readInvite(hash: string): string | undefined {
  const [, secret] = /^#\/invite\/([^/]*)\/?$/.exec(hash) ?? [];
  return inviteSecretSchema.safeParse(secret).success ? secret : undefined;
}

/** An address that was to carry an invite, whole or not. */
export const isInvite = (hash: string): boolean => hash.startsWith('#/invite/');
