import { z } from 'zod';
import {
  MEDIA_SOURCES,
  type MediaSource,
  PICTURE_CODECS,
  type PictureCodec,
  rtcRequestSchema,
} from './media.ts';

/**
 * What the game server says to the SFU, over one WebSocket on an address only it can reach: JSON text frames,
 * `Authorization: Bearer SECRET` on the upgrade. Requests carry a number, replies the same number; events have none.
 *
 * A session is one person in one world room; the game server names it and the SFU binds every transport, producer and
 * consumer to it. Each request names the session it acts for, and an object of another session is refused as `not-yours`.
 */

const sessionId = z.string().min(1).max(64);
const roomId = z.string().min(1).max(64);

/** What one listener should receive of one speaker. Absent means: nothing, close what is open. */
export const wantSchema = z.strictObject({
  from: sessionId,
  audio: z.boolean(),
  video: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  /** 0 no screen, 1 its picture alone, 2 its sound, too. */
  screen: z.union([z.literal(0), z.literal(1), z.literal(2)]),
});
export type Want = z.infer<typeof wantSchema>;

export const sfuRequestSchema = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('rtc'), room: roomId, session: sessionId, request: rtcRequestSchema }),
  /** Whole wants of the listed listeners; other listeners keep theirs. Sent on change, and for all once a second. */
  z.strictObject({
    method: z.literal('plan'),
    room: roomId,
    listeners: z.array(z.strictObject({ session: sessionId, wants: z.array(wantSchema).max(256) })).max(5000),
  }),
  /** The person left: close all that is theirs. */
  z.strictObject({ method: z.literal('close-session'), room: roomId, session: sessionId }),
  /** Sessions that exist; every other one of the room is closed. Heals a lost close-session. */
  z.strictObject({
    method: z.literal('keep-sessions'),
    room: roomId,
    sessions: z.array(sessionId).max(5000),
  }),
  z.strictObject({ method: z.literal('close-room'), room: roomId }),
  /** Counts of what exists, for health pages and tests. */
  z.strictObject({ method: z.literal('stats') }),
  /** Before a deploy: no new rooms and sessions; it ends when the last one is gone, or at its deadline. */
  z.strictObject({ method: z.literal('drain') }),
]);
export type SfuRequest = z.infer<typeof sfuRequestSchema>;

export interface SfuStats {
  /** Workers that serve now. */
  workerPids: number[];
  rooms: number;
  /** At most one a room and worker. */
  routers: number;
  sessions: number;
  transports: number;
  producers: number;
  consumers: number;
  consumersPlaying: number;
  /** Producers that are piped to a router on another worker. */
  pipes: number;
}

/** Told by the SFU without being asked; `session` is the one it concerns. */
export type SfuEvent = { room: string; session: string } & (
  | {
      event: 'consumer-opened';
      consumerId: string;
      producerId: string;
      /** Session whose media this is. */
      from: string;
      source: MediaSource;
      rtpParameters: Record<string, unknown>;
    }
  | { event: 'consumer-closed'; consumerId: string }
  | { event: 'consumer-paused' | 'consumer-resumed'; consumerId: string }
  /** All who are to see its camera prefer this codec, or no longer do. */
  | { event: 'camera-codec'; codec: PictureCodec }
  /** The worker it lived on died, and another is there: it should join again. */
  | { event: 'session-lost' }
);

/** Told of a whole room: who speaks in it now, and nobody else; on change. */
export interface SfuRoomEvent {
  event: 'levels';
  room: string;
  speaking: string[];
}

/** Told of the whole service: it takes nothing new and ends at the latest in so many seconds. */
export interface SfuServiceEvent {
  event: 'draining';
  seconds: number;
}

export const sfuEventSchema = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('consumer-opened'),
    room: roomId,
    session: sessionId,
    consumerId: z.string(),
    producerId: z.string(),
    from: sessionId,
    source: z.enum(MEDIA_SOURCES),
    rtpParameters: z.record(z.string(), z.unknown()),
  }),
  z.object({ event: z.literal('consumer-closed'), room: roomId, session: sessionId, consumerId: z.string() }),
  z.object({
    event: z.enum(['consumer-paused', 'consumer-resumed']),
    room: roomId,
    session: sessionId,
    consumerId: z.string(),
  }),
  z.object({
    event: z.literal('camera-codec'),
    room: roomId,
    session: sessionId,
    codec: z.enum(PICTURE_CODECS),
  }),
  z.object({ event: z.literal('session-lost'), room: roomId, session: sessionId }),
]);
export const sfuRoomEventSchema = z.object({
  event: z.literal('levels'),
  room: roomId,
  speaking: z.array(sessionId).max(5000),
});
export const sfuServiceEventSchema = z.object({ event: z.literal('draining'), seconds: z.number().min(0) });

/** Frames from game server to SFU. */
export const sfuRequestFrameSchema = z.strictObject({ id: z.int().min(0), request: sfuRequestSchema });
/** Frames from SFU to game server: a reply has an id, an event has none. */
export type SfuFrame =
  | { id: number; ok: true; data: unknown }
  | { id: number; ok: false; problem: { code: string; message: string } }
  | { event: SfuEvent | SfuRoomEvent | SfuServiceEvent };
