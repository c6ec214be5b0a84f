import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/** Size and pace of the film, as our client asks for its camera. */
interface Film {
  width: number;
  height: number;
  frameRate: number;
}

/** The film begins again after this: long enough that no encoder knows it by heart. */
const SECONDS = 2;
const SQUARE = 20;
const GRAIN = 9;

/**
 * Writes a film for `--use-file-for-fake-video-capture`: somebody who sways before a wall, with the grain that every
 * camera has. Chromium's own test picture is one flat colour, of which a large picture costs hardly more than a small one.
 * The same numbers in every run. Format: YUV4MPEG2, 4:2:0.
 */
export async function writeMovingCamera(file: string, { width, height, frameRate }: Film): Promise<void> {
  const stream = createWriteStream(file);
  stream.write(`YUV4MPEG2 W${width} H${height} F${frameRate}:1 Ip A1:1 C420jpeg\n`);
  const random = numbersFrom(1);
  const shades = Array.from({ length: 4096 }, () => 60 + Math.floor(random() * 130));
  const grain = Array.from({ length: 65_521 }, () => Math.round((random() - 0.5) * 2 * GRAIN));
  const colour = Buffer.alloc((width * height) / 2, 128);
  const frames = SECONDS * frameRate;
  for (let frame = 0; frame < frames; frame++) {
    const turn = (2 * Math.PI * frame) / frames;
    const [swayX, swayY] = [70 * Math.sin(turn), 25 * Math.sin(2 * turn)];
    const luma = Buffer.alloc(width * height);
    const from = Math.floor(random() * grain.length);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const [headX, headY] = [x - width / 2 - swayX, y - height / 2 - swayY];
        const isHead = (headX / 150) ** 2 + (headY / 200) ** 2 < 1;
        // Shades go with what they are on: the wall stands, the head moves as a whole.
        const [ownX, ownY] = isHead ? [headX + 1000, headY + 1000] : [x, y];
        const square = Math.floor(ownX / SQUARE) * 61 + Math.floor(ownY / SQUARE) * 17 + (isHead ? 2048 : 0);
        const at = y * width + x;
        luma[at] = (shades[square % shades.length] ?? 128) + (grain[(at + from) % grain.length] ?? 0);
      }
    stream.write('FRAME\n');
    stream.write(luma);
    if (!stream.write(colour)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
}

/** Numbers from 0 up to 1 that come in the same order each time (Park and Miller). */
function numbersFrom(seed: number): () => number {
  let value = seed;
  return () => {
    value = (value * 48_271) % 2_147_483_647;
    return value / 2_147_483_647;
  };
}
