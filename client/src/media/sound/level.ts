/** Level shown as nothing, in dB below full scale. */
const FLOOR_DB = -60;

/** Root mean square of samples, 0 to 1. */
export function rmsOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length > 0 ? Math.sqrt(sum / samples.length) : 0;
}

/** A level as meters show it: 0 at −60 dB of full scale and below, 1 at full scale, even steps between in dB. */
export function meterOf(rms: number): number {
  if (!(rms > 0)) return 0;
  const db = 20 * Math.log10(rms);
  return Math.min(Math.max(1 - db / FLOOR_DB, 0), 1);
}
