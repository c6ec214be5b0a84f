import { z } from 'zod';
import { MAX_SIGNAL_LENGTH } from './constants.ts';

/** How media travels: through the media server, directly between browsers, or not at all. */
export const MEDIA_MODES = ['sfu', 'direct', 'none'] as const;
export type MediaMode = (typeof MEDIA_MODES)[number];

/** What a producer carries: a person's voice, their face, their screen and its sound. */
export const MEDIA_SOURCES = ['mic', 'cam', 'screen', 'screen-audio'] as const;
export type MediaSource = (typeof MEDIA_SOURCES)[number];
export const kindOfSource = { mic: 'audio', cam: 'video', screen: 'video', 'screen-audio': 'audio' } as const;

/** Quality of a picture: 0 none, 1 small, 2 middle, 3 full. */
export const pictureLayerSchema = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]);
export type PictureLayer = z.infer<typeof pictureLayerSchema>;

/** The most of somebody's pictures we can use, by how large we draw them. It lowers what the plan gives and never raises it. */
export const viewSchema = z.strictObject({ cam: pictureLayerSchema, screen: pictureLayerSchema });
export type View = z.infer<typeof viewSchema>;

/** How a camera's picture is coded: VP8, which every browser has; VP9 in layers that build on each other, smaller and dearer. */
export const PICTURE_CODECS = ['vp8', 'vp9'] as const;
export type PictureCodec = (typeof PICTURE_CODECS)[number];

/** How much of a shared screen: 0 nothing, 1 its picture alone, 2 its sound, too. */
export type ScreenPart = 0 | 1 | 2;

/**
 * How a voice carries: by distance; by a shorter distance, in a quiet corner; or whole, at full loudness however far, in
 * the same room or from a stage.
 */
export const CARRIES = ['distance', 'quiet', 'whole'] as const;
export type Carry = (typeof CARRIES)[number];

/** Who receives what: 0 nothing yet, but prepared; 1 sound; for video 1 to 3 is the quality layer. */
export interface PlanEntry {
  /** The person received. */
  id: number;
  /** Their voice is wanted now. */
  audio: boolean;
  /** Quality of their video wanted now: 0 none, 1 small, 2 middle, 3 full. */
  video: 0 | 1 | 2 | 3;
  /** Their screen as it is wanted now. */
  screen: ScreenPart;
  /** How their voice, and the sound of their screen, carries to us. */
  carry: Carry;
  /** What that person receives of us, so that a direct sender sends no more than is wanted. */
  heardBy: boolean;
  seenBy: 0 | 1 | 2 | 3;
  screenSeenBy: ScreenPart;
}

/** The whole plan of one listener; it replaces the one before. Entries with nothing wanted are prepared, not playing. */
export interface PlanMessage {
  epoch: number;
  entries: PlanEntry[];
}

/** A STUN or TURN server, as browsers take it. */
export interface IceServer {
  urls: string | string[];
  username?: string | undefined;
  credential?: string | undefined;
}

/** The path media takes now. Each change has a new epoch; whatever belongs to an older one is over. */
export interface MediaMessage {
  mode: MediaMode;
  epoch: number;
  iceServers: readonly IceServer[];
  /** Direct connections go through TURN servers alone, so that nobody learns another one's network address. */
  relayOnly?: boolean;
}

/**
 * Those we are connected with directly now: everyone near in direct mode (the nearest few), else those who can't reach the
 * media server, or all who are near to us when it is we who can't. It replaces the one before.
 */
export interface DirectMessage {
  epoch: number;
  ids: number[];
}

/** Whether a client can reach the media server. Where it can't, it speaks directly with the people nearest to it. */
export const reachSchema = z.strictObject({ epoch: z.int(), sfu: z.boolean() });
export type ReachMessage = z.infer<typeof reachSchema>;

/** SHA-256 of the certificate a browser uses for its direct connections, as session descriptions write it. */
export const certificateSchema = z.strictObject({
  /** Null: they want no direct connections, which would show others their network address. */
  fingerprint: z
    .string()
    .regex(/^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/)
    .nullable(),
});
export type CertificateMessage = z.infer<typeof certificateSchema>;

/** Most pictures a browser says something of at once: more never come to it. */
export const MAX_VIEWS = 64;

const id = z.string().min(1).max(64);
/** Blocks that mediasoup checks in depth itself: here only shape and size are limited. */
const block = z
  .record(z.string(), z.unknown())
  .refine(isShortJson, 'too large, or nothing that JSON can say');

/** What a message decodes to may hold what JSON can't: big integers, or itself. */
function isShortJson(value: unknown): boolean {
  try {
    return JSON.stringify(value).length <= MAX_SIGNAL_LENGTH;
  } catch {
    return false;
  }
}

