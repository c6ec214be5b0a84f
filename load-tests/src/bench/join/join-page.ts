import { Device, type types } from 'mediasoup-client';
import { sound } from './first-sound.ts';

// After the ear: it must be there before the audio context is made.
import '../../browser/media-page.ts';

/** What a raw media server is asked by a page: mediasoup alone, without plans. */
export type RawRequest =
  | { method: 'capabilities' }
  | { method: 'create-transport'; direction: 'send' | 'receive' }
  | { method: 'connect-transport'; transportId: string; dtlsParameters: types.DtlsParameters }
  | { method: 'produce'; transportId: string; rtpParameters: types.RtpParameters }
  | { method: 'consume'; transportId: string; rtpCapabilities: types.RtpCapabilities }
  | { method: 'close-consumer'; consumerId: string };

declare global {
  interface Window {
    /** The answer as mediasoup gives it: both ends are ours. */
    askRaw(request: RawRequest): Promise<unknown>;
    /** Says that this page has crossed the edge of earshot, or has left it: the test is the world. */
    cross(inward: boolean): Promise<void>;
    join: typeof join;
  }
}

const ask = async <T>(request: RawRequest) => (await window.askRaw(request)) as T;

let device: Device | undefined;
let receiving: types.Transport | undefined;
let consumer: types.Consumer | undefined;
let pair: { connections: readonly RTCPeerConnection[]; silence: () => void } | undefined;

async function openRaw(direction: 'send' | 'receive'): Promise<types.Transport> {
  if (!device) {
    device = await Device.factory();
    await device.load({ routerRtpCapabilities: await ask({ method: 'capabilities' }) });
  }
  const options = await ask<types.TransportOptions>({ method: 'create-transport', direction });
  const transport =
    direction === 'send' ? device.createSendTransport(options) : device.createRecvTransport(options);
  transport.on('connect', ({ dtlsParameters }, done, fail) => {
    ask({ method: 'connect-transport', transportId: transport.id, dtlsParameters }).then(done, fail);
  });
  transport.on('produce', ({ rtpParameters }, done, fail) => {
    ask<{ id: string }>({ method: 'produce', transportId: transport.id, rtpParameters }).then(done, fail);
  });
  return transport;
}

/** The microphone that raw arms send: the same tone as ours, as it is. */
const rawMic = async () =>
  (
    await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    })
  ).getAudioTracks()[0];

const join = {
  /** Speaks to the raw server. */
  async speakRaw() {
    const transport = await openRaw('send');
    const track = await rawMic();
    if (!track) throw new Error('there is no microphone');
    await transport.produce({ track, codecOptions: { opusDtx: true, opusFec: true } });
  },
  /** Opens the way by which the raw arm receives; it is there long before anybody is met. */
  async openRawEars() {
    receiving = await openRaw('receive');
  },
  /** Consumes as mediasoup's own documents say. @returns milliseconds until the first packet */
  async consumeRaw(): Promise<number> {
    if (!receiving || !device) throw new Error('the raw ears are not open');
    const startMs = performance.now();
    const options = await ask<types.ConsumerOptions>({
      method: 'consume',
      transportId: receiving.id,
      rtpCapabilities: device.recvRtpCapabilities,
    });
    consumer = await receiving.consume(options);
    // A remote track is muted until its first packet has come.
    const { track } = consumer;
    if (track.muted)
      await new Promise((resolve) => track.addEventListener('unmute', resolve, { once: true }));
    return performance.now() - startMs;
  },
  async closeRaw() {
    if (!consumer) return;
    consumer.close();
    await ask({ method: 'close-consumer', consumerId: consumer.id });
    consumer = undefined;
  },
  /** Two connections in this page and nothing around them. @returns milliseconds from nothing to the first sound */
  async openPair(): Promise<number> {
    const track = await rawMic();
    if (!track) throw new Error('there is no microphone');
    const startMs = performance.now();
    const [from, to] = [new RTCPeerConnection(), new RTCPeerConnection()];
    from.onicecandidate = ({ candidate }) => void to.addIceCandidate(candidate ?? undefined);
    to.onicecandidate = ({ candidate }) => void from.addIceCandidate(candidate ?? undefined);
    const heard = new Promise<number>((resolve) => {
      to.ontrack = ({ track: remote }) => {
        const { heardMs, silence } = sound.playAlone(remote);
        pair = { connections: [from, to], silence };
        heardMs.then(resolve);
      };
    });
    from.addTrack(track);
    await from.setLocalDescription();
    if (from.localDescription) await to.setRemoteDescription(from.localDescription);
    await to.setLocalDescription();
    if (to.localDescription) await from.setRemoteDescription(to.localDescription);
    const ms = (await heard) - startMs;
    track.stop();
    return ms;
  },
  closePair() {
    pair?.silence();
    for (const connection of pair?.connections ?? []) connection.close();
    pair = undefined;
  },
  /** Walks into earshot. @returns milliseconds until the first sound */
  async walkIn(): Promise<number> {
    const heard = sound.next();
    const startMs = performance.now();
    await window.cross(true);
    return (await heard) - startMs;
  },
  walkOut: () => window.cross(false),
  isSilent: sound.isSilent,
};
window.join = join;
