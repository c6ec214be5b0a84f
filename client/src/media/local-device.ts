import type { DeviceState, Toast } from '../store/types.ts';
import {
  type DeviceFailure,
  type DeviceSource,
  failureOf,
  failureSentence,
  fallbackSentence,
  lostSentence,
} from './device-words.ts';
import { createLastWish } from './last-wish.ts';
import { CAMERA, LIGHT_CAMERA } from './send-quality.ts';

/** What a device should be. */
export interface DeviceWish {
  on: boolean;
  /** Device asked for; empty for the browser's own choice. */
  deviceId: string;
  /** Microphone only: echo cancellation, noise suppression and gain control. */
  cleanUp: boolean;
  /** Camera only: a smaller picture, for weak machines. */
  light: boolean;
}

export interface LocalDeviceCallbacks {
  onState(state: DeviceState): void;
  onTrack(track: MediaStreamTrack | undefined): void;
  /** The device asked for is not there, and the browser's own choice took its place. */
  onFallback(): void;
  onSay(sentence: string, tone: Toast['tone']): void;
}

/** Our microphone or our camera. Off means stopped: the light at the hardware goes out. */
export interface LocalDevice {
  wish(change: Partial<DeviceWish>): void;
  track(): MediaStreamTrack | undefined;
  /** Looks whether the device in use is still among those present. */
  checkPresence(deviceIds: readonly string[]): void;
  close(): void;
}

export function createLocalDevice(
  source: DeviceSource,
  initial: DeviceWish,
  callbacks: LocalDeviceCallbacks,
): LocalDevice {
  let wanted = initial;
  let inUse: { track: MediaStreamTrack; deviceId: string; cleanUp: boolean } | undefined;
  let told: MediaStreamTrack | undefined;
  let lost = false;
  let closed = false;

  function stop(): void {
    if (!inUse) return;
    inUse.track.removeEventListener('ended', onEnded);
    inUse.track.stop();
    inUse = undefined;
  }

  /** Tells which track is sent. While one device takes another's place nobody is told of the moment between. */
  function tell(): void {
    if (told === inUse?.track) return;
    told = inUse?.track;
    callbacks.onTrack(told);
  }

  function release(): void {
    stop();
    tell();
  }

  /** The device was unplugged or taken away. Our own stop() never fires this. */
  function onEnded(): void {
    if (closed || !inUse) return;
    lost = true;
    wanted = { ...wanted, deviceId: '' };
    stop();
    runner.wish(wanted);
  }

  async function fulfil(wish: DeviceWish, isLast: () => boolean): Promise<void> {
    if (!wish.on) {
      lost = false;
      release();
      callbacks.onState('off');
      return;
    }
    const same = inUse?.deviceId === wish.deviceId && (source === 'cam' || inUse?.cleanUp === wish.cleanUp);
    if (inUse && same && inUse.track.readyState === 'live') return callbacks.onState('on');
    callbacks.onState('starting');
    // Before the new one is opened: phones have one camera at a time, and some drivers one set of settings.
    stop();
    const opened = await open(source, wish);
    if (!isLast()) return opened.track.stop();
    if (opened.fellBack) wanted = { ...wanted, deviceId: '' };
    inUse = { track: opened.track, deviceId: opened.fellBack ? '' : wish.deviceId, cleanUp: wish.cleanUp };
    opened.track.addEventListener('ended', onEnded);
    tell();
    callbacks.onState('on');
    if (opened.fellBack || lost) callbacks.onFallback();
    if (lost) callbacks.onSay(lostSentence(source, true), 'warning');
    else if (opened.fellBack) callbacks.onSay(fallbackSentence(source), 'warning');
    lost = false;
  }

  const runner = createLastWish(fulfil, (error) => {
    if (closed) return undefined;
    const failure = error instanceof DeviceError ? error.failure : 'busy';
    if (!(error instanceof DeviceError)) console.error(`the ${source} failed in an unknown way`, error);
    release();
    wanted = { ...wanted, on: false };
    callbacks.onState(failure);
    const missing = lost && failure === 'missing';
    callbacks.onSay(missing ? lostSentence(source, false) : failureSentence(source, failure), 'warning');
    lost = false;
    return undefined;
  });

  return {
    wish(change) {
      wanted = { ...wanted, ...change };
      // What is off and stays off needs nothing done.
      if (wanted.on || change.on !== undefined) runner.wish(wanted);
    },
    track: () => inUse?.track,
    checkPresence(deviceIds) {
      const id = inUse?.track.getSettings().deviceId;
      if (id && deviceIds.length > 0 && !deviceIds.includes(id)) onEnded();
    },
    close() {
      closed = true;
      runner.close();
      release();
    },
  };
}

class DeviceError extends Error {
  readonly failure: DeviceFailure;
  constructor(failure: DeviceFailure, options?: ErrorOptions) {
    super(`device ${failure}`, options);
    this.failure = failure;
  }
}

/** Opens the device asked for, or the browser's own choice when that one is not there. Throws DeviceError. */
async function open(
  source: DeviceSource,
  wish: DeviceWish,
): Promise<{ track: MediaStreamTrack; fellBack: boolean }> {
  if (!globalThis.isSecureContext || !navigator.mediaDevices) throw new DeviceError('insecure');
  try {
    return { track: await openExactly(source, wish, wish.deviceId), fellBack: false };
  } catch (error) {
    const failure = failureOf(nameOf(error));
    if (failure !== 'missing' || wish.deviceId === '') throw new DeviceError(failure, { cause: error });
  }
  try {
    return { track: await openExactly(source, wish, ''), fellBack: true };
  } catch (error) {
    throw new DeviceError(failureOf(nameOf(error)), { cause: error });
  }
}

async function openExactly(
  source: DeviceSource,
  wish: DeviceWish,
  deviceId: string,
): Promise<MediaStreamTrack> {
  const which = deviceId === '' ? {} : { deviceId: { exact: deviceId } };
  const { cleanUp } = wish;
  const camera = wish.light ? LIGHT_CAMERA : CAMERA;
  const constraints: MediaStreamConstraints =
    source === 'mic'
      ? {
          audio: { ...which, echoCancellation: cleanUp, noiseSuppression: cleanUp, autoGainControl: cleanUp },
        }
      : {
          video: {
            ...which,
            width: { ideal: camera.width },
            height: { ideal: camera.height },
            frameRate: { ideal: camera.frameRate, max: 30 },
          },
        };
  const stream = await navigator.mediaDevices.getUserMedia(constraints);
  const [track] = stream.getTracks();
  if (!track) throw new DOMException('the browser gave no track', 'NotFoundError');
  return track;
}

/** DOMExceptions and OverconstrainedErrors are told apart by name; the latter is no Error in every browser. */
function nameOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';
}
