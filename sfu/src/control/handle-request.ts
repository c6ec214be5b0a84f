import { ProblemError, type SfuRequest } from '@chatmux/schema';
import { handleRtc } from '../media/handle-rtc.ts';
import type { Rooms } from '../media/rooms.ts';

/**
 * Does one request of a game server and gives the reply's data. Throws ProblemErrors.
 * @param drain begins to drain the whole service
 */
export async function handleRequest(rooms: Rooms, drain: () => void, request: SfuRequest): Promise<unknown> {
  switch (request.method) {
    case 'rtc':
      return handleRtc(rooms, request.room, request.session, request.request);
    case 'plan':
      // Without the room nobody has joined; the plan comes again within a second.
      rooms.get(request.room)?.plan(request.listeners);
      return {};
    case 'close-session':
      rooms.get(request.room)?.closeSession(request.session);
      return {};
    case 'keep-sessions':
      rooms.get(request.room)?.keepOnly(new Set(request.sessions));
      return {};
    case 'close-room':
      rooms.get(request.room)?.close();
      return {};
    case 'stats':
      return rooms.stats();
    case 'drain':
      drain();
      return {};
    default:
      throw new ProblemError(
        'unknown-message',
        `There is no such request: ${String(request satisfies never)}.`,
      );
  }
}
