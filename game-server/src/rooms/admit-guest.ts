import { createHash } from 'node:crypto';
import { joinSchema, PROTOCOL_VERSION, ProblemError } from '@chatmux/schema';
import { z } from 'zod';
import type { GuestTicket } from './seats.ts';

/**
 * Checks the options somebody joins with.
 * @throws ProblemError `bad-version`, `bad-name` or `bad-message`
 */
export function admitGuest(options: unknown): GuestTicket {
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
  const { name, colour, guestKey } = result.data;
  return { name, colour, guestHash: createHash('sha256').update(guestKey).digest('hex') };
}
