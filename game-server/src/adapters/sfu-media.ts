import type { SfuEvent } from '@chatmux/schema';
import { type ClientLog, connectSfu, type SfuClient } from '@chatmux/sfu/client';
import type { MediaListener, OpenMedia } from '../ports/media-port.ts';
import { planChunks } from './plan-chunks.ts';

/** Media through the SFU: one control connection for all rooms of this process. */
export interface SfuMedia {
  open: OpenMedia;
  readonly isUp: boolean;
  /** `draining`: it serves those who are there, takes nobody else, and ends soon. */
  readonly state: 'up' | 'draining' | 'down';
  close(): Promise<void>;
}

/** Connects to the SFU; the connection comes back by itself. */
export function connectSfuMedia(options: { url: string; secret: string; log: ClientLog }): SfuMedia {
  const rooms = new Map<string, MediaListener>();
  let draining = false;
  const tellAll = (up: boolean) => {
    for (const room of rooms.values()) room.onUpChanged(up);
  };
  const client: SfuClient = connectSfu({
    url: options.url,
    secret: options.secret,
    log: options.log,
    onEvent: (event: SfuEvent) => rooms.get(event.room)?.onEvent(event),
    onSpeaking: (room, sessions) => rooms.get(room)?.onSpeaking(sessions),
    onUp: () => {
      // One that drains says so right after this.
      draining = false;
      tellAll(true);
    },
    onDraining: (seconds) => {
      options.log.info(`The media server takes nobody new and ends within ${seconds} s.`);
      draining = true;
      tellAll(false);
    },
    onDown: () => {
      draining = false;
      tellAll(false);
    },
  });
  const isUp = () => client.isUp() && !draining;
  return {
    get isUp() {
      return isUp();
    },
    get state() {
      if (!client.isUp()) return 'down';
      return draining ? 'draining' : 'up';
    },
    close: () => client.close(),
    open: (room, listener) => {
      rooms.set(room, listener);
      return {
        get isUp() {
          return isUp();
        },
        rtc: (session, request) => client.rtc(room, session, request),
        plan: (listeners) => {
          for (const chunk of planChunks(listeners)) client.plan(room, chunk);
        },
        closeSession: (session) => client.closeSession(room, session),
        keepSessions: (sessions) => client.keepSessions(room, sessions),
        close: () => {
          rooms.delete(room);
          client.closeRoom(room);
        },
      };
    },
  };
}
