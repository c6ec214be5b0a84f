import { ProblemError } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
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

/** Lines that would open ports, replace keys or add streams in the description of everyone who listens. */
const INJECTIONS = [
  'x\r\na=candidate:1 1 udp 1 10.0.0.1 9 typ host',
  'x\na=ssrc:9 cname:me',
  'x;apt=1',
  'é',
  'a b',
];

describe.each(INJECTIONS)('text that would break out of a session description: %j', (evil) => {
  const opus = readRtpParameters(micParameters()).codecs[0];
  const withCodec = (part: Record<string, unknown>) => ({
    ...micParameters(),
    codecs: [{ ...opus, ...part }],
  });

  it.each([
    ['a parameter', withCodec({ parameters: { stereo: evil } })],
    ['a mime type', withCodec({ mimeType: `audio/${evil}` })],
    ['a kind of feedback', withCodec({ rtcpFeedback: [{ type: evil }] })],
    ['a cname', { ...micParameters(), rtcp: { cname: evil } }],
    ['a mid', { ...micParameters(), mid: evil.slice(0, 8) }],
    ['the name of an extension', { ...micParameters(), headerExtensions: [{ uri: evil, id: 1 }] }],
    ['a rid', { ...micParameters(), encodings: [{ rid: evil }] }],
    ['a scalability mode', { ...micParameters(), encodings: [{ ssrc: 1, scalabilityMode: evil }] }],
  ])('is refused in %s', (_what, block) => {
    expect(() => readRtpParameters(block)).toThrow(ProblemError);
  });

  it('is left out where nobody needs it: in names of parameters, msid and parameters of extensions', () => {
    const block = {
      ...withCodec({ parameters: { [evil]: 1, usedtx: 1 } }),
      headerExtensions: [{ uri: 'urn:none', id: 1, parameters: { [evil]: evil } }],
      msid: evil,
    };
    const read = readRtpParameters(block);
    expect(read.codecs[0]?.parameters).toEqual({ usedtx: 1 });
    expect(JSON.stringify(read)).not.toContain(JSON.stringify(evil).slice(1, -1));
  });

  it('is refused in capabilities as well', () => {
    const codec = readRtpCapabilities(soundOnlyCapabilities).codecs?.[0];
    const block = { ...soundOnlyCapabilities, codecs: [{ ...codec, parameters: { usedtx: evil } }] };
    expect(() => readRtpCapabilities(block)).toThrow(ProblemError);
  });
});

it('keeps the parameters that browsers really send', () => {
  const [picture, again] = readRtpParameters(camParameters(1)).codecs;
  expect([picture?.parameters, again?.parameters]).toEqual([{}, { apt: 96 }]);
  const h264 = { 'level-asymmetry-allowed': 1, 'packetization-mode': 1, 'profile-level-id': '42e01f' };
  const codec = { mimeType: 'video/H264', payloadType: 102, clockRate: 90_000, parameters: h264 };
  const read = readRtpParameters({ ...camParameters(1), codecs: [codec], rtcp: { cname: '{7Gk+/a=}' } });
  expect(read.codecs[0]?.parameters).toEqual(h264);
  expect(read.rtcp?.cname).toBe('{7Gk+/a=}');
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
