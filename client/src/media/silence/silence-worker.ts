// Runs in a worker of its own, so that a busy page never holds a voice back.
import { createSilenceGate } from './silence-gate.ts';

/** What a worker is given of a sender's frames; the page's own types don't know it. */
interface Transformer {
  /** Says whether everything is held back. */
  readonly options: MessagePort;
  readonly readable: ReadableStream<RTCEncodedAudioFrame>;
  readonly writable: WritableStream<RTCEncodedAudioFrame>;
}
const hasTransformer = (event: Event): event is Event & { transformer: Transformer } =>
  'transformer' in event;

self.addEventListener('rtctransform', (event: Event) => {
  if (!hasTransformer(event)) return;
  const { readable, writable, options } = event.transformer;
  let goes = createSilenceGate();
  let isHeld = false;
  options.onmessage = ({ data }: MessageEvent<boolean>) => {
    isHeld = data;
    // Whoever hears it next hears its beginning.
    goes = createSilenceGate();
  };
  const gate = new TransformStream<RTCEncodedAudioFrame, RTCEncodedAudioFrame>({
    transform(frame, out) {
      if (!isHeld && goes({ bytes: frame.data.byteLength, timestamp: frame.timestamp })) out.enqueue(frame);
    },
  });
  // It ends with its sender.
  readable
    .pipeThrough(gate)
    .pipeTo(writable)
    .catch(() => undefined);
});
self.postMessage('ready');