/** Requests about media a client makes of the SFU through the room. Each method's data. */
export const rtcRequestSchema = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('capabilities'), epoch: z.int() }),
  /** Says what the browser can receive, and opens its session. */
  z.strictObject({
    method: z.literal('join'),
    epoch: z.int(),
    rtpCapabilities: block,
    /** As `prefer` says; without it VP8. */
    prefers: z.enum(PICTURE_CODECS).exactOptional(),
  }),
  z.strictObject({
    method: z.literal('create-transport'),
    epoch: z.int(),
    direction: z.enum(['send', 'receive']),
  }),
  z.strictObject({
    method: z.literal('connect-transport'),
    epoch: z.int(),
    transportId: id,
    dtlsParameters: block,
  }),
  z.strictObject({ method: z.literal('restart-ice'), epoch: z.int(), transportId: id }),
  z.strictObject({
    method: z.literal('produce'),
    epoch: z.int(),
    transportId: id,
    source: z.enum(MEDIA_SOURCES),
    rtpParameters: block,
  }),
  z.strictObject({ method: z.literal('close-producer'), epoch: z.int(), producerId: id }),
  /** The browser has built the receiving end: packets may flow when the plan wants them. */
  z.strictObject({ method: z.literal('consumer-ready'), epoch: z.int(), consumerId: id }),
  /**
   * The most of each picture that the browser can use. It replaces what was said before: pictures that are not named may
   * come as the plan says.
   */
  z.strictObject({
    method: z.literal('views'),
    epoch: z.int(),
    views: z.array(z.strictObject({ consumerId: id, most: pictureLayerSchema })).max(MAX_VIEWS),
  }),
  /** How the browser would like cameras to be coded, its own and others'; VP8 until it says otherwise. */
  z.strictObject({ method: z.literal('prefer'), epoch: z.int(), codec: z.enum(PICTURE_CODECS) }),
]);
export type RtcRequest = z.infer<typeof rtcRequestSchema>;

/** Data of the replies, by method. Parameter blocks are mediasoup's own types, opaque here. */
export interface RtcReplies {
  capabilities: { rtpCapabilities: Record<string, unknown> };
  join: Record<string, never>;
  'create-transport': {
    id: string;
    iceParameters: Record<string, unknown>;
    iceCandidates: Record<string, unknown>[];
    dtlsParameters: Record<string, unknown>;
  };
  'connect-transport': Record<string, never>;
  'restart-ice': { iceParameters: Record<string, unknown> };
  produce: { id: string };
  'close-producer': Record<string, never>;
  'consumer-ready': Record<string, never>;
  views: Record<string, never>;
  prefer: Record<string, never>;
}

/** Things the SFU tells one client, through the room. */
export type RtcEvent =
  | {
      event: 'consumer-opened';
      epoch: number;
      consumerId: string;
      producerId: string;
      /** Person whose media this is. */
      from: number;
      source: MediaSource;
      rtpParameters: Record<string, unknown>;
    }
  | { event: 'consumer-closed'; epoch: number; consumerId: string }
  | { event: 'consumer-paused' | 'consumer-resumed'; epoch: number; consumerId: string }
  /** Our camera should be coded so from now on. */
  | { event: 'camera-codec'; epoch: number; codec: PictureCodec }
  /** Everything we had at the media server is gone: join it anew. */
  | { event: 'session-lost'; epoch: number };

/** Direct signalling, relayed by the room only between two who are connected directly by its word. */
export const signalSchema = z.strictObject({
  to: z.int().min(1).max(65535),
  epoch: z.int(),
  /** Names one RTCPeerConnection of the sender; a new number means the old connection is gone. */
  connection: z.int().min(0).max(0xffffffff),
  /** The receiver's connection this belongs to, once known; signals for another are dropped by the receiver. */
  peerConnection: z.int().min(0).max(0xffffffff).optional(),
  description: z
    .strictObject({
      type: z.enum(['offer', 'answer']),
      sdp: z.string().max(MAX_SIGNAL_LENGTH),
      /** Number of this offer, growing over a connection's offers of one side; or of the offer that this answers. */
      offer: z.int().min(0).max(0xffffffff),
    })
    .optional(),
  candidate: z
    .strictObject({
      candidate: z.string().max(2000),
      sdpMid: z.string().max(64).nullish(),
      sdpMLineIndex: z.int().min(0).max(64).nullish(),
      usernameFragment: z.string().max(512).nullish(),
    })
    .nullish(),
  /** The most of the other side's pictures that we can use. */
  view: viewSchema.optional(),
});
export type Signal = z.infer<typeof signalSchema>;
/**
 * A signal as it arrives: from whom instead of to whom. With a description comes the fingerprint that its sender registered
 * with the room over their own connection.
 */
export type SignalReceived = Omit<Signal, 'to'> & { from: number; fingerprint?: string | undefined };
