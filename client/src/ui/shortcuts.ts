/** What a key asks of the panels. Walking keys (WASD, arrows, Shift) belong to `input`, not here. */
export type Shortcut =
  | 'mic'
  | 'cam'
  | 'screen'
  | 'enlarge'
  | 'deaf'
  | 'busy'
  | 'lock'
  | 'knock'
  | 'let-in'
  | 'turn-away'
  | 'people'
  | 'friends'
  | 'order'
  | 'settings'
  | 'help'
  | 'developer'
  | 'close';

export interface KeyPress {
  key: string;
  /** Physical key, for keyboards whose letters are not Latin. */
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  repeat: boolean;
  /** The key goes into a field or a list that needs it. */
  typing: boolean;
}

const letters: Partial<Record<string, Shortcut>> = {
  m: 'mic',
  v: 'cam',
  c: 'screen',
  f: 'enlarge',
  n: 'deaf',
  b: 'busy',
  l: 'lock',
  k: 'knock',
  y: 'let-in',
  x: 'turn-away',
  p: 'people',
  i: 'friends',
  u: 'order',
  o: 'settings',
  h: 'help',
  '?': 'help',
  '`': 'developer',
};

const codes: Partial<Record<string, Shortcut>> = {
  KeyM: 'mic',
  KeyV: 'cam',
  KeyC: 'screen',
  KeyF: 'enlarge',
  KeyN: 'deaf',
  KeyB: 'busy',
  KeyL: 'lock',
  KeyK: 'knock',
  KeyY: 'let-in',
  KeyX: 'turn-away',
  KeyP: 'people',
  KeyI: 'friends',
  KeyU: 'order',
  KeyO: 'settings',
  KeyH: 'help',
  Backquote: 'developer',
};

/** The shortcut a key press stands for, if any. */
export function shortcutFor(press: KeyPress): Shortcut | undefined {
  if (press.key === 'Escape') return 'close';
  if (press.typing || press.repeat || press.ctrlKey || press.metaKey || press.altKey) return undefined;
  const key = press.key.toLowerCase();
  const latin = /^[\x21-\x7e]$/.test(key);
  return latin ? letters[key] : codes[press.code];
}

/** Keys as people see them, for tooltips and help. */
export const SHORTCUT_KEYS: Record<Shortcut, string> = {
  mic: 'M',
  cam: 'V',
  screen: 'C',
  enlarge: 'F',
  deaf: 'N',
  busy: 'B',
  lock: 'L',
  knock: 'K',
  'let-in': 'Y',
  'turn-away': 'X',
  people: 'P',
  friends: 'I',
  order: 'U',
  settings: 'O',
  help: 'H',
  developer: '`',
  close: 'Esc',
};
