export { createDevices, type Devices } from './devices/devices.ts';
export { playTestSound } from './devices/test-sound.ts';
export { createMedia } from './media.ts';
export type { Media } from './media-contract.ts';
export type { LocalTracks } from './path.ts';
export { createScreen, type Screen } from './screen/screen.ts';
export { hasDeafCanceller, soundStep } from './sound/sound-step.ts';
export {
  areSameViews,
  FULL_VIEW,
  faceLayer,
  isSameView,
  NO_VIEW,
  screenLayer,
  type Views,
} from './views.ts';
