import type { PlanEntry } from '@chatmux/schema';
import type { Person } from '../../../client/src/media/people.ts';
import { tapLevel } from '../../../client/src/media/sound/level-tap.ts';
import { createLimiter } from '../../../client/src/media/sound/limiter.ts';
import { createVoicePlaces } from '../../../client/src/media/sound/place-voices.ts';
import { createSoundOutput } from '../../../client/src/media/sound/sound-output.ts';
import { createVoice, type Voice } from '../../../client/src/media/sound/voice.ts';
import { createVoiceChain, type VoiceKind } from '../../../client/src/media/sound/voice-chain.ts';
import type { SoundRung, WayState } from '../../../client/src/store/sound.ts';

/** A page with nothing but the graph of voices, for the browser tests of sound. */

declare global {
  interface Window {
    sound: typeof page;
  }
}

const RATE = 48_000;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const rms = (samples: Float32Array) =>
  Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
/** Every connection of the page, in pairs: a loopback is one to ourselves. */
const connections: RTCPeerConnection[] = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.push(this);
  }
};
const context = new AudioContext({ sampleRate: RATE });
let way: WayState = 'straight';
const output = createSoundOutput(context, (next) => {
  way = next;
});
const listener = { x: 0, z: 0, yaw: 0 };
const places = createVoicePlaces();
let person: (Person & { voice: Voice }) | undefined;
let at = { x: 0, z: 1 };
setInterval(() => person && places.place(person, at, listener, performance.now()), 16);
/** So that the one voice is among the nearest. */
setInterval(() => person && places.placeAll([person], () => at, listener, performance.now()), 100);

/** Noise whose spectrum falls as that of speech does. */
function speechNoise(): AudioNode {
  const buffer = new AudioBuffer({ length: 4 * RATE, sampleRate: RATE });
  const samples = buffer.getChannelData(0);
  let seed = 1;
  for (let i = 0; i < samples.length; i++) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    samples[i] = 0.3 * ((2 * seed) / 2 ** 32 - 1);
  }
  const source = new AudioBufferSourceNode(context, { buffer, loop: true });
  source.start();
  return source
    .connect(new BiquadFilterNode(context, { type: 'highpass', frequency: 100 }))
    .connect(new BiquadFilterNode(context, { type: 'lowpass', frequency: 500, Q: -3 }));
}

