import type { RtcReplies, RtcRequest } from '@chatmux/schema';
import type { types } from 'mediasoup-client';
import { z } from 'zod';

type Block = Record<string, unknown>;

/** Blocks that mediasoup-client checks in depth itself; here only that they are objects. */
function blockOf<T extends object>() {
  return z.custom<T>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
}

const replySchemas = {
  capabilities: z.object({ rtpCapabilities: blockOf<types.RtpCapabilities>() }),
  join: z.object({}),
  'create-transport': z.object({
    id: z.string().min(1),
    iceParameters: blockOf<types.IceParameters>(),
    iceCandidates: z.array(blockOf<types.IceCandidate>()),
    dtlsParameters: blockOf<types.DtlsParameters>(),
  }),
  'connect-transport': z.object({}),
  'restart-ice': z.object({ iceParameters: blockOf<types.IceParameters>() }),
  produce: z.object({ id: z.string().min(1) }),
  'close-producer': z.object({}),
  'consumer-ready': z.object({}),
  views: z.object({}),
  prefer: z.object({}),
} satisfies Record<keyof RtcReplies, z.ZodType>;

type Method = RtcRequest['method'];
type Data<M extends Method> = Omit<Extract<RtcRequest, { method: M }>, 'method' | 'epoch'>;
type Reply<M extends Method> = z.infer<(typeof replySchemas)[M]>;

/** A way to ask the media server within one epoch: the reply is checked, and nothing comes back after the end. */
export type AskSfu = <M extends Method>(method: M, data: Data<M>) => Promise<Reply<M>>;

/** Something came back after its time: whoever waited for it stops quietly. */
export class OverError extends Error {
  constructor() {
    super('this media session is over');
    this.name = 'OverError';
  }
}

/**
 * @param request sends one request through the room; rejects with a ProblemError
 * @param signal aborted when the session is over; from then on every answer becomes an OverError
 */
export function createAskSfu(
  epoch: number,
  request: (request: RtcRequest) => Promise<unknown>,
  signal: AbortSignal,
): AskSfu {
  return async (method, data) => {
    if (signal.aborted) throw new OverError();
    // The parts fit by the type of this function; the union can't be rebuilt from a generic method.
    const whole = { ...data, method, epoch } as Block as RtcRequest;
    let reply: unknown;
    try {
      reply = await request(whole);
    } catch (error) {
      throw signal.aborted ? new OverError() : error;
    }
    if (signal.aborted) throw new OverError();
    return replySchemas[method].parse(reply) as Reply<typeof method>;
  };
}

/** A block of the server as the type mediasoup-client wants; it checks the content itself. */
export function rtpParametersOf(block: Block): types.RtpParameters {
  return blockOf<types.RtpParameters>().parse(block);
}
