import type { SfuEvent } from '@chatmux/schema';
import { type ClientLog, connectSfu, type SfuClient } from '@chatmux/sfu/client';
import type { OpenMedia } from '../ports/media-port.ts';
import { planChunks } from './plan-chunks.ts';

/** Media through the SFU: one control connection for all rooms of this process. */
export interface SfuMedia {
  open: OpenMedia;
  readonly isUp: boolean;
  close(): Promise<void>;
}

type RoomListener = Parameters<OpenMedia>[1];

/** Connects to the SFU; the connection comes back by itself. */
export function connectSfuMedia(options: { url: string; secret: string; log: ClientLog }): SfuMedia {
  const rooms = new Map<string, RoomListener>();
  const tellAll = (up: boolean) => {
    for (const room of rooms.values()) room.onUpChanged(up);
  };
  const client: SfuClient = connectSfu({
    url: options.url,
    secret: options.secret,
    log: options.log,
    onEvent: (event: SfuEvent) => rooms.get(event.room)?.onEvent(event),
    onUp: () => tellAll(true),
    onDown: () => tellAll(false),
  });
  return {
    get isUp() {
      return client.isUp();
    },
    close: () => client.close(),
    open: (room, listener) => {
      rooms.set(room, listener);
      return {
        get isUp() {
          return client.isUp();
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
