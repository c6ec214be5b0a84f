import { describe, expect, it } from 'vitest';
import { type KeyPress, shortcutFor } from './shortcuts.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  typing: false,
  ...more,
});

describe('shortcutFor', () => {
  it.each([
    ['m', 'mic'],
    ['M', 'mic'],
    ['v', 'cam'],
    ['c', 'screen'],
    ['f', 'enlarge'],
    ['n', 'deaf'],
    ['b', 'busy'],
    ['l', 'lock'],
    ['k', 'knock'],
    ['y', 'let-in'],
    ['x', 'turn-away'],
    ['p', 'people'],
    ['u', 'order'],
    ['o', 'settings'],
    ['h', 'help'],
    ['?', 'help'],
    ['`', 'developer'],
    ['Escape', 'close'],
  ])('%s asks for %s', (key, shortcut) => {
    expect(shortcutFor(press(key))).toBe(shortcut);
  });

  it.each(['w', 'a', 's', 'd', 'ArrowUp', ' ', 'Shift', 'Enter', 'Tab'])('leaves %j alone', (key) => {
    expect(shortcutFor(press(key))).toBeUndefined();
  });

  it('stays out of typing, of browser shortcuts and of held keys', () => {
    for (const more of [
      { typing: true },
      { ctrlKey: true },
      { metaKey: true },
      { altKey: true },
      { repeat: true },
    ]) {
      expect(shortcutFor(press('m', more))).toBeUndefined();
    }
  });

  it('closes with Escape even from a field', () => {
    expect(shortcutFor(press('Escape', { typing: true }))).toBe('close');
  });

  it('goes by the place of the key where letters are not Latin, and only there', () => {
    expect(shortcutFor(press('ь', { code: 'KeyM' }))).toBe('mic');
    // On a keyboard like Dvorak the letter counts, not where it lies.
    expect(shortcutFor(press('s', { code: 'KeyO' }))).toBeUndefined();
  });
});
