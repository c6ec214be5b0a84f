import { describe, expect, it } from 'vitest';
import { withOpusWish } from './opus-wish.ts';

const audio = (mid: number, ...lines: string[]) => [
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63',
  `a=mid:${mid}`,
  'a=rtpmap:111 opus/48000/2',
  ...lines,
  'a=rtpmap:63 red/48000/2',
  'a=fmtp:63 111/111',
];
const VIDEO = ['m=video 9 UDP/TLS/RTP/SAVPF 96', 'a=mid:1', 'a=rtpmap:96 VP8/90000'];
const sdp = (...parts: string[][]) => `${['v=0', ...parts.flat()].join('\r\n')}\r\n`;

describe('how sound is asked for directly', () => {
  it('is talk in one channel that falls silent, and the screen in stereo', () => {
    const before = sdp(audio(0, 'a=fmtp:111 minptime=10;useinbandfec=1'), VIDEO, audio(2));
    expect(withOpusWish(before, 'voice')).toBe(
      sdp(
        audio(0, 'a=fmtp:111 minptime=10;useinbandfec=1;stereo=0;usedtx=1;maxaveragebitrate=32000'),
        VIDEO,
        audio(2).toSpliced(3, 0, 'a=fmtp:111 stereo=1;usedtx=0;useinbandfec=1;maxaveragebitrate=128000'),
      ),
    );
  });

  it('is music in stereo, and can be changed again', () => {
    const before = sdp(audio(0, 'a=fmtp:111 minptime=10;useinbandfec=1'));
    const music = withOpusWish(before, 'music');
    expect(music).toContain('minptime=10;useinbandfec=1;stereo=1;usedtx=0;maxaveragebitrate=128000\r\n');
    expect(withOpusWish(music, 'voice')).toBe(withOpusWish(before, 'voice'));
  });

  it('takes what the other side wrote as it is, and makes it no longer', () => {
    const odd = "x=$`$`$&;y=$'$1$$";
    const before = sdp(audio(0, `a=fmtp:111 ${odd}`));
    const after = withOpusWish(before, 'voice');
    expect(after).toContain(odd);
    expect(after.length).toBeLessThan(before.length + 200);
  });

  it('leaves alone what has no Opus', () => {
    const before = sdp(['m=audio 9 UDP/TLS/RTP/SAVPF 0', 'a=rtpmap:0 PCMU/8000'], VIDEO);
    expect(withOpusWish(before, 'music')).toBe(before);
  });
});
