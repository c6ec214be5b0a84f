import type { RtpCapabilities, WebRtcServer, Worker } from 'mediasoup/types';
import { MEDIA_CODECS } from './codecs.ts';

const TRANSPORT_CC = 'transport-cc';
const TRANSPORT_CC_EXTENSION = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';

/**
 * Says whether the worker tells senders how their packets arrive. A worker built with `ms_use_builtin_bwe` (mediasoup
 * 3.27) negotiates this feedback and never sends it. It is found out by a sender that is made and closed again.
 */
export async function givesBandwidthFeedback(worker: Worker, webRtcServer: WebRtcServer): Promise<boolean> {
  const router = await worker.createRouter({ mediaCodecs: MEDIA_CODECS });
  try {
    const transport = await router.createWebRtcTransport({ webRtcServer });
    await transport.produce({
      kind: 'audio',
      rtpParameters: {
        codecs: [
          {
            mimeType: 'audio/opus',
            payloadType: 111,
            clockRate: 48_000,
            channels: 2,
            rtcpFeedback: [{ type: TRANSPORT_CC }],
          },
        ],
        headerExtensions: [{ uri: TRANSPORT_CC_EXTENSION, id: 1 }],
        encodings: [{ ssrc: 1 }],
      },
    });
    const [stats] = await transport.getStats();
    // The estimator is there from the first producer on; without one the number is missing.
    return stats?.availableIncomingBitrate !== undefined;
  } finally {
    router.close();
  }
}

/**
 * What browsers are told the room speaks. Feedback that never comes is left out: a browser that waits for it takes its
 * line for broken and goes down to the smallest picture; one that doesn't goes by the packets lost.
 */
export function offeredCapabilities(router: RtpCapabilities, givesFeedback: boolean): RtpCapabilities {
  if (givesFeedback) return router;
  const without = (feedback: { type: string }) =>
    feedback.type !== TRANSPORT_CC && feedback.type !== 'goog-remb';
  return {
    codecs: (router.codecs ?? []).map((codec) => ({
      ...codec,
      rtcpFeedback: (codec.rtcpFeedback ?? []).filter(without),
    })),
    headerExtensions: (router.headerExtensions ?? []).filter(({ uri }) => uri !== TRANSPORT_CC_EXTENSION),
  };
}
