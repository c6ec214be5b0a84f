import { describe, expect, it } from 'vitest';
import { isBoundTo } from './sdp-fingerprints.ts';

const OURS = Array.from({ length: 32 }, () => 'AB').join(':');
const THEIRS = Array.from({ length: 32 }, () => 'CD').join(':');
const sdp = (...lines: string[]) =>
  ['v=0', 's=-', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', ...lines, ''].join('\r\n');

describe('a session description', () => {
  it('is bound to the one certificate it names, however often', () => {
    expect(isBoundTo(sdp(`a=fingerprint:sha-256 ${OURS}`), OURS)).toBe(true);
    expect(isBoundTo(sdp(`a=fingerprint:SHA-256 ${OURS.toLowerCase()}`), OURS)).toBe(true);
    expect(isBoundTo(sdp(`a=fingerprint:sha-256 ${OURS}`, `a=fingerprint:sha-256 ${OURS}`), OURS)).toBe(true);
  });
  it.each([
    ['names another', sdp(`a=fingerprint:sha-256 ${THEIRS}`)],
    ['names a second one', sdp(`a=fingerprint:sha-256 ${OURS}`, `a=fingerprint:sha-256 ${THEIRS}`)],
    ['names it by a weak hash', sdp(`a=fingerprint:sha-1 ${OURS}`)],
    ['names none', sdp()],
    ['hides a second one behind white space', `${sdp(`a=fingerprint:sha-256 ${OURS}`)} a=fingerprint:x y`],
    ['says a line more in one', sdp(`a=fingerprint:sha-256 ${OURS} a=fingerprint:sha-256 ${THEIRS}`)],
  ])('is not when it %s', (_what, text) => {
    expect(isBoundTo(text, OURS)).toBe(false);
  });
});
