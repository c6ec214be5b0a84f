import type { GuestRepository } from '@chatmux/db';
import type { MediaMessage, WorldMap } from '@chatmux/schema';
import type { MediaPolicy } from '../engine/media-path.ts';
import type { OpenMedia } from '../ports/media-port.ts';

/** What a world room needs from outside; main.ts gives it. */
export interface WorldRoomDeps {
  map: WorldMap;
  maxPeople: number;
  graceSeconds: number;
  mediaPolicy: MediaPolicy;
  iceServers: MediaMessage['iceServers'];
  openMedia: OpenMedia;
  guests: Pick<GuestRepository, 'visit'>;
  /** Keeps where a guest stood when they left; done before the server stops. */
  rememberPlace(guestHash: string, place: Parameters<GuestRepository['leftAt']>[1]): Promise<void>;
  /** Wall clock, in milliseconds. */
  now(): number;
  log: { info(text: string): void; warn(text: string): void; error(text: string, error?: unknown): void };
  /** Told with every change, for health pages. */
  onPeople(roomId: string, count: number): void;
}
