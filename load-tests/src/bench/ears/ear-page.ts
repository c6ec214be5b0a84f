import { type Walkers, walkersAt } from './ear-walkers.ts';
import { type EarArm, startOurs } from './our-ears.ts';
import { openRemoteTones } from './remote-tones.ts';
import { startThree } from './three-ears.ts';

/** The page of the bench `ear-cost`: voices that walk around us, heard by one arm at a time. */

declare global {
  interface Window {
    ears: typeof page;
  }
}

const VOICES = 16;
const ARMS = {
  /** What all arms share: the sources, the frames, the walking. */
  rest: async (): Promise<EarArm> => ({
    move: () => undefined,
    seconds: () => undefined,
    stop: () => undefined,
  }),
  headphones: (tracks: readonly MediaStreamTrack[]) => startOurs(tracks, 'headphones'),
  speakers: (tracks: readonly MediaStreamTrack[]) => startOurs(tracks, 'speakers'),
  three: startThree,
};
export type ArmName = keyof typeof ARMS;

const tracks = await openRemoteTones(VOICES);
const walkers: Walkers = { listener: { x: 0, z: 0, yaw: 0 }, voices: tracks.map(() => ({ x: 0, z: 0 })) };
let arm: EarArm | undefined;
let frames = 0;

function frame(nowMs: number): void {
  frames += 1;
  walkersAt(walkers, nowMs / 1000);
  arm?.move(walkers, nowMs);
  requestAnimationFrame(frame);
}
requestAnimationFrame(frame);

const page = {
  voices: VOICES,
  async start(name: ArmName) {
    arm = await ARMS[name](tracks);
  },
  /** Frames so far, and seconds of sound that were made. */
  look: () => ({ frames, seconds: arm?.seconds() }),
  stop() {
    arm?.stop();
    arm = undefined;
  },
};
window.ears = page;
