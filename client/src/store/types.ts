import type {
  KnockMessage,
  MediaMode,
  PictureCodec,
  PlanEntry,
  Problem,
  RoleNumber,
  StatusMessage,
  WorldZone,
} from '@chatmux/schema';
import type { AccountState } from './account.ts';
import type { DevicesState } from './devices.ts';
import type { InviteState, OrderState } from './order.ts';
import type { SocialState } from './social.ts';
import type { HearWhom, PersonSound, SoundChoice, SoundState } from './sound.ts';

/**
 * What changes slowly, for panels and labels to draw. Positions never come here: they live in `sim`, which the scene
 * reads each frame.
 */

/** lobby: before entering; entering: the join is under way; world: inside. */
export type Phase = 'lobby' | 'entering' | 'world';

/** online; reconnecting: dropped, trying; offline: given up for now, a button tries again. */
export type ConnectionState = 'idle' | 'connecting' | 'online' | 'reconnecting' | 'offline';

export interface Profile {
  name: string;
  /** 0 to PERSON_COLOURS − 1. */
  colour: number;
}

export interface PersonView extends Profile {
  id: number;
  /** Who they are beyond this visit; empty for a guest. */
  identity: string;
  mic: boolean;
  cam: boolean;
  /** They share their screen. */
  screen: boolean;
  /** False while their connection is lost and their seat is kept. */
  here: boolean;
  /** They hear nobody. */
  deaf: boolean;
  /** They hear nobody and nobody hears them. */
  busy: boolean;
  /** As the server says; what our own ears say is in `AppState.speaking`. */
  speaking: boolean;
  /** Circle they stand in; 0 for none. */
  circle: number;
  /** What they are in this world. */
  role: RoleNumber;
  /** A moderator has muted them. */
  muted: boolean;
  /** How to speak of them, and a line of their own; both may be empty. */
  pronouns: string;
  about: string;
  me: boolean;
  /** Ourselves, in another tab or on another device. */
  alsoMe: boolean;
}

/** People who stand together; who they are says each person's `circle`. */
export interface CircleView {
  id: number;
  locked: boolean;
}

/** One person within reach, nearest first. */
export interface NearPerson {
  id: number;
  /** Whole metres, for display. */
  metres: number;
  /** Their voice reaches us, their video level (0 none). */
  heard: boolean;
  /** Our voice reaches them. */
  hearsUs: boolean;
  video: PlanEntry['video'];
}

/** A place with rules of its own for voices, or a way to another. */
export interface ZoneView {
  kind: WorldZone['kind'];
  name: string;
}

/** How sharing our own screen stands; `asking`: the browser lets one choose what; `unable`: this browser can't. */
export type SharingState = 'off' | 'asking' | 'on' | 'unable';

/** What a shared screen is for: words that are to be read, or pictures that move. */
export type ScreenKind = 'text' | 'motion';

/** good; weak: voices may break up; lost: nothing comes through. */
export type LineQuality = 'good' | 'weak' | 'lost';

/** State of the way media takes. */
export interface MediaState {
  mode: MediaMode;
  state: 'idle' | 'connecting' | 'on' | 'failed';
}

export type Quality = 'auto' | 'low' | 'medium' | 'high';

export interface Settings {
  quality: Quality;
  /** Frames a second at most; 0 for no cap of our own. Overrides the quality's when above 0. */
  maxFps: number;
  theme: 'system' | 'dark' | 'light';
  /** Loudness of everyone, 0 to 1. */
  volume: number;
  /** Step of the ladder of sound. */
  sound: SoundChoice;
  hearWhom: HearWhom;
  /** Others may be connected with us directly, and so learn our network address. */
  direct: boolean;
  /** How we would like cameras to be coded. */
  pictures: PictureCodec;
  /** What our own screen is shared for. */
  screenKind: ScreenKind;
  /** Show names above heads. */
  nameTags: boolean;
}

export interface Toast {
  id: number;
  text: string;
  tone: 'info' | 'good' | 'warning' | 'danger';
}

export interface AppState {
  phase: Phase;
  profile: Profile;
  account: AccountState;
  social: SocialState;
  order: OrderState;
  invite: InviteState | undefined;
  connection: { state: ConnectionState; roundTripMs: number | undefined; problem: Problem | undefined };
  world: { id: string; name: string } | undefined;
  /** Number of the copy of the world we are in, from 1. */
  copy: number;
  /** Name of the world we are on the way to through a portal. */
  travelling: string | undefined;
  /** Our own id in the room. */
  me: number | undefined;
  people: Record<number, PersonView>;
  /** Circles by id. */
  circles: Record<number, CircleView>;
  /** Who asks to be let into our locked circle, oldest first. */
  knocks: KnockMessage[];
  /** Everyone here whom we block. */
  blocked: number[];
  /** How much of others we want; kept from one world to the next. */
  status: StatusMessage;
  near: NearPerson[];
  /** The zone we stand in that says most about voices here. */
  zone: ZoneView | undefined;
  /** A locked circle we stand before; 0 for none. */
  circleAhead: number;
  /** Our own knock at a locked circle, while it waits for an answer or we are let in. */
  knocked: { circle: number; letIn: boolean } | undefined;
  /** Ids of those who speak now, ourselves included. */
  speaking: Record<number, true>;
  media: MediaState;
  /** How well voices come through the network. */
  line: LineQuality;
  /** How sound reaches our ears now. */
  sound: SoundState;
  /** How we want to hear somebody, where it is not as usual; by id, for this visit. */
  personSound: Record<number, PersonSound>;
  devices: DevicesState;
  /** Remote camera pictures that may be shown now, by person. */
  videos: Record<number, MediaStream>;
  /** Shared screens that may be shown now, by person. */
  screens: Record<number, MediaStream>;
  /** How our own sharing stands; our screen's picture while it is on. */
  sharing: SharingState;
  selfScreen: MediaStream | undefined;
  /** The screen that is shown large, if one was chosen, and whether it fills the window. */
  largeScreen: { id: number | undefined; full: boolean };
  /** Our own camera picture while it is on. */
  selfVideo: MediaStream | undefined;
  settings: Settings;
  /** Quality in use: what `auto` settled on. */
  activeQuality: Exclude<Quality, 'auto'>;
  panel: 'none' | 'settings' | 'people' | 'friends' | 'order' | 'developer' | 'help';
  toasts: Toast[];
}
