import { describe, expect, it } from 'vitest';
import { TALK_KEYS } from '../store/devices.ts';
import { SHORTCUT_KEYS } from './shortcuts.ts';
import { beginsTalk } from './talk-key.ts';
import { keyName } from './words/key-name.ts';

const press = { code: 'KeyT', repeat: false, ctrlKey: false, metaKey: false, altKey: false, typing: false };
const push = { talk: 'push', talkKey: 'KeyT', mic: 'on' } as const;

describe('the key to talk by', () => {
  it('begins to talk while the microphone is on and talk is to be pushed', () => {
    expect(beginsTalk(press, push)).toBe(true);
    expect(beginsTalk(press, { ...push, talk: 'open' })).toBe(false);
    expect(beginsTalk(press, { ...push, mic: 'off' })).toBe(false);
  });
  it('is the one that was chosen', () => {
    expect(beginsTalk({ ...press, code: 'KeyG' }, push)).toBe(false);
    expect(beginsTalk({ ...press, code: 'KeyG' }, { ...push, talkKey: 'KeyG' })).toBe(true);
  });
  it.each(['typing', 'ctrlKey', 'metaKey', 'altKey', 'repeat'] as const)(
    'means something else with %s',
    (what) => {
      expect(beginsTalk({ ...press, [what]: true }, push)).toBe(false);
    },
  );
  it('can only be one that is free: neither a shortcut nor a way to walk', () => {
    const taken = [...Object.values(SHORTCUT_KEYS), 'W', 'A', 'S', 'D', 'Q', 'E'];
    expect(TALK_KEYS.map(keyName).filter((name) => taken.includes(name))).toEqual([]);
  });
});
