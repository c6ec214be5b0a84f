import type {
  ChosenDevice,
  Cleaning,
  DeviceKind,
  DevicePermission,
  DevicesState,
  TalkMode,
  VoiceProfile,
} from '../../store/devices.ts';
import type { Toast } from '../../store/types.ts';
import { findChosen, tellsNames } from './chosen-device.ts';
import { watchPermission } from './device-permissions.ts';
import { failureOf, listDevices, SPEAKER_BACK, SPEAKER_LOST } from './device-words.ts';
import { createLevelMeter } from './level-meter.ts';
import { createLocalDevice, type LocalDeviceCallbacks } from './local-device.ts';
import { type Holder, TalkGate } from './push-to-talk.ts';
import { canChooseSpeaker } from './test-sound.ts';

export interface DevicesCallbacks {
  onChange(change: Partial<DevicesState>): void;
  /** What we send from now on. The tracks belong to the devices: nobody else stops them. */
  onTracks(tracks: { mic: MediaStreamTrack | undefined; cam: MediaStreamTrack | undefined }): void;
  /** The speaker to play on from now on; empty for the system's choice. */
  onSpeaker(deviceId: string): void;
  onSay(sentence: string, tone: Toast['tone']): void;
  /** Asked when the camera is turned on: whether this machine is too weak for a large picture. @default never */
  isWeak?(): boolean;
}

export type DevicesInitial = Pick<DevicesState, 'chosen' | 'cleaning' | 'profile' | 'talk'>;

/** Our microphone and camera, and which there are. Calls may come in any order and speed: the last one counts. */
export interface Devices {
  setMic(on: boolean): void;
  setCam(on: boolean): void;
  /** Chooses a device by its id in the list; empty for the browser's own choice. It is remembered while it is away. */
  choose(kind: DeviceKind, deviceId: string): void;
  setCleaning(cleaning: Cleaning): void;
  setProfile(profile: VoiceProfile): void;
  setTalk(mode: TalkMode): void;
  /** Push to talk: a key or a button is held, or let go. */
  hold(holder: Holder, on: boolean): void;
  /** Lets go of everything: nobody could do it any more. */
  letGo(): void;
  /** Looks again which devices there are. Happens by itself when one comes or goes. */
  refreshList(): Promise<void>;
  /** What our microphone hears now, sent or not: 0 (−60 dB of full scale) to 1 (full scale). */
  micLevel(): number;
  /** The speaker to play on now; empty for the system's choice. */
  speakerId(): string;
  micTrack(): MediaStreamTrack | undefined;
  camTrack(): MediaStreamTrack | undefined;
  close(): void;
}

const LIST_OF = { mic: 'mics', cam: 'cams', speaker: 'speakers' } as const;

