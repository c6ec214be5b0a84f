import type { DeviceChoice, DeviceState, DevicesState } from '../store/types.ts';

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

/** What we say when a device went away while it was on. */
export function lostSentence(source: DeviceSource, replaced: boolean): string {
  const thing = THING[source];
  return replaced
    ? `Your ${thing} went away. We use another one now.`
    : `Your ${thing} went away, and there is no other one. ${STILL[source]}`;
}

/** What we say when the chosen device is not there and the browser's own choice is used. */
export function fallbackSentence(source: DeviceSource): string {
  return `The ${THING[source]} you chose isn’t there. We use another one now.`;
}

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
