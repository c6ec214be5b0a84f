import { z } from 'zod';
import { ticketSchema } from './account-ids.ts';
import { HEADING_STEPS, MAX_COPY, NAME_MAX_LENGTH, PERSON_COLOURS, PROTOCOL_VERSION } from './constants.ts';
import type { Problem } from './errors.ts';
import { personId } from './ids.ts';
import {
  certificateSchema,
  type DirectMessage,
  type MediaMessage,
  type PlanMessage,
  type RtcEvent,
  reachSchema,
  rtcRequestSchema,
  type SignalReceived,
  signalSchema,
} from './media.ts';
import { moderateSchema, type PutOutMessage } from './order.ts';
import { slugSchema } from './world-map.ts';

const uint32 = z.int().min(0).max(0xffffffff);
const circleId = z.int().min(1).max(65535);

/**
 * What shows nothing or turns the text around: it would let somebody pass for another. Half a surrogate pair, too: it
 * can't be encoded, and would turn the whole roster into garbage. What joins and colours emoji stays in its place.
 */
const INVISIBLE =
  /(?!(?<=\p{Extended_Pictographic})\ufe0f)(?!(?<=\p{Extended_Pictographic}\ufe0f?|\p{Emoji_Modifier})\u200d\p{Extended_Pictographic})[\p{Cs}\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** A name has at least one of these: marks that combine with nothing are no name. */
const VISIBLE = /[\p{L}\p{N}\p{S}\p{P}]/u;

/** A name as it is shown: trimmed, runs of space folded, nothing invisible, at most NAME_MAX_LENGTH characters. */
export const nameSchema = z
  .string()
  .max(200)
  .transform((name) => name.replace(INVISIBLE, '').normalize('NFC').replace(/\s+/g, ' ').trim())
  .refine((name) => VISIBLE.test(name), 'Please give a name.')
  .refine((name) => [...name].length <= NAME_MAX_LENGTH, `A name has at most ${NAME_MAX_LENGTH} characters.`);

/** A short text as it is shown: trimmed, runs of space folded, nothing invisible. It may be empty. */
export const lineSchema = (most: number) =>
  z
    .string()
    .max(4 * most)
    .transform((text) => text.replace(INVISIBLE, '').normalize('NFC').replace(/\s+/g, ' ').trim())
    .refine((text) => [...text].length <= most, `At most ${most} characters, please.`);

/** Options a guest joins a world room with. */
export const joinSchema = z.strictObject({
  version: z.literal(PROTOCOL_VERSION),
  name: nameSchema,
  colour: z
    .int()
    .min(0)
    .max(PERSON_COLOURS - 1),
  /** Secret the browser made and keeps; the server stores only its hash, and knows a returning guest by it. */
  guestKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  /** World to enter; the server's own when absent. */
  world: slugSchema.optional(),
  /** Copy of it, to follow somebody there; any with a free place when absent. */
  copy: z.int().min(1).max(MAX_COPY).optional(),
  /** Portal of that world to arrive by. */
  portal: slugSchema.optional(),
});
export type JoinOptions = z.input<typeof joinSchema>;

/** How fast a body moves: it stands, walks or runs. */
export const GAIT = { stand: 0, walk: 1, run: 2 } as const;
export type Gait = 0 | 1 | 2;

/**
 * One change of what a person's keys say. It holds from movement step `step` (of the client's own count) until the next.
 */
export const inputSchema = z.strictObject({
  /** Grows by one with each input. */
  seq: uint32,
  /** Client's step count at which this begins to hold. */
  step: uint32,
  gait: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  /** Direction walked, as a fraction of a full turn in HEADING_STEPS; 0 is +z, a quarter is +x. */
  heading: z
    .int()
    .min(0)
    .max(HEADING_STEPS - 1),
});
export type InputMessage = z.infer<typeof inputSchema>;

export const devicesSchema = z.strictObject({ mic: z.boolean(), cam: z.boolean(), screen: z.boolean() });
export type DevicesMessage = z.infer<typeof devicesSchema>;

/** How much of others somebody wants: deaf hears nobody; busy hears nobody and is not heard. */
export const statusSchema = z.strictObject({ deaf: z.boolean(), busy: z.boolean() });
export type StatusMessage = z.infer<typeof statusSchema>;

/**
 * Our microphone picks up a voice, or no longer does. Who speaks is heard before others where not all can be. While our
 * voice goes through the media server, the room goes by what that hears instead.
 */
export const speakingSchema = z.strictObject({ on: z.boolean() });

/** A blocked person and we neither hear nor see each other's voice and video. */
export const blockSchema = z.strictObject({ id: personId, on: z.boolean() });
export type BlockMessage = z.infer<typeof blockSchema>;

/** By a ticket from the signed-in page we are an identity from now on; by none, a guest. We stay where we are. */
export const identifySchema = z.strictObject({ ticket: ticketSchema.nullable() });

/** What can be done about circles. Members lock, unlock, let in and turn away; others knock. */
export const circleSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('lock') }),
  z.strictObject({ do: z.literal('unlock') }),
  z.strictObject({ do: z.literal('knock'), circle: circleId }),
  z.strictObject({ do: z.literal('let-in'), id: personId }),
  z.strictObject({ do: z.literal('turn-away'), id: personId }),
]);
export type CircleMessage = z.infer<typeof circleSchema>;

