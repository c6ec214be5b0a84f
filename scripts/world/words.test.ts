import { parseConfig, VARIABLE_NAMES } from '@chatmux/config';
import { describe, expect, it } from 'vitest';
import type { PreparedWorld } from './prepare-world.ts';
import { addressesOf, helpText, welcomeText } from './words.ts';

const tls = { certFile: '/c', keyFile: '/k' };
const local: PreparedWorld = { config: parseConfig({}), lan: [], noSfuBecause: undefined };
const phones: PreparedWorld = {
  config: { ...parseConfig({}, { https: true }), tls, mediaAnnouncedAddress: '192.168.1.5' },
  lan: ['192.168.1.5'],
  noSfuBecause: undefined,
};

describe('welcomeText', () => {
  it('gives the address and the media path', () => {
    expect(welcomeText(local)).toContain('The world is open:  http://localhost:4000\n');
    expect(welcomeText(local)).toContain('through the media server at 127.0.0.1, port 44400 (UDP and TCP)');
    expect(welcomeText(local)).toContain('--https');
  });

  it('gives the address for a phone and warns of the browser’s warning', () => {
    const text = welcomeText(phones);
    expect(text).toContain('https://localhost:4000');
    expect(text).toContain('On the network:     https://192.168.1.5:4000');
    expect(text).toContain('warns once');
    expect(text).toContain('media server at 192.168.1.5');
  });

  it('says that calls are direct, and why when nobody wished it', () => {
    const direct = { ...local, config: parseConfig({ MEDIA: 'direct' }) };
    expect(welcomeText(direct)).toContain('directly from browser to browser');
    expect(welcomeText(direct)).not.toContain('because');
    expect(welcomeText({ ...direct, noSfuBecause: 'no compiler\nno luck' })).toContain(
      'because:\n  no compiler\n  no luck',
    );
  });

  it('says that other devices need HTTPS for their microphone', () => {
    const open = { ...local, config: parseConfig({ HOST: '0.0.0.0' }), lan: ['10.0.0.2'] };
    expect(addressesOf(open)).toEqual(['http://localhost:4000', 'http://10.0.0.2:4000']);
    expect(welcomeText(open)).toContain('secure pages only');
  });
});

describe('helpText', () => {
  it('names every setting', () => {
    for (const name of VARIABLE_NAMES) expect(helpText()).toContain(`  ${name} `);
  });
});
