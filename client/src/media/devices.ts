import type { DevicesState, Toast } from '../store/types.ts';
import { failureOf, listDevices } from './device-words.ts';
import { createLevelMeter } from './level-meter.ts';
import { createLocalDevice, type LocalDeviceCallbacks } from './local-device.ts';

export interface DevicesCallbacks {
  onChange(change: Partial<DevicesState>): void;
  /** What we send from now on. The tracks belong to the devices: nobody else stops them. */
  onTracks(tracks: { mic: MediaStreamTrack | undefined; cam: MediaStreamTrack | undefined }): void;
  onSay(sentence: string, tone: Toast['tone']): void;
  /** Asked when the camera is turned on: whether this machine is too weak for a large picture. @default never */
  isWeak?(): boolean;
}

export type DevicesInitial = Pick<DevicesState, 'micId' | 'camId' | 'speakerId' | 'cleanUp'>;

/** Our microphone and camera, and which there are. Calls may come in any order and speed: the last one counts. */
export interface Devices {
  setMic(on: boolean): void;
  setCam(on: boolean): void;
  /** Chooses a device; an empty id is the browser's own choice. */
  choose(which: 'micId' | 'camId' | 'speakerId', deviceId: string): void;
  /** Echo cancellation, noise suppression and gain control, all together. */
  setCleanUp(on: boolean): void;
  /** Looks again which devices there are. Happens by itself when one comes or goes. */
  refreshList(): Promise<void>;
  /** How loud our microphone is now, 0 (−60 dB of full scale) to 1 (full scale). */
  micLevel(): number;
  micTrack(): MediaStreamTrack | undefined;
  camTrack(): MediaStreamTrack | undefined;
  close(): void;
}

export function createDevices(callbacks: DevicesCallbacks, initial: DevicesInitial): Devices {
  const meter = createLevelMeter();
  const { cleanUp } = initial;
  let closed = false;

  const tell = () => callbacks.onTracks({ mic: mic.track(), cam: cam.track() });
  const callbacksFor = (which: 'mic' | 'cam', onTrack: () => void): LocalDeviceCallbacks => ({
    onState(state) {
      callbacks.onChange({ [which]: state });
      // Labels are shown once something is allowed.
      if (state === 'on') void refreshList();
    },
    onTrack() {
      onTrack();
      tell();
    },
    onFallback: () => callbacks.onChange({ [`${which}Id`]: '' }),
    onSay: callbacks.onSay,
  });
  const mic = createLocalDevice(
    'mic',
    { on: false, deviceId: initial.micId, cleanUp, light: false },
    callbacksFor('mic', () => meter.watch(mic.track())),
  );
  const cam = createLocalDevice(
    'cam',
    { on: false, deviceId: initial.camId, cleanUp, light: false },
    callbacksFor('cam', () => undefined),
  );

  async function refreshList(): Promise<void> {
    if (!navigator.mediaDevices) return;
    try {
      const infos = await navigator.mediaDevices.enumerateDevices();
      if (closed) return;
      callbacks.onChange(listDevices(infos));
      const idsOf = (kind: MediaDeviceKind) =>
        infos.filter((info) => info.kind === kind && info.deviceId !== '').map((info) => info.deviceId);
      mic.checkPresence(idsOf('audioinput'));
      cam.checkPresence(idsOf('videoinput'));
    } catch (error) {
      const name = error instanceof Error ? error.name : '';
      console.warn(`the list of devices can’t be read (${failureOf(name)})`, error);
    }
  }
  const onDeviceChange = () => void refreshList();
  navigator.mediaDevices?.addEventListener('devicechange', onDeviceChange);
  void refreshList();

  return {
    setMic: (on) => mic.wish({ on }),
    setCam: (on) => cam.wish({ on, light: callbacks.isWeak?.() ?? false }),
    choose(which, deviceId) {
      callbacks.onChange({ [which]: deviceId });
      if (which === 'micId') mic.wish({ deviceId });
      else if (which === 'camId') cam.wish({ deviceId });
    },
    setCleanUp(on) {
      callbacks.onChange({ cleanUp: on });
      mic.wish({ cleanUp: on });
    },
    refreshList,
    micLevel: meter.level,
    micTrack: mic.track,
    camTrack: cam.track,
    close() {
      closed = true;
      navigator.mediaDevices?.removeEventListener('devicechange', onDeviceChange);
      mic.close();
      cam.close();
      meter.close();
    },
  };
}
