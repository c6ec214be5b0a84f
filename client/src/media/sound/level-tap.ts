import { rmsOf } from './level.ts';

/** Length of a look at a signal: 21 ms at 48 kHz. */
const WINDOW = 1024;
const samples = new Float32Array(WINDOW);

/** Listens in at a node of the graph, without sound of its own. */
export interface LevelTap {
  /** Root mean square of the last moment, 0 to 1. */
  rms(): number;
  close(): void;
}

/** @param output which output of the node, for splitters */
export function tapLevel(node: AudioNode, output = 0, window = WINDOW): LevelTap {
  const analyser = new AnalyserNode(node.context, { fftSize: window });
  const buffer = window === WINDOW ? samples : new Float32Array(window);
  node.connect(analyser, output);
  return {
    rms() {
      analyser.getFloatTimeDomainData(buffer);
      return rmsOf(buffer);
    },
    close: () => node.disconnect(analyser, output),
  };
}
