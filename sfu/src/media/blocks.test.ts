import { ProblemError } from '@chatmux/schema';
import { expect, it } from 'vitest';
import {
  camParameters,
  micParameters,
  someDtlsParameters,
  soundOnlyCapabilities,
} from '../testing/rtp-blocks.ts';
import { readDtlsParameters, readRtpCapabilities, readRtpParameters, refusingBadBlocks } from './blocks.ts';

it('reads what browsers send and leaves out what it doesn’t know', () => {
  expect(readRtpParameters(camParameters(3)).encodings).toHaveLength(3);
  expect(readRtpParameters({ ...micParameters(), surprise: 1 })).not.toHaveProperty('surprise');
  expect(readRtpCapabilities(soundOnlyCapabilities).codecs).toHaveLength(1);
  expect(readDtlsParameters(someDtlsParameters).fingerprints).toHaveLength(1);
});

it.each([
  ['no codecs', { ...micParameters(), codecs: [] }],
  ['a codec that is null', { ...micParameters(), codecs: [null] }],
  ['four encodings', camParameters(4)],
  ['a stream number below zero', { ...micParameters(), encodings: [{ ssrc: -1 }] }],
  ['a stream number above 32 bits', { ...micParameters(), encodings: [{ ssrc: 2 ** 32 }] }],
  ['a stream number that is text', { ...micParameters(), encodings: [{ ssrc: '1' }] }],
  ['a mid that is too long', { ...micParameters(), mid: '123456789' }],
  [
    'a deep parameter',
    {
      ...micParameters(),
      codecs: [{ mimeType: 'audio/opus', payloadType: 1, clockRate: 1, parameters: { a: {} } }],
    },
  ],
])('refuses sending parameters with %s', (_name, block) => {
  expect(() => readRtpParameters(block)).toThrow(ProblemError);
});

it.each([
  ['no fingerprint', { fingerprints: [] }],
  ['a fingerprint that is none', { fingerprints: [{ algorithm: 'sha-256', value: 'zz' }] }],
  ['a hash nobody knows', { fingerprints: [{ algorithm: 'md5', value: 'AB' }] }],
])('refuses keys with %s', (_name, block) => {
  expect(() => readDtlsParameters(block)).toThrow(ProblemError);
});

it('blames the sender for what mediasoup calls a type error, and for nothing else', async () => {
  const refused = refusingBadBlocks('thing', () => Promise.reject(new TypeError('no mid')));
  await expect(refused).rejects.toMatchObject({
    code: 'bad-message',
    message: 'The thing was refused: no mid',
  });
  const broken = new Error('worker away');
  await expect(refusingBadBlocks('thing', () => Promise.reject(broken))).rejects.toBe(broken);
});
