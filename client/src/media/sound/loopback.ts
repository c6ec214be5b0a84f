/** Sound that goes through a connection to ourselves before it is played: so Chromium's echo canceller hears it. */
export interface Loopback {
  /** Plays, or keeps quiet at once. */
  setMuted(muted: boolean): void;
  /** Speakers to play on; empty for the system's. */
  setSpeaker(deviceId: string): Promise<void>;
  /** The track as it comes out, for measurements. */
  readonly track: MediaStreamTrack;
  close(): void;
}

/** Longest wait for the connection, in milliseconds. */
const PATIENCE_MS = 5000;
/** Bits a second of the sound within this computer: more than enough to sound the same. */
const BIT_RATE = 256_000;

type ChoosesSpeaker = HTMLMediaElement & { setSinkId?: (id: string) => Promise<void> };

/**
 * Opens the connection; what comes out is muted at first.
 * @param onLost it broke after it stood
 * @throws Error when it does not come about
 */
export async function openLoopback(stream: MediaStream, onLost: () => void): Promise<Loopback> {
  const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
  const element: ChoosesSpeaker = new Audio();
  element.muted = true;
  let closed = false;
  const close = () => {
    closed = true;
    near.close();
    far.close();
    element.pause();
    element.srcObject = null;
  };
  try {
    const track = await connect(near, far, stream);
    element.srcObject = new MediaStream([track]);
    await element.play();
    far.addEventListener('connectionstatechange', () => {
      // What might come back is silent meanwhile: a way of a few centimetres is opened anew instead.
      if (!closed && far.connectionState !== 'connected') onLost();
    });
    return {
      track,
      setMuted(muted) {
        element.muted = muted;
      },
      async setSpeaker(deviceId) {
        if (element.setSinkId) await element.setSinkId(deviceId);
        else if (deviceId !== '') throw new Error('This browser can’t choose speakers for a page.');
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

async function connect(
  near: RTCPeerConnection,
  far: RTCPeerConnection,
  stream: MediaStream,
): Promise<MediaStreamTrack> {
  // A candidate that the other side can't use is no reason to give up: the others may do.
  const carry = (to: RTCPeerConnection) => (event: RTCPeerConnectionIceEvent) => {
    to.addIceCandidate(event.candidate ?? undefined).catch((error: unknown) =>
      console.debug('a way for our own sound is closed', error),
    );
  };
  near.addEventListener('icecandidate', carry(far));
  far.addEventListener('icecandidate', carry(near));
  const arrived = new Promise<MediaStreamTrack>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('our own sound did not arrive in time')), PATIENCE_MS);
    far.addEventListener('track', ({ track, receiver }) => {
      // As little delay as there can be: nothing gets lost or late on this way.
      if ('jitterBufferTarget' in receiver) receiver.jitterBufferTarget = 0;
      far.addEventListener('connectionstatechange', () => {
        if (far.connectionState !== 'connected') return;
        clearTimeout(timer);
        resolve(track);
      });
    });
  });
  // Told by what fails first; then this comes late and to nobody.
  arrived.catch(() => undefined);
  for (const track of stream.getAudioTracks()) near.addTrack(track, stream);
  const offer = await near.createOffer();
  await near.setLocalDescription(offer);
  await far.setRemoteDescription(offer);
  const answer = await far.createAnswer();
  const stereo = { type: answer.type, sdp: inStereo(answer.sdp ?? '') };
  await far.setLocalDescription(stereo);
  await near.setRemoteDescription(stereo);
  return arrived;
}

/** A description that asks for stereo without gaps: by default Opus sends one channel, and left and right were lost. */
export function inStereo(sdp: string): string {
  const opus = /a=rtpmap:(\d+) opus\//.exec(sdp)?.[1];
  if (opus === undefined) return sdp;
  const wish = `stereo=1;sprop-stereo=1;maxaveragebitrate=${BIT_RATE};usedtx=0;useinbandfec=0`;
  const known = new RegExp(`^a=fmtp:${opus} .*$`, 'm');
  const line = `a=fmtp:${opus} minptime=10;${wish}`;
  if (known.test(sdp)) return sdp.replace(known, line);
  return sdp.replace(new RegExp(`^(a=rtpmap:${opus} .*)$`, 'm'), `$1\r\n${line}`);
}
