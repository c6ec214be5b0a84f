export { createDevices, type Devices } from './devices.ts';
export { createMedia, type Media } from './media.ts';
export type { LocalTracks } from './path.ts';
export { createScreen, type Screen } from './screen.ts';
export { hasDeafCanceller, soundStep } from './sound-step.ts';
export { playTestSound } from './test-sound.ts';
export {
  areSameViews,
  FULL_VIEW,
  faceLayer,
  isSameView,
  NO_VIEW,
  screenLayer,
  type Views,
} from './views.ts';
