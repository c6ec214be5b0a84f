import type { RtcReplies } from '@chatmux/schema';
import { z } from 'zod';

const block = z.record(z.string(), z.unknown());
const nothing = z.strictObject({});

/** What the SFU answers, by method of `rtc`. */
export const rtcReplySchemas: { [M in keyof RtcReplies]: z.ZodType<RtcReplies[M]> } = {
  capabilities: z.object({ rtpCapabilities: block }),
  join: nothing,
  'create-transport': z.object({
    id: z.string(),
    iceParameters: block,
    iceCandidates: z.array(block),
    dtlsParameters: block,
  }),
  'connect-transport': nothing,
  'restart-ice': z.object({ iceParameters: block }),
  produce: z.object({ id: z.string() }),
  'close-producer': nothing,
  'consumer-ready': nothing,
  views: nothing,
  prefer: nothing,
};

const count = z.int().min(0);

export const statsSchema = z.object({
  workerPids: z.array(count),
  rooms: count,
  routers: count,
  sessions: count,
  transports: count,
  producers: count,
  consumers: count,
  consumersPlaying: count,
  pipes: count,
});
