import type { DeviceState } from '../../store/types.ts';

type DeviceKind = 'mic' | 'cam';

const noun = { mic: 'microphone', cam: 'camera' } as const;
const without = {
  mic: 'You can still enter and listen.',
  cam: 'You can still enter without a picture.',
} as const;

/** States in which something keeps a device from working. */
type DeviceTrouble = Extract<DeviceState, 'refused' | 'missing' | 'busy' | 'insecure'>;

export function isTrouble(state: DeviceState): state is DeviceTrouble {
  return state === 'refused' || state === 'missing' || state === 'busy' || state === 'insecure';
}

/** What keeps a device from working and what to do about it, in two or three short sentences; empty when all is well. */
export function deviceSentence(kind: DeviceKind, state: DeviceState): string {
  if (!isTrouble(state)) return '';
  const name = noun[kind];
  const what = {
    refused: `Your browser keeps the ${name} from this page. Allow it beside the page's address, then try again.`,
    missing: `We found no ${name}. Plug one in, then try again.`,
    busy: `Another program is using your ${name}. Close it there, then try again.`,
    insecure:
      'Browsers give microphone and camera to secure pages only. Open this page with an https address.',
  }[state];
  return `${what} ${without[kind]}`;
}

/** One or two words for the state, as shown under a button or in a list. */
export function deviceWord(state: DeviceState): string {
  return {
    off: 'off',
    starting: 'starting',
    on: 'on',
    refused: 'not allowed',
    missing: 'not found',
    busy: 'in use elsewhere',
    insecure: 'needs https',
  }[state];
}
