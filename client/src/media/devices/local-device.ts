import type { Cleaning, DeviceState, VoiceProfile } from '../../store/devices.ts';
import type { Toast } from '../../store/types.ts';
import { createLastWish } from '../last-wish.ts';
import { CAMERA, LIGHT_CAMERA } from '../send-quality.ts';
import {
  backSentence,
  type DeviceFailure,
  type DeviceSource,
  failureOf,
  failureSentence,
  fallbackSentence,
  lostSentence,
} from './device-words.ts';
import { applyCleaning, markProfile, micConstraints } from './voice-profiles.ts';

/** What a device should be. */
export interface DeviceWish {
  on: boolean;
  /** Device asked for; empty for the browser's own choice. */
  deviceId: string;
  /** Microphone only. */
  profile: VoiceProfile;
  cleaning: Cleaning;
  /** Camera only: a smaller picture, for weak machines. */
  light: boolean;
}

export interface LocalDeviceCallbacks {
  onState(state: DeviceState): void;
  onTrack(track: MediaStreamTrack | undefined): void;
  onSay(sentence: string, tone: Toast['tone']): void;
}

/** Our microphone or our camera. Off means stopped: the light at the hardware goes out. */
export interface LocalDevice {
  wish(change: Partial<DeviceWish>): void;
  track(): MediaStreamTrack | undefined;
  /** Of a microphone: what it hears, for our own meter, also while what is sent is silent. */
  ownEar(): MediaStreamTrack | undefined;
  /** Looks whether the device in use is still among those present, and whether the one asked for is there again. */
  checkPresence(deviceIds: readonly string[]): void;
  /** The browser asks or allows again what it refused. */
  forgive(): void;
  close(): void;
}

interface InUse {
  track: MediaStreamTrack;
  ear: MediaStreamTrack | undefined;
  /** What it was opened for. */
  wish: DeviceWish;
  /** The one asked for was not there: the browser's own choice stands in. */
  standsIn: boolean;
}

export function createLocalDevice(
  source: DeviceSource,
  initial: DeviceWish,
  callbacks: LocalDeviceCallbacks,
): LocalDevice {
  let wanted = initial;
  let state: DeviceState = 'off';
  let inUse: InUse | undefined;
  let told: MediaStreamTrack | undefined;
  /** The device in use went away, which was not said yet. */
  let lost = false;
  let closed = false;

  function enter(next: DeviceState): void {
    state = next;
    callbacks.onState(next);
  }

  function stop(): void {
    if (!inUse) return;
    inUse.track.removeEventListener('ended', onEnded);
    // The hardware rests only when nothing of it is left.
    inUse.track.stop();
    inUse.ear?.stop();
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
    stop();
    runner.wish(wanted);
  }

  async function fulfil(wish: DeviceWish, isLast: () => boolean): Promise<void> {
    if (!wish.on) {
      lost = false;
      release();
      enter('off');
      return;
    }
    if (inUse && isSame(source, inUse.wish, wish) && inUse.track.readyState === 'live') return enter('on');
    const stoodIn = inUse?.standsIn === true && inUse.wish.deviceId === wish.deviceId;
    if (inUse && (await isAdapted(source, inUse, wish))) return enter('on');
    enter('starting');
    // Before the new one is opened: phones have one camera at a time, and some drivers one set of settings.
    stop();
    const opened = await open(source, wish);
    if (!isLast()) return opened.track.stop();
    inUse = { ...opened, wish, ear: source === 'mic' ? opened.track.clone() : undefined };
    if (source === 'mic') markProfile(opened.track, wish.profile);
    opened.track.addEventListener('ended', onEnded);
    tell();
    enter('on');
    say(opened, stoodIn, wish.deviceId !== '');
    lost = false;
  }

  function say(
    { track, standsIn }: Pick<InUse, 'track' | 'standsIn'>,
    stoodIn: boolean,
    isChosen: boolean,
  ): void {
    const isBack = stoodIn && !standsIn;
    if (isBack) callbacks.onSay(backSentence(source), 'good');
    else if (lost && (standsIn || !isChosen)) callbacks.onSay(lostSentence(source, track.label), 'warning');
    else if (standsIn && !stoodIn) callbacks.onSay(fallbackSentence(source, track.label), 'warning');
  }

  const runner = createLastWish(fulfil, (error) => {
    if (closed) return undefined;
    const failure = error instanceof DeviceError ? error.failure : 'busy';
    if (!(error instanceof DeviceError)) console.error(`the ${source} failed in an unknown way`, error);
    release();
    wanted = { ...wanted, on: false };
    enter(failure);
    const missing = lost && failure === 'missing';
    callbacks.onSay(missing ? lostSentence(source, undefined) : failureSentence(source, failure), 'warning');
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
    ownEar: () => inUse?.ear,
    checkPresence(deviceIds) {
      if (state === 'missing' && deviceIds.length > 0) return enter('off');
      if (!inUse || deviceIds.length === 0) return;
      const id = inUse.track.getSettings().deviceId;
      if (id && !deviceIds.includes(id)) return onEnded();
      if (!inUse.standsIn || !deviceIds.includes(wanted.deviceId)) return;
      // The one asked for is there again: what stands in for it was opened for another wish.
      inUse.wish = { ...inUse.wish, on: false };
      runner.wish(wanted);
    },
    forgive() {
      if (state === 'refused') enter('off');
    },
    close() {
      closed = true;
      runner.close();
      release();
    },
  };
}

/** True where a device that was opened for one wish does for another. */
function isSame(source: DeviceSource, one: DeviceWish, two: DeviceWish): boolean {
  if (one.on !== two.on || one.deviceId !== two.deviceId) return false;
  if (source === 'cam') return true;
  const [a, b] = [micConstraints(one.profile, one.cleaning), micConstraints(two.profile, two.cleaning)];
  return one.profile === two.profile && JSON.stringify(a) === JSON.stringify(b);
}

/** Without a gap, where the browser can: the open microphone is cleaned in another way from now on. */
async function isAdapted(source: DeviceSource, inUse: InUse, wish: DeviceWish): Promise<boolean> {
  const { wish: before, track } = inUse;
  const isCleaningAlone =
    source === 'mic' && before.on && isSame(source, before, { ...wish, cleaning: before.cleaning });
  if (!isCleaningAlone || track.readyState !== 'live') return false;
  if (!(await applyCleaning(track, wish.profile, wish.cleaning))) return false;
  inUse.wish = wish;
  return track.readyState === 'live';
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
): Promise<{ track: MediaStreamTrack; standsIn: boolean }> {
  if (!globalThis.isSecureContext || !navigator.mediaDevices) throw new DeviceError('insecure');
  try {
    return { track: await openExactly(source, wish, wish.deviceId), standsIn: false };
  } catch (error) {
    const failure = failureOf(nameOf(error));
    if (failure !== 'missing' || wish.deviceId === '') throw new DeviceError(failure, { cause: error });
  }
  try {
    return { track: await openExactly(source, wish, ''), standsIn: true };
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
  const camera = wish.light ? LIGHT_CAMERA : CAMERA;
  const constraints: MediaStreamConstraints =
    source === 'mic'
      ? { audio: { ...which, ...micConstraints(wish.profile, wish.cleaning) } }
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
