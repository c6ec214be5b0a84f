import { afterEach, expect, it, vi } from 'vitest';
import { createScreen } from './screen.ts';

afterEach(() => vi.unstubAllGlobals());

/** A browser whose picker the test answers. */
function setUp() {
  const answer = Promise.withResolvers<MediaStream>();
  vi.stubGlobal('navigator', { mediaDevices: { getDisplayMedia: () => answer.promise } });
  const track = Object.assign(new EventTarget(), {
    kind: 'video',
    readyState: 'live',
    contentHint: '',
    applyConstraints: async () => undefined,
    stop: vi.fn(),
  });
  const stream = { getTracks: () => [track], getVideoTracks: () => [track], getAudioTracks: () => [] };
  const states: string[] = [];
  const onTracks = vi.fn();
  const screen = createScreen({ onState: (state) => states.push(state), onTracks, onSay: () => undefined });
  return {
    screen,
    states,
    onTracks,
    track,
    async choose() {
      answer.resolve(stream as unknown as MediaStream);
      await answer.promise;
      await Promise.resolve();
    },
  };
}

it('is shared when it was chosen', async () => {
  const { screen, states, onTracks, choose } = setUp();
  screen.start();
  await choose();
  expect(states).toEqual(['asking', 'on']);
  expect(onTracks).toHaveBeenCalledOnce();
});

it('is not shared when that ended before it was chosen, and its capture ends', async () => {
  const { screen, states, onTracks, track, choose } = setUp();
  screen.start();
  screen.stop();
  await choose();
  expect(states).toEqual(['asking', 'off']);
  expect(onTracks).not.toHaveBeenCalled();
  expect(track.stop).toHaveBeenCalledOnce();
  expect(screen.tracks().screen).toBeUndefined();
});
