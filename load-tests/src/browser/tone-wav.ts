const RATE = 48_000;
const HEADER = 44;

/**
 * A tone as a WAV file (one channel, 48 kHz, 16 bit) that repeats without a click: whole cycles only.
 * @param hertz whole number, so that a second holds whole cycles
 * @param amplitude peak, 0 to 1
 */
export function toneWav(hertz: number, amplitude: number, seconds = 1): Buffer {
  if (!Number.isInteger(hertz * seconds)) throw new RangeError('the tone would click where it repeats');
  return wavOf(
    Array.from({ length: RATE * seconds }, (_, i) => amplitude * Math.sin((2 * Math.PI * hertz * i) / RATE)),
  );
}

/** Samples, −1 to 1, as a WAV file: one channel, 48 kHz, 16 bit. */
export function wavOf(samples: readonly number[]): Buffer {
  const wav = Buffer.alloc(HEADER + samples.length * 2);
  wav.write('RIFF', 0, 'ascii');
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write('WAVEfmt ', 8, 'ascii');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'ascii');
  wav.writeUInt32LE(samples.length * 2, 40);
  for (const [i, value] of samples.entries()) wav.writeInt16LE(Math.round(value * 32_767), HEADER + i * 2);
  return wav;
}
