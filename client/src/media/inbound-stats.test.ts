import { expect, it } from 'vitest';
import { inboundOf } from './inbound-stats.ts';

it('sums what came in and leaves the other entries alone', () => {
  const report = new Map<string, unknown>([
    [
      'a',
      {
        type: 'inbound-rtp',
        packetsReceived: 10,
        packetsLost: 3,
        jitter: 0.004,
        bytesReceived: 900,
        framesDecoded: 4,
        frameWidth: 320,
        frameHeight: 180,
        codecId: 'g',
      },
    ],
    ['b', { type: 'inbound-rtp', packetsReceived: 2, bytesReceived: 100 }],
    ['c', { type: 'outbound-rtp', packetsReceived: 1000, bytesReceived: 1000 }],
    ['d', undefined],
    ['e', { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.03, responsesReceived: 7 }],
    ['g', { type: 'codec', mimeType: 'video/VP8' }],
    ['f', { type: 'candidate-pair', nominated: false, currentRoundTripTime: 0.9, responsesReceived: 90 }],
  ]);
  expect(inboundOf(report)).toEqual({
    packetsReceived: 12,
    packetsLost: 3,
    jitterMs: 4,
    answers: 7,
    roundTripMs: 30,
    bytesReceived: 1000,
    framesDecoded: 4,
    frameWidth: 320,
    frameHeight: 180,
    codec: 'VP8',
  });
});

it('counts nothing as 0', () => {
  expect(inboundOf(new Map())).toMatchObject({ packetsReceived: 0, answers: undefined });
});
