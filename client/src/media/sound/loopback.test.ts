import { describe, expect, it } from 'vitest';
import { inStereo } from './loopback.ts';

const LINES = ['m=audio 9 UDP/TLS/RTP/SAVPF 111 63', 'a=rtpmap:111 opus/48000/2', 'a=rtpmap:63 red/48000/2'];

describe('a description in stereo', () => {
  it('takes the place of what was said of Opus', () => {
    const sdp = inStereo(
      [...LINES, 'a=fmtp:111 minptime=10;useinbandfec=1', 'a=fmtp:63 111/111', ''].join('\r\n'),
    );
    expect(sdp.match(/a=fmtp:111 .*/g)).toHaveLength(1);
    expect(sdp).toMatch(/a=fmtp:111 [^\r]*stereo=1[^\r]*\r\n/);
    expect(sdp).toContain('a=fmtp:63 111/111\r\n');
    expect(sdp).not.toContain('useinbandfec=1');
  });

  it('is said where nothing was', () => {
    const sdp = inStereo([...LINES, ''].join('\r\n'));
    expect(sdp).toMatch(/a=rtpmap:111 opus\/48000\/2\r\na=fmtp:111 [^\r]*stereo=1[^\r]*\r\na=rtpmap:63/);
  });

  it('leaves one without Opus alone', () => expect(inStereo('m=video 9\r\n')).toBe('m=video 9\r\n'));
});
