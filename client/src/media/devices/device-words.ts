import type { DeviceChoice, DeviceState, DevicesState } from '../../store/devices.ts';

/** The devices that are opened by name: screens have a picker of their own. */
export type DeviceSource = 'mic' | 'cam';

/** Ways a device can fail to start. */
export type DeviceFailure = Extract<DeviceState, 'refused' | 'missing' | 'busy' | 'insecure'>;

/** What an error of getUserMedia means. Names: Media Capture and Streams, section on getUserMedia. */
export function failureOf(errorName: string): DeviceFailure {
  switch (errorName) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    default:
      // NotReadableError, AbortError and whatever a driver makes up: it is there, and it can't be had now.
      return 'busy';
  }
}

const THING = { mic: 'microphone', cam: 'camera' } as const;
/** What still works without it. */
const STILL = { mic: 'You can still listen.', cam: 'Others can still hear you.' } as const;

/** What we say when a device did not start. */
export function failureSentence(source: DeviceSource, failure: DeviceFailure): string {
  const thing = THING[source];
  switch (failure) {
    case 'refused':
      return `Your browser didn’t let us use the ${thing}. ${STILL[source]}`;
    case 'missing':
      return `We found no ${thing}. ${STILL[source]}`;
    case 'busy':
      return `Your ${thing} didn’t start. Maybe another program is using it. ${STILL[source]}`;
    case 'insecure':
      return `Browsers allow a ${thing} only on secure pages (https). ${STILL[source]}`;
  }
}

/**
 * What we say when a device went away while it was on.
 * @param standIn what is used now; undefined where there is nothing else
 */
export function lostSentence(source: DeviceSource, standIn: string | undefined): string {
  const thing = THING[source];
  return standIn === undefined
    ? `Your ${thing} went away, and there is no other one. ${STILL[source]}`
    : `Your ${thing} went away. We use ${named(standIn)} now.`;
}

/** What we say when the chosen device is not there and the browser's own choice is used. */
export function fallbackSentence(source: DeviceSource, standIn: string): string {
  return `The ${THING[source]} you chose isn’t there. We use ${named(standIn)} now.`;
}

const named = (device: string) => (device === '' ? 'another one' : `“${device}”`);

/** What we say when the chosen device is there again and is used again. */
export function backSentence(source: DeviceSource): string {
  return `Your ${THING[source]} is back. We use it again.`;
}

/** What we say of speakers, which can go and come like the others. */
export const SPEAKER_LOST = 'Your speaker went away. You hear people on the system’s own now.';
export const SPEAKER_BACK = 'Your speaker is back. You hear people on it again.';

type Lists = Pick<DevicesState, 'mics' | 'cams' | 'speakers'>;
const LIST_OF = { audioinput: 'mics', videoinput: 'cams', audiooutput: 'speakers' } as const;
const NAME_OF = { mics: 'Microphone', cams: 'Camera', speakers: 'Speaker' } as const;

/**
 * Devices as a person can tell them apart. Browsers hide labels, and often ids, until something was allowed: those get
 * a number instead, and of those without an id only the first is listed.
 */
export function listDevices(infos: readonly Pick<MediaDeviceInfo, 'deviceId' | 'kind' | 'label'>[]): Lists {
  const lists: Lists = { mics: [], cams: [], speakers: [] };
  for (const { kind, deviceId, label } of infos) {
    const which = LIST_OF[kind];
    const list: DeviceChoice[] = lists[which];
    if (list.some((device) => device.deviceId === deviceId)) continue;
    list.push({ deviceId, label: label || `${NAME_OF[which]} ${list.length + 1}` });
  }
  return lists;
}
