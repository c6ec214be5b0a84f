import type { SfuEvent } from '@chatmux/schema';
import type { Log } from '../logger.ts';
import type { MediaWorker } from './media-worker.ts';
import type { OwnedObjects } from './owned-objects.ts';
import type { SfuTimings } from './timings.ts';

/** What a room has from the media server around it. */
export interface RoomSurroundings {
  /** Workers that serve now. */
  readonly workers: () => readonly MediaWorker[];
  /** Sessions of all rooms on a worker. */
  readonly loadOf: (worker: number) => number;
  /** Sessions one worker should hold. */
  readonly sessionsPerWorker: number;
  /** Of all rooms. */
  readonly owned: OwnedObjects;
  readonly timings: SfuTimings;
  readonly log: Log;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly onEvent: (event: SfuEvent) => void;
  /** These sessions of the room speak now, and no others. */
  readonly onSpeaking: (roomId: string, sessions: string[]) => void;
  /** The room has closed itself or was closed. */
  readonly onRoomClosed: (roomId: string) => void;
}
