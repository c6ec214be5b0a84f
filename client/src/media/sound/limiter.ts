/** Peaks above this are held back; whatever is quieter passes as it is. In dB of full scale. */
const THRESHOLD_DB = -6;
const RATIO = 20;

/**
 * Keeps many voices at once from clipping. Levels below −6 dB of full scale leave as they came, so that loudness by
 * distance stays what the curve says.
 * @returns the node to connect voices to, and the one that goes on to the speakers
 */
export function createLimiter(context: BaseAudioContext): { input: AudioNode; output: AudioNode } {
  const compressor = new DynamicsCompressorNode(context, {
    threshold: THRESHOLD_DB,
    knee: 0,
    ratio: RATIO,
    attack: 0.002,
    release: 0.1,
  });
  // Web Audio makes up for compression by the full-range gain to the power of −0.6, also where nothing is compressed.
  const fullRangeDb = THRESHOLD_DB * (1 - 1 / RATIO);
  const undoMakeUp = new GainNode(context, { gain: 10 ** ((0.6 * fullRangeDb) / 20) });
  compressor.connect(undoMakeUp);
  return { input: compressor, output: undoMakeUp };
}