const page = {
  /** A voice of noise begins to speak, straight ahead. */
  async speak() {
    await context.resume();
    const carrier = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    speechNoise().connect(carrier);
    const [track] = carrier.stream.getAudioTracks();
    if (!track) throw new Error('there is no track');
    const plan: PlanEntry = {
      id: 1,
      audio: true,
      video: 0,
      screen: 0,
      carry: 'distance',
      heardBy: true,
      seenBy: 0,
      screenSeenBy: 0,
    };
    const voice = createVoice(context, output.input, track);
    voice.setPlaying(true);
    person = { id: 1, plan, voice, playing: true, distance: undefined } as Person & { voice: Voice };
  },
  setRung: (rung: SoundRung) => places.setRung(rung),
  setWay: (next: 'straight' | 'loopback') => output.setWay(next),
  setSilent: output.setSilent,
  way: () => way,
  /** The near end of the last connection to ourselves goes, as when a network changes. */
  breakLoop: () => connections.at(-2)?.close(),
  connections: () => connections.length,
  kind: () => person?.voice.kind(),
  place(x: number, z: number, carry: PlanEntry['carry'] = 'distance') {
    at = { x, z };
    if (person?.plan) person.plan = { ...person.plan, carry };
  },
  /** Root mean squares at both ears over a good second. */
  async ears() {
    const voice = person?.voice;
    if (!voice) throw new Error('nobody speaks');
    voice.measure(performance.now());
    await wait(400);
    const looks: { left: number; right: number }[] = [];
    for (let i = 0; i < 14; i++) {
      await wait(86);
      looks.push(voice.measure(performance.now()));
    }
    const mean = (pick: (look: { left: number; right: number }) => number) =>
      Math.sqrt(looks.reduce((sum, look) => sum + pick(look) ** 2, 0) / looks.length);
    const [left, right] = [mean(({ left }) => left), mean(({ right }) => right)];
    return { left, right, level: Math.hypot(left, right) };
  },
  /** The same of what comes out of the loopback, which both sides of it have passed. */
  async looped() {
    const track = output.loopTrack();
    if (!track) throw new Error('there is no loopback');
    const source = context.createMediaStreamSource(new MediaStream([track]));
    const splitter = new ChannelSplitterNode(context, { numberOfOutputs: 2 });
    source.connect(splitter);
    const taps = [tapLevel(splitter, 0, 32_768), tapLevel(splitter, 1, 32_768)];
    await wait(1200);
    const [left = 0, right = 0] = taps.map((tap) => tap.rms());
    for (const tap of taps) tap.close();
    source.disconnect();
    return { left, right, level: Math.hypot(left, right) };
  },
  /** How much later the loopback is, in milliseconds: of a tone that begins. */
  async delay() {
    const track = output.loopTrack();
    if (!track) throw new Error('there is no loopback');
    const looks = [
      new AnalyserNode(context, { fftSize: 32_768 }),
      new AnalyserNode(context, { fftSize: 32_768 }),
    ];
    const [sent, came] = looks as [AnalyserNode, AnalyserNode];
    const source = context.createMediaStreamSource(new MediaStream([track]));
    source.connect(came);
    const tone = new OscillatorNode(context, { frequency: 1000 });
    tone.connect(sent);
    tone.connect(output.input);
    tone.start(context.currentTime + 0.1);
    await wait(500);
    const onsets = looks.map((look) => {
      const samples = new Float32Array(look.fftSize);
      look.getFloatTimeDomainData(samples);
      return samples.findIndex((value) => Math.abs(value) > 0.2);
    });
    tone.stop();
    source.disconnect();
    const [first = -1, second = -1] = onsets;
    if (first < 0 || second < 0) throw new Error(`no onset was found: ${onsets.join()}`);
    return ((second - first) / RATE) * 1000;
  },
  /** Peak of many loud voices at once behind the limiter, from their very first sample. */
  async crowd(voices: number, amplitude: number) {
    const offline = new OfflineAudioContext(2, RATE, RATE);
    const limiter = createLimiter(offline);
    limiter.output.connect(offline.destination);
    for (let i = 0; i < voices; i++) {
      const tone = new OscillatorNode(offline, { frequency: 110 + 17 * i });
      tone
        .connect(new GainNode(offline, { gain: amplitude }))
        .connect(new StereoPannerNode(offline, { pan: (i / voices) * 2 - 1 }))
        .connect(limiter.input);
      tone.start(0.1);
    }
    const rendered = await offline.startRendering();
    const peak = (channel: number) =>
      rendered.getChannelData(channel).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return Math.max(peak(0), peak(1));
  },
  /**
   * What moving a voice adds above 3 kHz to a low tone, in dB of the tone: that is how clicks show.
   * @param turns turns a second of the voice around the ear, while it comes and goes
   */
  async clicks(kind: VoiceKind, turns: number, plainly = false) {
    const seconds = 4;
    const offline = new OfflineAudioContext(2, RATE * seconds, RATE);
    const chain = createVoiceChain(offline, kind);
    const tone = new OscillatorNode(offline, { frequency: 300 });
    tone.start();
    // To compare with: what the same steps are without any smoothing.
    const plain = new GainNode(offline, { gain: 0 });
    if (plainly) tone.connect(plain).connect(offline.destination);
    else {
      tone.connect(chain.input);
      chain.output.connect(offline.destination);
    }
    for (let step = 1; step < seconds * 20; step++) {
      const seen = Math.round((step * 0.05 * RATE) / 128) * 128;
      void offline.suspend(seen / RATE).then(() => {
        const angle = 2 * Math.PI * turns * step * 0.05;
        const gain = 0.5 + 0.3 * Math.sin(angle / 2);
        chain.turn({ x: Math.sin(angle), z: -Math.cos(angle) });
        chain.setGain(gain);
        plain.gain.value = gain;
        void offline.resume();
      });
    }
    const rendered = await offline.startRendering();
    const whole = rendered.getChannelData(0).subarray(RATE / 2);
    const above = new OfflineAudioContext(1, rendered.length, RATE);
    const source = new AudioBufferSourceNode(above, { buffer: rendered });
    // Steep, so that nothing of the tone itself comes through.
    let node: AudioNode = source;
    for (let i = 0; i < 4; i++)
      node = node.connect(new BiquadFilterNode(above, { type: 'highpass', frequency: 3000 }));
    node.connect(above.destination);
    source.start();
    const high = (await above.startRendering()).getChannelData(0).subarray(RATE / 2);
    return 20 * Math.log10(rms(high) / rms(whole));
  },
  /** Our microphone with the browser's echo canceller on, in dB, while `samples` play through the graph. */
  async microphone(samples: number[] | undefined, seconds: number) {
    await context.resume();
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: false, autoGainControl: false },
    });
    const ears = tapLevel(context.createMediaStreamSource(stream), 0, 32_768);
    const stop = samples ? play(samples) : () => undefined;
    await wait(seconds * 1000);
    const level = 20 * Math.log10(ears.rms());
    stop();
    for (const track of stream.getTracks()) track.stop();
    return level;
  },
};
window.sound = page;

function play(samples: number[]): () => void {
  const buffer = new AudioBuffer({ length: samples.length, sampleRate: RATE });
  buffer.copyToChannel(new Float32Array(samples), 0);
  const source = new AudioBufferSourceNode(context, { buffer, loop: true });
  source.connect(output.input);
  source.start();
  return () => source.disconnect();
}
