/**
 * Listeners in one plan frame. Each wants at most 32 of about 100 bytes, so a frame stays below 1 MiB; the SFU takes
 * 8 MiB, and even 256 wants of the longest names fit.
 */
const LISTENERS_A_FRAME = 200;

/** Cuts a plan into pieces the SFU takes; each listener's wants stay whole, so every piece stands by itself. */
export function planChunks<T>(listeners: readonly T[], most = LISTENERS_A_FRAME): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < listeners.length; start += most)
    chunks.push(listeners.slice(start, start + most));
  return chunks;
}
