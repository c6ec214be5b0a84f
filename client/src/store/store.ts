import { PERSON_COLOURS } from '@chatmux/schema';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { NEW_WISHES, wishesOf } from './devices.ts';
import { NO_ORDER } from './order.ts';
import { loadSaved, save } from './saved.ts';
import { NO_FRIENDS } from './social.ts';
import type { AppState, Toast } from './types.ts';

const saved = loadSaved();

/** The one store of the client. Written by `app`, `net` and `media` through their callbacks, read by `ui` and `scene`. */
export const store = createStore<AppState>()(() => ({
  phase: 'lobby',
  profile: saved.profile ?? {
    name: '',
    colour: Math.floor(Math.random() * PERSON_COLOURS),
  },
  account: {
    status: 'unknown',
    account: undefined,
    github: false,
    codes: [],
    busy: undefined,
    said: undefined,
    problem: undefined,
  },
  social: NO_FRIENDS,
  order: NO_ORDER,
  invite: undefined,
  connection: { state: 'idle', roundTripMs: undefined, problem: undefined },
  world: undefined,
  copy: 1,
  travelling: undefined,
  me: undefined,
  people: {},
  circles: {},
  knocks: [],
  blocked: [],
  status: { deaf: false, busy: false },
  near: [],
  zone: undefined,
  circleAhead: 0,
  knocked: undefined,
  speaking: {},
  media: { mode: 'none', state: 'idle' },
  line: 'good',
  sound: { rung: 'speakers', way: 'straight', why: '' },
  personSound: {},
  devices: {
    mic: 'off',
    cam: 'off',
    mics: [],
    cams: [],
    speakers: [],
    talking: false,
    permission: { mic: 'unknown', cam: 'unknown' },
    choosesSpeaker: false,
    ...NEW_WISHES,
    ...saved.devices,
  },
  videos: {},
  screens: {},
  sharing: 'off',
  selfScreen: undefined,
  largeScreen: { id: undefined, full: false },
  selfVideo: undefined,
  settings: {
    quality: 'auto',
    maxFps: 0,
    theme: 'system',
    volume: 1,
    sound: 'auto',
    hearWhom: 'everyone',
    direct: true,
    pictures: 'vp8',
    screenKind: 'text',
    nameTags: true,
    ...saved.settings,
  },
  activeQuality: 'medium',
  panel: 'none',
  toasts: [],
}));

/** Reads the store in a component and draws it again when the chosen part changes. */
export function useApp<T>(select: (state: AppState) => T): T {
  return useStore(store, select);
}

/** Changes part of one slice. */
export function patch<
  K extends 'account' | 'social' | 'order' | 'connection' | 'devices' | 'settings' | 'media' | 'profile',
>(slice: K, change: Partial<AppState[K]>): void {
  store.setState((state) => ({ [slice]: { ...state[slice], ...change } }) as Pick<AppState, K>);
}

let lastToast = 0;

/** Shows a sentence for a while; it never takes the focus. */
export function toast(text: string, tone: Toast['tone'] = 'info'): void {
  lastToast += 1;
  const id = lastToast;
  store.setState((state) => ({
    toasts: [...state.toasts.filter((t) => t.text !== text), { id, text, tone }].slice(-4),
  }));
}

export function dismissToast(id: number): void {
  store.setState((state) => ({ toasts: state.toasts.filter((t) => t.id !== id) }));
}

store.subscribe((state, before) => {
  if (
    state.profile === before.profile &&
    state.settings === before.settings &&
    state.devices === before.devices
  )
    return;
  save({ profile: state.profile, settings: state.settings, devices: wishesOf(state.devices) });
});