/** Every message a client may send to a world room, by type. */
export const clientMessages = {
  input: inputSchema,
  devices: devicesSchema,
  status: statusSchema,
  speaking: speakingSchema,
  block: blockSchema,
  circle: circleSchema,
  identify: identifySchema,
  moderate: moderateSchema,
  rtc: rtcRequestSchema,
  signal: signalSchema,
  reach: reachSchema,
  certificate: certificateSchema,
} as const;
export type ClientMessageType = keyof typeof clientMessages;
/** What a client says with a message of a type. */
export type ClientMessage<T extends ClientMessageType> = z.input<(typeof clientMessages)[T]>;

export interface WelcomeMessage {
  /** Our own id in the roster and the pose frames. */
  id: number;
  worldId: string;
  /** Number of this copy of the world, from 1. */
  copy: number;
  /** The copy was not our choice: those with lower numbers were full. */
  overflow: boolean;
  /** Seconds a dropped connection keeps its seat. */
  graceSeconds: number;
  media: MediaMessage;
}

/** We stepped into a portal: join this world, by its portal of that name. */
export interface TravelMessage {
  world: string;
  portal?: string | undefined;
}

/** Somebody stands before our locked circle and asks to be let in. */
export interface KnockMessage {
  from: number;
  circle: number;
}

/** Another member has answered a knock at our circle. */
export interface KnockOverMessage {
  from: number;
}

/** What became of our knock. */
export interface KnockAnswerMessage {
  circle: number;
  letIn: boolean;
}

/** Where the server has us: the truth that prediction is checked against. Travels in pose frames. */
export interface SelfMessage {
  /** Last input applied; −1 before the first, when the pose is simply where we are now. */
  seq: number;
  /** Step of the client's count that the pose belongs to; the body as it was when that step began. */
  step: number;
  x: number;
  z: number;
  yaw: number;
  /** The server put us there (arrival, clamped clock): take it whole, don't smooth. */
  cut: boolean;
}

/** Every message a world room may send, by type. Poses travel as bytes under POSES_TYPE: see pose-frame.ts. */
export interface ServerMessages {
  welcome: WelcomeMessage;
  travel: TravelMessage;
  knock: KnockMessage;
  'knock-answer': KnockAnswerMessage;
  'knock-over': KnockOverMessage;
  /** Everyone here whom we block. */
  blocked: { ids: number[] };
  media: MediaMessage;
  plan: PlanMessage;
  direct: DirectMessage;
  'rtc-event': RtcEvent;
  signal: SignalReceived;
  problem: Problem;
  'put-out': PutOutMessage;
}

/** Reply to a `rtc` request. */
export type RtcReply<T = unknown> = { ok: true; data: T } | { ok: false; problem: Problem };
