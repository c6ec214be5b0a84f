import { createHash } from 'node:crypto';
import { joinSchema, PROTOCOL_VERSION, ProblemError } from '@chatmux/schema';
import { z } from 'zod';
import type { GuestTicket } from './seats.ts';

/** What a checked join asks for, and what was found for it. */
export interface JoinTicket extends GuestTicket {
  /** World asked for. */
  readonly world?: string | undefined;
  /** Copy asked for, to follow somebody. */
  readonly copy?: number | undefined;
  /** Portal to arrive by. */
  readonly portal?: string | undefined;
  /** A copy that would have come first was full. Only the join route says so: no client can. */
  readonly overflow: boolean;
}

/**
 * Checks the options somebody joins with.
 * @throws ProblemError `bad-version`, `bad-name` or `bad-message`
 */
export function admitGuest(options: unknown): Omit<JoinTicket, 'addressHash'> {
  const version = z.object({ version: z.unknown() }).safeParse(options);
  if (version.success && version.data.version !== undefined && version.data.version !== PROTOCOL_VERSION)
    throw new ProblemError(
      'bad-version',
      'This page is older or newer than the server. Please load it again.',
    );
  const result = joinSchema.safeParse(options);
  if (!result.success) {
    const aboutName = result.error.issues.every((issue) => issue.path[0] === 'name');
    throw new ProblemError(
      aboutName ? 'bad-name' : 'bad-message',
      result.error.issues[0]?.message ?? 'The join was not understood.',
    );
  }
  const { guestKey, name, colour, world, copy, portal } = result.data;
  const guestHash = createHash('sha256').update(guestKey).digest('hex');
  return { name, colour, guestHash, world, copy, portal, overflow: false };
}
