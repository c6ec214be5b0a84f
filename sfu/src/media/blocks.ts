import { ProblemError } from '@chatmux/schema';
import type { DtlsParameters, RtpCapabilities, RtpParameters } from 'mediasoup/types';
import { z } from 'zod';
import { MAX_VIDEO_LAYERS } from './codecs.ts';

/**
 * Parameter blocks as browsers send them. mediasoup checks how the parts fit together; here is checked that each part is
 * what it says it is and within its range, since the worker takes numbers as they come. Unknown members are left out.
 *
 * What a speaker sends reaches every listener, whose browser writes it into a session description as it is. So no text
 * may hold what would begin a new line or a new parameter there.
 */

const uint32 = z.int().min(0).max(0xffffffff);
/** Visible ASCII without `;`: nothing that ends a line, a parameter or a word of a session description. */
const visible = (max: number) => z.string().regex(new RegExp(`^[!-:<-~]{0,${max}}$`));
const mimeType = z.string().regex(/^(audio|video)\/[\w.+-]{1,64}$/i);
const uri = visible(256).min(1);
const payloadType = z.int().min(0).max(127);
const extensionId = z.int().min(1).max(255);
const rtcpFeedback = z
  .array(
    z.object({
      type: z.string().regex(/^[\w-]{1,32}$/),
      parameter: z
        .string()
        .regex(/^[\w -]{0,64}$/)
        .optional(),
    }),
  )
  .max(32);
const codec = z.object({
  mimeType,
  clockRate: uint32,
  channels: z.int().min(1).max(8).optional(),
  parameters: z
    .record(z.string().max(64), z.union([z.string().max(1024), z.number(), z.boolean(), z.null()]))
    .optional(),
  rtcpFeedback: rtcpFeedback.optional(),
});

/** Format parameters a codec may have; rooms and listeners need no others, and others are left out. */
const FORMAT_PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  'audio/opus': [
    'cbr',
    'maxaveragebitrate',
    'maxplaybackrate',
    'maxptime',
    'minptime',
    'ptime',
    'sprop-maxcapturerate',
    'sprop-stereo',
    'stereo',
    'useinbandfec',
    'usedtx',
  ],
  'video/vp8': ['max-fr', 'max-fs'],
  'video/vp9': ['profile-id'],
  'video/h264': ['level-asymmetry-allowed', 'packetization-mode', 'profile-level-id'],
  'video/rtx': ['apt', 'rtx-time'],
};
const formatParameter = z.union([visible(64), z.number()]);

/** The same codec with the format parameters we know. Throws a ZodError when one of them is no word and no number. */
function withKnownParameters<T extends z.infer<typeof codec>>(one: T): T {
  if (!one.parameters) return one;
  const known = FORMAT_PARAMETERS[one.mimeType.toLowerCase()] ?? [];
  const kept = Object.entries(one.parameters).filter(([key]) => known.includes(key));
  return {
    ...one,
    parameters: Object.fromEntries(kept.map(([key, value]) => [key, formatParameter.parse(value)])),
  };
}

const rtpCapabilities = z.object({
  codecs: z
    .array(codec.extend({ kind: z.enum(['audio', 'video']), preferredPayloadType: payloadType.optional() }))
    .max(128)
    .optional(),
  headerExtensions: z
    .array(
      z.object({
        kind: z.enum(['audio', 'video']),
        uri,
        preferredId: extensionId,
        preferredEncrypt: z.boolean().optional(),
      }),
    )
    .max(64)
    .optional(),
});

const encoding = z.object({
  ssrc: uint32.optional(),
  rid: z
    .string()
    .regex(/^[A-Za-z0-9]{1,16}$/)
    .optional(),
  codecPayloadType: payloadType.optional(),
  rtx: z.object({ ssrc: uint32 }).optional(),
  dtx: z.boolean().optional(),
  scalabilityMode: z
    .string()
    .regex(/^\w{1,16}$/)
    .optional(),
  maxBitrate: uint32.optional(),
});

const rtpParameters = z.object({
  mid: z
    .string()
    .regex(/^[\w.-]{1,8}$/)
    .optional(),
  codecs: z.array(codec.extend({ payloadType })).min(1).max(32),
  headerExtensions: z
    .array(
      z.object({
        uri,
        id: extensionId,
        encrypt: z.boolean().optional(),
      }),
    )
    .max(32)
    .optional(),
  encodings: z.array(encoding).max(MAX_VIDEO_LAYERS).optional(),
  rtcp: z.object({ cname: visible(255).optional(), reducedSize: z.boolean().optional() }).optional(),
});

const dtlsParameters = z.object({
  role: z.enum(['auto', 'client', 'server']).optional(),
  fingerprints: z
    .array(
      z.object({
        algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
        value: z.string().regex(/^([0-9a-f]{2}:){19,63}[0-9a-f]{2}$/i),
      }),
    )
    .min(1)
    .max(8),
});

type Block = Record<string, unknown>;

function read<T>(what: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    throw new ProblemError('bad-message', `The ${what} can’t be read: ${z.prettifyError(error)}`);
  }
}

/** What a browser can receive. Throws `bad-message`. */
export function readRtpCapabilities(block: Block): RtpCapabilities {
  return read('receiving capabilities', () => {
    const { codecs, ...rest } = rtpCapabilities.parse(block);
    return codecs ? { ...rest, codecs: codecs.map(withKnownParameters) } : rest;
  }) as RtpCapabilities;
}

/** What a browser sends, with at most three encodings. Throws `bad-message`. */
export function readRtpParameters(block: Block): RtpParameters {
  return read('sending parameters', () => {
    const { codecs, ...rest } = rtpParameters.parse(block);
    return { ...rest, codecs: codecs.map(withKnownParameters) };
  }) as RtpParameters;
}

/** Keys of a transport. Throws `bad-message`. */
export function readDtlsParameters(block: Block): DtlsParameters {
  return read('transport keys', () => dtlsParameters.parse(block)) as DtlsParameters;
}

/**
 * Runs a call of mediasoup that takes a block of a browser; what mediasoup refuses in it becomes `bad-message`.
 * Other errors pass.
 */
export async function refusingBadBlocks<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const theirFault =
      error instanceof TypeError || (error instanceof Error && error.name === 'UnsupportedError');
    if (!theirFault) throw error;
    throw new ProblemError('bad-message', `The ${what} was refused: ${error.message}`, { cause: error });
  }
}