export function createDevices(callbacks: DevicesCallbacks, initial: DevicesInitial): Devices {
  const meter = createLevelMeter();
  const gate = new TalkGate(initial.talk);
  let { chosen, cleaning, profile } = initial;
  let lists: Pick<DevicesState, 'mics' | 'cams' | 'speakers'> = { mics: [], cams: [], speakers: [] };
  let speakerIsThere = true;
  let closed = false;

  const tell = () => callbacks.onTracks({ mic: mic.track(), cam: cam.track() });
  /** A closed gate makes silence of the microphone at once, and it stays open. */
  function applyGate(): void {
    const track = mic.track();
    if (track) track.enabled = gate.isOpen;
    callbacks.onChange({ talking: gate.isHeld });
  }
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
    onSay: callbacks.onSay,
  });
  const asked = { on: false, cleaning, profile, light: false };
  const mic = createLocalDevice(
    'mic',
    { ...asked, deviceId: chosen.mic.id },
    callbacksFor('mic', () => {
      applyGate();
      meter.watch(mic.ownEar());
    }),
  );
  const cam = createLocalDevice(
    'cam',
    { ...asked, deviceId: chosen.cam.id },
    callbacksFor('cam', () => undefined),
  );

  function remember(kind: DeviceKind, device: ChosenDevice): void {
    chosen = { ...chosen, [kind]: device };
    callbacks.onChange({ chosen });
    if (kind === 'mic') mic.wish({ deviceId: device.id });
    else if (kind === 'cam') cam.wish({ deviceId: device.id });
  }

  /** A chosen device may have another id by now, and its name may be known only now. */
  function recognise(kind: DeviceKind): void {
    const before = chosen[kind];
    const found = findChosen(before, lists[LIST_OF[kind]]);
    if (!found || found.deviceId === '') return;
    const name = found.label || before.name;
    if (found.deviceId !== before.id || name !== before.name) remember(kind, { id: found.deviceId, name });
  }

  function checkSpeaker(): void {
    const { speaker } = chosen;
    const isThere = speaker.id === '' || !tellsNames(lists.speakers) || isListed(lists.speakers, speaker.id);
    if (isThere === speakerIsThere) return;
    speakerIsThere = isThere;
    callbacks.onSpeaker(isThere ? speaker.id : '');
    callbacks.onSay(isThere ? SPEAKER_BACK : SPEAKER_LOST, isThere ? 'good' : 'warning');
  }

  async function refreshList(): Promise<void> {
    if (!navigator.mediaDevices) return;
    try {
      const infos = await navigator.mediaDevices.enumerateDevices();
      if (closed) return;
      lists = listDevices(infos);
      callbacks.onChange(lists);
      for (const kind of ['mic', 'cam', 'speaker'] as const) recognise(kind);
      const idsOf = (list: readonly { deviceId: string }[]) =>
        list.map(({ deviceId }) => deviceId).filter((id) => id !== '');
      mic.checkPresence(idsOf(lists.mics));
      cam.checkPresence(idsOf(lists.cams));
      checkSpeaker();
    } catch (error) {
      const name = error instanceof Error ? error.name : '';
      console.warn(`the list of devices can’t be read (${failureOf(name)})`, error);
    }
  }
  callbacks.onChange({ choosesSpeaker: canChooseSpeaker() });
  const onDeviceChange = () => void refreshList();
  navigator.mediaDevices?.addEventListener('devicechange', onDeviceChange);
  void refreshList();

  const permission = { mic: 'unknown' as DevicePermission, cam: 'unknown' as DevicePermission };
  const watching = (
    [
      ['mic', mic],
      ['cam', cam],
    ] as const
  ).map(([which, device]) =>
    watchPermission(which, (now) => {
      permission[which] = now;
      callbacks.onChange({ permission: { ...permission } });
      if (now !== 'denied') device.forgive();
      void refreshList();
    }),
  );

  return {
    setMic: (on) => mic.wish({ on }),
    setCam: (on) => cam.wish({ on, light: callbacks.isWeak?.() ?? false }),
    choose(kind, deviceId) {
      const listed = lists[LIST_OF[kind]].find((device) => device.deviceId === deviceId);
      remember(kind, { id: deviceId, name: deviceId === '' ? '' : (listed?.label ?? chosen[kind].name) });
      if (kind !== 'speaker') return;
      speakerIsThere = true;
      callbacks.onSpeaker(deviceId);
    },
    setCleaning(next) {
      cleaning = next;
      callbacks.onChange({ cleaning });
      mic.wish({ cleaning });
    },
    setProfile(next) {
      profile = next;
      callbacks.onChange({ profile });
      mic.wish({ profile });
    },
    setTalk(talk) {
      gate.setMode(talk);
      callbacks.onChange({ talk });
      applyGate();
    },
    hold(holder, on) {
      gate.hold(holder, on);
      applyGate();
    },
    letGo() {
      gate.letGo();
      applyGate();
    },
    refreshList,
    micLevel: meter.level,
    speakerId: () => (speakerIsThere && canChooseSpeaker() ? chosen.speaker.id : ''),
    micTrack: mic.track,
    camTrack: cam.track,
    close() {
      closed = true;
      for (const stop of watching) stop();
      navigator.mediaDevices?.removeEventListener('devicechange', onDeviceChange);
      mic.close();
      cam.close();
      meter.close();
    },
  };
}

const isListed = (list: readonly { deviceId: string }[], id: string) =>
  list.some(({ deviceId }) => deviceId === id);
