import { describe, expect, it } from 'vitest';
import { isInstalled } from './dependencies.mjs';

const locked = {
  '': {},
  'shared/schema': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/@chatmux/schema': { resolved: 'shared/schema', link: true },
  'node_modules/b-win32': { version: '2.0.0', integrity: 'sha512-b', optional: true },
};

describe('isInstalled', () => {
  it('is content with what is locked, without other platforms’ packages', () => {
    const { 'node_modules/b-win32': _, ...installed } = locked;
    expect(isInstalled(locked, installed)).toBe(true);
  });

  it('sees a missing package, another version, another content and a missing workspace', () => {
    const { 'node_modules/a': _a, ...withoutA } = locked;
    const { 'node_modules/@chatmux/schema': _s, ...withoutLink } = locked;
    expect(isInstalled(locked, withoutA)).toBe(false);
    expect(isInstalled(locked, withoutLink)).toBe(false);
    expect(
      isInstalled(locked, { ...locked, 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } }),
    ).toBe(false);
    expect(
      isInstalled(locked, { ...locked, 'node_modules/a': { version: '1.0.0', integrity: 'sha512-x' } }),
    ).toBe(false);
  });

  it('does not mind from which mirror a package came', () => {
    const a = { version: '1.0.0', integrity: 'sha512-a', resolved: 'https://mirror/a.tgz' };
    expect(isInstalled(locked, { ...locked, 'node_modules/a': a })).toBe(true);
  });

  it('sees that an optional package is there in a wrong version', () => {
    expect(
      isInstalled(locked, {
        ...locked,
        'node_modules/b-win32': { version: '1.9.0', integrity: 'sha512-b' },
      }),
    ).toBe(false);
  });
});
