import { ProblemError } from '@chatmux/schema';
import type { DtlsParameters, RtpCapabilities, RtpParameters } from 'mediasoup/types';
import { z } from 'zod';
import { MAX_CAMERA_LAYERS } from './codecs.ts';

/**
 * Parameter blocks as browsers send them. mediasoup checks how the parts fit together; here is checked that each part is
 * what it says it is and within its range, since the worker takes numbers as they come. Unknown members are left out.
 */

const uint32 = z.int().min(0).max(0xffffffff);
const word = z.string().min(1).max(256);
/** Names that browsers may leave empty. */
const text = z.string().max(256);
const payloadType = z.int().min(0).max(127);
const extensionId = z.int().min(1).max(255);
const parameters = z.record(
  z.string().max(64),
  z.union([z.string().max(1024), z.number(), z.boolean(), z.null()]),
);
const rtcpFeedback = z.array(z.object({ type: word, parameter: z.string().max(64).optional() })).max(32);
const codec = z.object({
  mimeType: word,
  clockRate: uint32,
  channels: z.int().min(1).max(8).optional(),
  parameters: parameters.optional(),
  rtcpFeedback: rtcpFeedback.optional(),
});

const rtpCapabilities = z.object({
  codecs: z
    .array(codec.extend({ kind: z.enum(['audio', 'video']), preferredPayloadType: payloadType.optional() }))
    .max(128)
    .optional(),
  headerExtensions: z
    .array(
      z.object({
        kind: z.enum(['audio', 'video']),
        uri: word,
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
  scalabilityMode: z.string().max(16).optional(),
  maxBitrate: uint32.optional(),
});

const rtpParameters = z.object({
  mid: z.string().min(1).max(8).optional(),
  codecs: z.array(codec.extend({ payloadType })).min(1).max(32),
  headerExtensions: z
    .array(
      z.object({
        uri: word,
        id: extensionId,
        encrypt: z.boolean().optional(),
        parameters: parameters.optional(),
      }),
    )
    .max(32)
    .optional(),
  encodings: z.array(encoding).max(MAX_CAMERA_LAYERS).optional(),
  rtcp: z.object({ cname: text.optional(), reducedSize: z.boolean().optional() }).optional(),
  msid: text.optional(),
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

function read<T>(schema: z.ZodType<T>, block: Block, what: string): T {
  const result = schema.safeParse(block);
  if (result.success) return result.data;
  throw new ProblemError('bad-message', `The ${what} can’t be read: ${z.prettifyError(result.error)}`);
}

/** What a browser can receive. Throws `bad-message`. */
export function readRtpCapabilities(block: Block): RtpCapabilities {
  return read(rtpCapabilities, block, 'receiving capabilities') as RtpCapabilities;
}

/** What a browser sends, with at most three encodings. Throws `bad-message`. */
export function readRtpParameters(block: Block): RtpParameters {
  return read(rtpParameters, block, 'sending parameters') as RtpParameters;
}

/** Keys of a transport. Throws `bad-message`. */
export function readDtlsParameters(block: Block): DtlsParameters {
  return read(dtlsParameters, block, 'transport keys') as DtlsParameters;
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
