import { ProblemError } from '@chatmux/schema';
import type { OpenMedia } from '../ports/media-port.ts';

/** Media where there is no server for it: never up. People talk directly. */
export const openNoMedia: OpenMedia = () => ({
  isUp: false,
  rtc: () =>
    Promise.reject(
      new ProblemError('media-down', 'There is no voice server; people are connected directly.'),
    ),
  plan: () => undefined,
  closeSession: () => undefined,
  keepSessions: () => undefined,
  close: () => undefined,
});
