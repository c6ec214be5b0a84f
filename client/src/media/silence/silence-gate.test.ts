import { describe, expect, it } from 'vitest';
import { createSilenceGate, type VoiceFrame } from './silence-gate.ts';

const FRAME = 960;
const word = (from: number, frames: number): VoiceFrame[] =>
  Array.from({ length: frames }, (_, i) => ({ bytes: 80, timestamp: from + i * FRAME }));
/**
 * Silence as Opus makes it: a frame of noise, an empty one, and 19 that are never sent. Chromium shows those, without a byte.
 */
function silence(from: number, refreshes: number, showsAll: boolean): VoiceFrame[] {
  const frames: VoiceFrame[] = [];
  for (let i = 0; i < refreshes * 21; i++) {
    const bytes = i % 21 === 0 ? 35 : i % 21 === 1 ? 1 : 0;
    if (bytes > 0 || showsAll) frames.push({ bytes, timestamp: (from + i * FRAME) % 2 ** 32 });
  }
  return frames;
}
const passed = (frames: readonly VoiceFrame[]) => frames.filter(createSilenceGate());

const sounds = (frames: readonly VoiceFrame[]) => frames.filter(({ bytes }) => bytes > 1);
const isEmpty = ({ bytes }: VoiceFrame) => bytes <= 1;

it('lets a word through whole', () => {
  const frames = word(0, 200);
  expect(passed(frames)).toEqual(frames);
});

it('lets music through, which has no silence of that kind', () => {
  const frames = word(0, 50).map((frame, i) => ({ ...frame, timestamp: i * 21 * FRAME }));
  expect(passed(frames)).toEqual(frames);
});

describe.each([
  ['that shows all frames', true],
  ['that shows what it sends', false],
])('in a browser %s', (_, showsAll) => {
  const quiet = (from: number, refreshes: number) => silence(from, refreshes, showsAll);

  it('lets the first empty frame through, and no other', () => {
    const frames = [...word(0, 10), ...quiet(10 * FRAME, 40)];
    expect(passed(frames).filter(isEmpty)).toEqual([frames.find(isEmpty)]);
  });

  it('lets the first refreshes through, then one in 24', () => {
    // The first noise of all is the end of a word.
    const [first, ...noise] = sounds(quiet(0, 97));
    const went = sounds(passed(quiet(0, 97)));
    expect(went[0]).toEqual(first);
    expect(
      went.slice(1).map((frame) => noise.findIndex(({ timestamp }) => timestamp === frame.timestamp) + 1),
    ).toEqual([1, 2, 3, 4, 5, 24, 48, 72, 96]);
  });

  it('begins anew after a rest', () => {
    const before = quiet(0, 10);
    const after = quiet(500 * FRAME, 10);
    expect(passed([...before, ...after])).toEqual([...passed(before), ...passed(after)]);
  });

  it.each([2, 5, 15, 20, 25, 40])('lets a word through that begins %i frames after noise', (frames) => {
    const noiseAt = 12 * 21 * FRAME;
    const before = quiet(0, 14).filter(({ timestamp }) => timestamp < noiseAt + frames * FRAME);
    const speech = word(noiseAt + frames * FRAME, 5);
    expect(passed([...before, ...speech]).slice(-5)).toEqual(speech);
  });

  it('loses no more than one frame of a word that begins with a refresh', () => {
    const speech = word(12 * 21 * FRAME, 5);
    const went = passed([...quiet(0, 12), ...speech]);
    expect(went.slice(-4)).toEqual(speech.slice(1));
    expect(went).not.toContain(speech[0]);
  });

  it('goes on where the clock wraps', () => {
    const frames = quiet(2 ** 32 - 30 * FRAME, 5);
    expect(sounds(passed(frames))).toEqual(sounds(frames));
    expect(passed(frames).filter(isEmpty)).toHaveLength(1);
  });
});
