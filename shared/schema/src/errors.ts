import { z } from 'zod';

/** Everything the server may refuse, by name. A code is for programs; the sentence beside it is for people. */
export const PROBLEM_CODES = [
  'bad-message', // does not have the shape its type asks for
  'unknown-message', // no such message type
  'too-many', // rate limit
  'too-large', // size limit
  'too-fast', // an input claims more movement time than has passed
  'stale', // refers to a media epoch or sequence number that is over
  'not-yours', // names a transport, producer or consumer of somebody else
  'not-found', // names nothing that exists
  'not-in-plan', // signals somebody who is not within reach
  'media-down', // the media server is away
  'bad-version', // client and server speak different protocol versions
  'bad-name', // a name that is empty, too long or made of nothing visible
  'world-full', // no place left
  'locked', // the circle is locked: knock first
  'not-a-member', // only members of the circle may do that
  'signed-out', // only who is signed in may do that
  'confirm', // only who has just shown that it is them may do that: ask at /api/confirm, then again
  'last-one', // the only way to sign in can't be removed
  'not-ready', // the server can't serve now
  'internal', // our fault
] as const;

export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** What travels to the client when something was refused. */
export const problemSchema = z.object({
  code: z.enum(PROBLEM_CODES),
  /** A plain sentence for a person. */
  message: z.string(),
  /** Message type that was refused, if one was. */
  about: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** An error that may cross the wire: its code and sentence are meant for the other side. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  constructor(code: ProblemCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ProblemError';
    this.code = code;
  }
}

/**
 * Turns anything thrown into a problem that is safe to send: only a ProblemError's own words leave the server.
 * @param about message type that was being handled
 */
export function toProblem(error: unknown, about?: string): Problem {
  const problem: Problem =
    error instanceof ProblemError
      ? { code: error.code, message: error.message }
      : error instanceof z.ZodError
        ? { code: 'bad-message', message: z.prettifyError(error) }
        : { code: 'internal', message: 'Something went wrong on our side.' };
  return about === undefined ? problem : { ...problem, about };
}
