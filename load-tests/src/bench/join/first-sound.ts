/** Root mean square of a block of 128 samples above which it is heard: −50 dB of full scale. */
const AUDIBLE = 0.003;
/** Blocks without a sound after which it is silent: a fifth of a second. */
const SILENT_BLOCKS = 75;

/** Says when the first sample is heard: in the audio thread, behind everything that the page plays from now on. */
export const sound = listen();

function listen() {
  let silent = true;
  const waiting: ((ms: number) => void)[] = [];
  const { connect } = AudioNode.prototype;
  const join = (from: AudioNode, to: AudioNode) => Reflect.apply(connect, from, [to]);
  const code = `registerProcessor('first-sound', class extends AudioWorkletProcessor {
    silent = true; count = 0;
    process([input]) {
      let square = 0;
      for (const channel of input) for (const sample of channel) square += sample * sample;
      const audible = Math.sqrt(square / 128) > ${AUDIBLE};
      this.count = audible ? 0 : this.count + 1;
      if (audible && this.silent) { this.silent = false; this.port.postMessage(false); }
      if (!this.silent && this.count >= ${SILENT_BLOCKS}) { this.silent = true; this.port.postMessage(true); }
      return true;
    }
  });`;

  /** @param onChange told of silence and its end */
  async function attend(node: AudioNode, onChange: (silent: boolean) => void): Promise<void> {
    const { context } = node;
    const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    await context.audioWorklet.addModule(url);
    const ear = new AudioWorkletNode(context, 'first-sound');
    ear.port.onmessage = ({ data }: MessageEvent<boolean>) => onChange(data);
    join(node, ear);
    // Its own output is silence; without a way out it would not run.
    join(ear, context.destination);
  }

  AudioNode.prototype.connect = function (this: AudioNode, ...args: unknown[]) {
    const result = Reflect.apply(connect, this, args);
    const { context } = this;
    if (args[0] === context.destination && context instanceof AudioContext)
      attend(this, (now) => {
        silent = now;
        if (silent) return;
        for (const tell of waiting.splice(0)) tell(performance.now());
      }).catch((error: unknown) => console.error('nothing can be heard', error));
    return result;
  } as typeof connect;

  // The pair's own graph stands before it is measured, as ours does.
  const own = new AudioContext();
  const input = new GainNode(own);
  let ownSilent = true;
  let onOwn: (() => void) | undefined;
  attend(input, (now) => {
    ownSilent = now;
    if (!now) onOwn?.();
  }).catch((error: unknown) => console.error('nothing can be heard', error));

  return {
    isSilent: () => silent && ownSilent,
    /** Resolves with the time of the next sound. */
    next: () => new Promise<number>((resolve) => waiting.push(resolve)),
    /** Plays a remote track and nothing else. */
    playAlone(track: MediaStreamTrack) {
      const stream = new MediaStream([track]);
      const element = new Audio();
      element.muted = true;
      element.srcObject = stream;
      let over = false;
      element.play().catch((error: unknown) => {
        if (!over) console.error('a voice does not start', error);
      });
      const source = own.createMediaStreamSource(stream);
      join(source, input);
      const heardMs = new Promise<number>((resolve) => {
        onOwn = () => resolve(performance.now());
      });
      return {
        heardMs,
        silence() {
          over = true;
          source.disconnect();
          element.srcObject = null;
        },
      };
    },
  };
}
