/** How our own microphone or camera stands. */
export type DeviceState =
  | 'off' // turned off: the hardware rests
  | 'starting'
  | 'on'
  | 'refused' // the browser or the person said no
  | 'missing' // there is no such device
  | 'busy' // another program has it
  | 'insecure'; // browsers give devices to secure pages only

/** What a page may do with a kind of device; `unknown` where the browser doesn't say before it is asked. */
export type DevicePermission = 'unknown' | 'prompt' | 'granted' | 'denied';

/** One of those a browser lists. */
export interface DeviceChoice {
  deviceId: string;
  label: string;
}

/** A device somebody chose: browsers give it another id when a page loses its permission, but its name stays. */
export interface ChosenDevice {
  /** Empty for the browser's own choice. */
  id: string;
  /** Empty where the browser doesn't tell. */
  name: string;
}

/** voice: talk, in little; music: sound as it is. */
export const VOICE_PROFILES = ['voice', 'music'] as const;
export type VoiceProfile = (typeof VOICE_PROFILES)[number];

/** What the browser does to our sound before it is sent. */
export interface Cleaning {
  /** Takes out what our speakers play. */
  echo: boolean;
  /** Takes out what goes on all the time: fans, traffic. */
  noise: boolean;
  /** Makes quiet people louder and loud ones quieter. */
  gain: boolean;
}

/** open: heard while the microphone is on; push: only while a key or a button is held. */
export const TALK_MODES = ['open', 'push'] as const;
export type TalkMode = (typeof TALK_MODES)[number];

/** Keys to talk by, by their place on the keyboard: those that mean nothing else here. */
export const TALK_KEYS = ['KeyT', 'KeyG', 'KeyR', 'KeyJ', 'KeyZ'] as const;
export type TalkKey = (typeof TALK_KEYS)[number];

/** What is kept between visits. */
export interface DeviceWishes {
  /** They stay chosen while they are away. */
  chosen: { mic: ChosenDevice; cam: ChosenDevice; speaker: ChosenDevice };
  cleaning: Cleaning;
  profile: VoiceProfile;
  talk: TalkMode;
  talkKey: TalkKey;
}

export type DeviceKind = keyof DeviceWishes['chosen'];

export interface DevicesState extends DeviceWishes {
  mic: DeviceState;
  cam: DeviceState;
  mics: DeviceChoice[];
  cams: DeviceChoice[];
  speakers: DeviceChoice[];
  /** Push to talk: the key or the button is held. */
  talking: boolean;
  permission: { mic: DevicePermission; cam: DevicePermission };
  /** This browser plays a page on the speaker it asks for. */
  choosesSpeaker: boolean;
}

const ANY: ChosenDevice = { id: '', name: '' };

/** As it is for somebody new. */
export const NEW_WISHES: DeviceWishes = {
  chosen: { mic: ANY, cam: ANY, speaker: ANY },
  cleaning: { echo: true, noise: true, gain: true },
  profile: 'voice',
  talk: 'open',
  talkKey: 'KeyT',
};

/** The part of the state that is kept. */
export const wishesOf = ({ chosen, cleaning, profile, talk, talkKey }: DeviceWishes): DeviceWishes => ({
  chosen,
  cleaning,
  profile,
  talk,
  talkKey,
});
