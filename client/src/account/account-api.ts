import { ProblemError, problemSchema } from '@chatmux/schema';
import type { z } from 'zod';

/** An answer that takes longer is given up. */
const MOST_MS = 15_000;

/** Asks one thing of the server, at `/api/…`. Rejects with a ProblemError, whose sentence may be shown. */
export type AskApi = <Answer extends z.ZodType>(
  path: string,
  answer: Answer,
  body?: object,
) => Promise<z.output<Answer>>;

/** @param fetcher `fetch`, or what stands for it */
export function createAskApi(fetcher: typeof fetch = (...args) => fetch(...args)): AskApi {
  return async (path, answer, body) => {
    let response: Response;
    try {
      response = await fetcher(path, {
        method: body ? 'POST' : 'GET',
        signal: AbortSignal.timeout(MOST_MS),
        ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
      });
    } catch (error) {
      throw new ProblemError('internal', 'We can’t reach the server. Please try again.', { cause: error });
    }
    const said: unknown = await response.json().catch(() => undefined);
    if (response.ok) {
      const read = answer.safeParse(said);
      if (read.success) return read.data;
      throw new ProblemError('bad-version', 'This page is older than the server. Please load it again.');
    }
    const problem = problemSchema.safeParse(said);
    if (problem.success) throw new ProblemError(problem.data.code, problem.data.message);
    throw new ProblemError('internal', `The server answered with an error (${response.status}).`);
  };
}
