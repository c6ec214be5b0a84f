import type { VoiceProfile } from '../../store/devices.ts';
import { type OpusSettings, PROFILES, SCREEN_SOUND } from '../devices/voice-profiles.ts';

/**
 * A description of the other side that asks us for sound as we mean to send it. Browsers encode Opus as the other side
 * asks for (RFC 7587, section 6.1), which by default is one channel and a packet for every 20 ms of silence.
 * @param voice what our microphone carries; the sound of a screen comes second
 */
export function withOpusWish(sdp: string, voice: VoiceProfile): string {
  const wishes = [PROFILES[voice], SCREEN_SOUND];
  return sdp
    .split(/(?=^m=)/m)
    .map((part) => {
      const wish = part.startsWith('m=audio') ? wishes.shift() : undefined;
      return wish ? withWish(part, wish) : part;
    })
    .join('');
}

function withWish(part: string, { bitrate, stereo, dtx }: OpusSettings): string {
  const type = /^a=rtpmap:(\d+) opus\//m.exec(part)?.[1];
  if (type === undefined) return part;
  const known = new RegExp(`^a=fmtp:${type} (.*)$`, 'm').exec(part)?.[1]?.trim() ?? '';
  const parameters = new Map(
    known
      .split(';')
      .filter((pair) => pair !== '')
      .map((pair) => pair.split('=', 2) as [string, string]),
  );
  parameters
    .set('stereo', stereo ? '1' : '0')
    .set('usedtx', dtx ? '1' : '0')
    .set('useinbandfec', '1')
    .set('maxaveragebitrate', String(bitrate));
  const line = `a=fmtp:${type} ${[...parameters].map((pair) => pair.join('=')).join(';')}`;
  // By functions: what the other side wrote must not be read as a pattern of what replaces it.
  return known === ''
    ? part.replace(
        new RegExp(`^(a=rtpmap:${type} .*?)(\\r?)$`, 'm'),
        (_, map: string, end: string) => `${map}${end}\n${line}${end}`,
      )
    : part.replace(new RegExp(`^a=fmtp:${type} .*?(\\r?)$`, 'm'), (_, end: string) => `${line}${end}`);
}
