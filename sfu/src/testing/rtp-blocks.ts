/** Parameter blocks as a browser would make them for our codecs, for tests that have no browser. */

const feedback = [
  { type: 'nack', parameter: '' },
  { type: 'nack', parameter: 'pli' },
  { type: 'ccm', parameter: 'fir' },
  { type: 'transport-cc', parameter: '' },
];

/** Sends one Opus stream. */
export function micParameters(ssrc = 1111): Record<string, unknown> {
  return {
    mid: '0',
    codecs: [
      {
        mimeType: 'audio/opus',
        payloadType: 111,
        clockRate: 48_000,
        channels: 2,
        parameters: { useinbandfec: 1, usedtx: 1 },
        rtcpFeedback: [{ type: 'transport-cc', parameter: '' }],
      },
    ],
    headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 }],
    encodings: [{ ssrc, dtx: true }],
    rtcp: { cname: '', reducedSize: true },
  };
}

/** Sends VP8 in as many layers as asked for. */
export function camParameters(layers = 3, ssrc = 2222): Record<string, unknown> {
  const encodings = Array.from({ length: layers }, (_, index) => ({
    ssrc: ssrc + 2 * index,
    rtx: { ssrc: ssrc + 2 * index + 1 },
    maxBitrate: 100_000 * 3 ** index,
    scalabilityMode: 'L1T1',
  }));
  return {
    mid: '1',
    codecs: [
      { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000, parameters: {}, rtcpFeedback: feedback },
      { mimeType: 'video/rtx', payloadType: 97, clockRate: 90_000, parameters: { apt: 96 } },
    ],
    headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 }],
    encodings,
    rtcp: { cname: '', reducedSize: true },
  };
}

/** Keys of a browser's end; the handshake itself is not made. */
export const someDtlsParameters: Record<string, unknown> = {
  role: 'client',
  fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }],
};

/** What a browser can receive that decodes sound and no picture. */
export const soundOnlyCapabilities: Record<string, unknown> = {
  codecs: [
    {
      kind: 'audio',
      mimeType: 'audio/opus',
      preferredPayloadType: 100,
      clockRate: 48_000,
      channels: 2,
      parameters: {},
    },
  ],
  headerExtensions: [],
};
