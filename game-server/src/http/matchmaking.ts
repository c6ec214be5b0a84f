import type { IncomingMessage, ServerResponse } from 'node:http';
import { PROBLEM_CODES } from '@chatmux/schema';
import { createAuthContext, ErrorCode, matchMaker } from '@colyseus/core';
import { HttpProblem, STATUS, sendJson } from './answers.ts';
import type { JoinAsker, JoinRoom } from './join-world.ts';
import { readJsonObject } from './read-body.ts';

/** Largest body of a join, in bytes: a name, a colour, a key, and room to grow. */
const MAX_JOIN_BYTES = 16 * 1024;

/**
 * What a client may ask the matchmaker. Not `create`: a stranger could open worlds without end, each with its own tick.
 * Not `join` and `joinById`: they would pass by what decides on the copies of a world.
 */
const METHODS: readonly string[] = ['joinOrCreate', 'reconnect'];

/**
 * Answers `POST /matchmake/METHOD/ROOM`, the first half of joining a room, in place of Colyseus's own route. That one
 * reflects every origin, reads a body of any size, and sends a refusal whose code is a word with status 200, which the
 * client then takes for a seat.
 *
 * @param path path of the request, decoded by nobody
 * @param asker who asks
 * @param joins who finds a seat in rooms of a name; Colyseus does where nobody is named
 * @throws HttpProblem what was refused; another error is ours
 */
export async function answerMatchmaking(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  asker: JoinAsker,
  joins: ReadonlyMap<string, JoinRoom>,
): Promise<void> {
  const [, method = '', room = ''] = /^\/matchmake\/([A-Za-z]+)\/([A-Za-z0-9_-]{1,64})$/.exec(path) ?? [];
  if (!METHODS.includes(method)) throw new HttpProblem(404, 'not-found', 'There is no such way to join.');
  const options = await readJsonObject(request, MAX_JOIN_BYTES);
  if (matchMaker.state === matchMaker.MatchMakerState.SHUTTING_DOWN) {
    throw new HttpProblem(503, 'world-full', 'The world is closing. Please try again in a moment.');
  }
  let seat: unknown;
  try {
    const join = method === 'joinOrCreate' ? joins.get(room) : undefined;
    const context = () => createAuthContext({ headers: toHeaders(request) });
    seat = join
      ? await join(options, asker)
      : await matchMaker.controller.invokeMethod(method, room, options, context());
  } catch (error) {
    throw refusalOf(error);
  }
  sendJson(response, 200, seat);
}

function toHeaders({ headers }: IncomingMessage): Headers {
  const result = new Headers();
  for (const [name, value] of Object.entries(headers)) result.set(name, [value ?? []].flat().join(', '));
  return result;
}

/** The controller keeps of a room's error its code and its words: a ProblemError is known again by its code. */
function refusalOf(error: unknown): unknown {
  if (error instanceof HttpProblem || !(error instanceof Error) || !('code' in error)) return error;
  const { code, message } = error;
  const known = PROBLEM_CODES.find((word) => word === code);
  if (known !== undefined) return new HttpProblem(STATUS[known], known, message);
  switch (code) {
    case ErrorCode.MATCHMAKE_NO_HANDLER:
    case ErrorCode.MATCHMAKE_INVALID_CRITERIA:
    case ErrorCode.MATCHMAKE_INVALID_ROOM_ID:
      return new HttpProblem(404, 'not-found', 'There is no such room, or no longer.');
    case ErrorCode.MATCHMAKE_EXPIRED:
      return new HttpProblem(410, 'stale', 'The place that was kept for you is gone. Please join again.');
    case ErrorCode.AUTH_FAILED:
      return new HttpProblem(403, 'not-yours', 'The room does not let you in.');
    default:
      return error;
  }
}
