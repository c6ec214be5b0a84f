/** Chrome and Edge have it; others do not yet. */
type ChoosesSpeaker = AudioContext & { setSinkId?: (id: string) => Promise<void> };

/** Three tones up, in hertz: something short that nobody takes for an alarm. */
const TONES = [523.25, 659.25, 783.99];
const TONE_SECONDS = 0.22;
const LOUDNESS = 0.18;
/** A speaker that is gone doesn't say so: its tones just never end. */
const PATIENCE_MS = 4000;

/** Whether pages can choose speakers in this browser. */
export const canChooseSpeaker = (): boolean =>
  typeof AudioContext !== 'undefined' && 'setSinkId' in AudioContext.prototype;

/**
 * Plays a short sound on a speaker; resolves when it is over. Call it in a gesture.
 * @param deviceId empty for the system's choice @throws the browser's error where the speaker can't be used
 */
export async function playTestSound(deviceId: string): Promise<void> {
  const context: ChoosesSpeaker = new AudioContext();
  try {
    if (deviceId !== '') await context.setSinkId?.(deviceId);
    await context.resume();
    const ends = TONES.map((frequency, index) => {
      const at = context.currentTime + 0.05 + index * TONE_SECONDS;
      const tone = new OscillatorNode(context, { type: 'sine', frequency });
      const gain = new GainNode(context, { gain: 0 });
      gain.gain.setTargetAtTime(LOUDNESS, at, 0.015);
      gain.gain.setTargetAtTime(0, at + TONE_SECONDS * 0.6, 0.06);
      tone.connect(gain).connect(context.destination);
      tone.start(at);
      tone.stop(at + TONE_SECONDS * 2);
      return new Promise((resolve) => tone.addEventListener('ended', resolve, { once: true }));
    });
    const silence = new Promise((_, reject) => {
      setTimeout(() => reject(new Error('the speaker plays nothing')), PATIENCE_MS);
    });
    await Promise.race([Promise.all(ends), silence]);
  } finally {
    await context.close();
  }
}
