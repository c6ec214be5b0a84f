import type { DevicePermission, DeviceState } from '../../store/devices.ts';

type DeviceKind = 'mic' | 'cam';

const noun = { mic: 'microphone', cam: 'camera' } as const;
/** What can be done without it: before the door, and inside. */
const without = {
  door: { mic: 'You can still enter and listen.', cam: 'You can still enter without a picture.' },
  inside: { mic: 'You can still listen.', cam: 'Others can still hear you.' },
} as const;

/** States in which something keeps a device from working. */
type DeviceTrouble = Extract<DeviceState, 'refused' | 'missing' | 'busy' | 'insecure'>;

export function isTrouble(state: DeviceState): state is DeviceTrouble {
  return state === 'refused' || state === 'missing' || state === 'busy' || state === 'insecure';
}

/** What keeps a device from working and what to do about it, in two or three short sentences; empty when all is well. */
export function deviceSentence(
  kind: DeviceKind,
  state: DeviceState,
  where: 'door' | 'inside' = 'door',
): string {
  if (!isTrouble(state)) return '';
  const name = noun[kind];
  const what = {
    refused: `Your browser keeps the ${name} from this page. Allow it beside the page's address, then try again.`,
    missing: `We found no ${name}. Plug one in, then try again.`,
    busy: `Another program is using your ${name}. Close it there, then try again.`,
    insecure:
      'Browsers give microphone and camera to secure pages only. Open this page with an https address.',
  }[state];
  return `${what} ${without[where][kind]}`;
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

/** What will happen when a device that is off is turned on. */
function beforeTurningOn(kind: DeviceKind, permission: DevicePermission): string {
  if (permission === 'denied')
    return `Your browser keeps the ${noun[kind]} from this page. Allow it beside the page's address first.`;
  return permission === 'prompt' ? 'Your browser will ask you when you turn it on.' : '';
}

/**
 * What to do with the microphone as it stands.
 * @param hold what to hold to be heard, where one is heard only then
 */
export function micHint(state: DeviceState, permission: DevicePermission, hold?: string): string {
  if (state === 'on')
    return hold === undefined
      ? 'Say something: the bar moves with your voice.'
      : `Say something: the bar moves with your voice. Others hear you while you hold ${hold}.`;
  if (isTrouble(state)) return 'You can go on without it, and listen.';
  return beforeTurningOn('mic', permission) || 'Turn your microphone on to try it.';
}

/** What to do with the camera as it stands. */
export function camHint(state: DeviceState, permission: DevicePermission): string {
  if (state === 'on') return 'Only you see yourself mirrored.';
  if (isTrouble(state)) return 'You can go on without it.';
  return beforeTurningOn('cam', permission) || 'Turn your camera on to see yourself.';
}
