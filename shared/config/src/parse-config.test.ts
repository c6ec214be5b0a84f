import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { configToEnv } from './config-to-env.ts';
import { type Environment, parseConfig } from './parse-config.ts';
import type { Flags } from './parse-flags.ts';
import { VARIABLE_NAMES, VARIABLES } from './variables.ts';

function problemsOf(env: Environment, flags: Flags = {}): readonly ConfigProblem[] {
  try {
    parseConfig(env, flags);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('parseConfig: what is unset', () => {
  it('has the documented defaults', () => {
    expect(parseConfig({})).toEqual({
      host: '127.0.0.1',
      port: 4000,
      dataDir: './data',
      https: false,
      tls: undefined,
      allowedOrigins: [],
      trustProxy: false,
      world: 'plaza',
      maxPeople: 200,
      maxCopies: 10,
      reconnectSeconds: 20,
      media: 'auto',
      sfuControlHost: '127.0.0.1',
      sfuControlPort: 4001,
      sfuSecret: undefined,
      sfuWorkers: undefined,
      sfuDrainSeconds: 1,
      mediaPort: 44_400,
      mediaListenIp: '127.0.0.1',
      mediaAnnouncedAddress: undefined,
      mediaListenIp6: undefined,
      mediaAnnouncedAddress6: undefined,
      iceServers: [],
      hideAddresses: false,
      turn: undefined,
      mediasoupWorkerBin: undefined,
      adminToken: undefined,
      record: false,
      logLevel: 'info',
    });
  });

  it('counts an empty variable as unset', () => {
    const empty = Object.fromEntries(VARIABLE_NAMES.map((name) => [name, '']));
    expect(parseConfig(empty)).toEqual(parseConfig({}));
  });

  it('listens for media where it listens for the page, and on the network with HTTPS', () => {
    expect(parseConfig({ HOST: '10.1.2.3' }).mediaListenIp).toBe('10.1.2.3');
    expect(parseConfig({ HOST: 'chat.example.org' }).mediaListenIp).toBe('127.0.0.1');
    expect(parseConfig({}, { https: true })).toMatchObject({
      https: true,
      host: '0.0.0.0',
      mediaListenIp: '0.0.0.0',
    });
    expect(parseConfig({ HTTPS: 'on', HOST: '10.1.2.3' }).mediaListenIp).toBe('10.1.2.3');
  });

  it('moves a default port out of the way of a chosen one', () => {
    expect(parseConfig({}, { port: '4001' })).toMatchObject({ port: 4001, sfuControlPort: 4002 });
    expect(parseConfig({ PORT: '44400', SFU_CONTROL_PORT: '44401' }).mediaPort).toBe(44_402);
  });
});

describe('parseConfig: what is set', () => {
  it('takes flags over the environment', () => {
    const config = parseConfig(
      { PORT: '5000', HOST: '10.0.0.1', DATA_DIR: '/a' },
      { port: '6000', host: 'localhost', data: '/b' },
    );
    expect(config).toMatchObject({ port: 6000, host: 'localhost', dataDir: '/b' });
  });

  it('reads lists and JSON', () => {
    const config = parseConfig({
      ALLOWED_ORIGINS: 'https://Chat.example.org, http://localhost:5173,',
      ICE_SERVERS: '[{"urls":"stun:a:3478"},{"urls":["turn:b"],"username":"u","credential":"c"}]',
    });
    expect(config.allowedOrigins).toEqual(['https://chat.example.org', 'http://localhost:5173']);
    expect(config.iceServers).toEqual([
      { urls: 'stun:a:3478' },
      { urls: ['turn:b'], username: 'u', credential: 'c' },
    ]);
  });

  it('reads a TURN server whole, an hour being usual, and hands it on', () => {
    const env = { TURN_URLS: 'turn:a:3478, turns:b', TURN_SECRET: 'sixteen letters!' };
    const turn = { urls: ['turn:a:3478', 'turns:b'], secret: 'sixteen letters!', ttlSeconds: 3600 };
    expect(parseConfig(env).turn).toEqual(turn);
    expect(parseConfig(configToEnv(parseConfig({ ...env, TURN_TTL: '60' }))).turn?.ttlSeconds).toBe(60);
    expect(parseConfig(env).hideAddresses).toBe(true);
    expect(parseConfig(configToEnv(parseConfig({ ...env, HIDE_ADDRESSES: 'off' }))).hideAddresses).toBe(
      false,
    );
    expect(() => parseConfig({ ...env, TURN_URLS: 'stun:a' })).toThrow('TURN_URLS');
    expect(() => parseConfig({ ...env, TURN_TTL: '5' })).toThrow('TURN_TTL');
  });

  it.each(['on', 'true', 'yes', '1'])('takes %s for on', (text) => {
    expect(parseConfig({ TRUST_PROXY: text }).trustProxy).toBe(true);
  });

  it('comes back the same through a child’s environment', () => {
    const config = parseConfig({
      HOST: '::1',
      PORT: '8080',
      HTTPS: 'on',
      TLS_CERT: '/c',
      TLS_KEY: '/k',
      ALLOWED_ORIGINS: 'https://a.example,https://b.example',
      TRUST_PROXY: 'on',
      WORLD: 'hall-2',
      MAX_PEOPLE: '7',
      MAX_COPIES: '3',
      RECONNECT_SECONDS: '0',
      MEDIA: 'sfu',
      SFU_CONTROL_HOST: 'localhost',
      SFU_CONTROL_PORT: '9000',
      SFU_SECRET: 's'.repeat(32),
      SFU_WORKERS: '3',
      SFU_DRAIN_SECONDS: '60',
      MEDIA_PORT: '9001',
      MEDIA_LISTEN_IP: '0.0.0.0',
      MEDIA_ANNOUNCED_ADDRESS: 'media.example.org',
      MEDIA_LISTEN_IP6: '::',
      MEDIA_ANNOUNCED_ADDRESS6: '2001:db8::7',
      ICE_SERVERS: '[{"urls":["stun:a"]}]',
      MEDIASOUP_WORKER_BIN: '/w',
      ADMIN_TOKEN: 'a'.repeat(16),
      RECORD: 'on',
      LOG_LEVEL: 'debug',
    });
    const env = configToEnv(config);
    expect(Object.keys(env).sort()).toEqual([...VARIABLE_NAMES].sort());
    expect(parseConfig(env)).toEqual(config);
    expect(parseConfig(configToEnv(parseConfig({})))).toEqual(parseConfig({}));
  });
});

describe('parseConfig: what is wrong', () => {
  it.each([
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '4e3'],
    ['PORT', ' 80'],
    ['PORT', '80.0'],
    ['HOST', 'http://x'],
    ['HOST', '300.1.1.1'],
    ['HOST', 'a b'],
    ['HTTPS', 'maybe'],
    ['DATA_DIR', 'a\0b'],
    ['ALLOWED_ORIGINS', 'https://a.example/path'],
    ['ALLOWED_ORIGINS', '*'],
    ['ALLOWED_ORIGINS', 'https://u:p@a.example'],
    ['WORLD', '../secret'],
    ['MAX_PEOPLE', '-1'],
    ['MAX_COPIES', '0'],
    ['MAX_COPIES', '1000'],
    ['RECONNECT_SECONDS', '601'],
    ['MEDIA', 'SFU'],
    ['SFU_CONTROL_HOST', ''.padEnd(254, 'a')],
    ['SFU_SECRET', 'too short'],
    ['MEDIA_LISTEN_IP', 'localhost'],
    ['MEDIA_ANNOUNCED_ADDRESS', 'x_y'],
    ['ICE_SERVERS', '{"urls":"stun:a"}'],
    ['ICE_SERVERS', '[{"urls":"http://a"}]'],
    ['ICE_SERVERS', '[{"urls":"stun:a","more":1}]'],
    ['ICE_SERVERS', 'nonsense'],
    ['ADMIN_TOKEN', 'fifteen-letters'],
    ['ADMIN_TOKEN', 'with a space in it'],
    ['RECORD', 'perhaps'],
    ['LOG_LEVEL', 'loud'],
  ] as const)('refuses %s=%j by its name', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ name, allowed: VARIABLES[name].allowed });
  });

  it('lists everything at once, a flag by the name of the flag', () => {
    const names = problemsOf({ MEDIA: 'x', LOG_LEVEL: 'y' }, { port: 'z', data: '' }).map(({ name }) => name);
    expect(names.sort()).toEqual(['--data', '--port', 'LOG_LEVEL', 'MEDIA']);
  });

  it('says what was given and what is allowed', () => {
    expect(() => parseConfig({ PORT: '99999' })).toThrow(
      /PORT is "99999"; allowed is a whole number from 1 to 65535\./,
    );
  });

  it('never prints a secret, wrong or not', () => {
    const secret = 'correct horse';
    for (const env of [
      { SFU_SECRET: secret },
      { ADMIN_TOKEN: secret },
      { ICE_SERVERS: `[{"urls":"turn:a","credential":"${secret}"` },
      { SFU_SECRET: `${secret}${'x'.repeat(40)}`, PORT: '-' },
    ]) {
      expect(() => parseConfig(env)).toThrow(ConfigError);
      expect(JSON.stringify(problemsOf(env))).not.toContain(secret);
    }
  });

  it('wants certificate and key together', () => {
    expect(problemsOf({ TLS_CERT: '/c' })[0]?.name).toBe('TLS_KEY');
    expect(problemsOf({ TLS_KEY: '/k' })[0]?.name).toBe('TLS_CERT');
    expect(problemsOf({ TURN_URLS: 'turn:a' })[0]?.name).toBe('TURN_SECRET');
    expect(problemsOf({ HIDE_ADDRESSES: 'on' })[0]?.name).toBe('HIDE_ADDRESSES');
    expect(problemsOf({ TURN_SECRET: 'sixteen letters!' })[0]?.name).toBe('TURN_URLS');
  });

  it('refuses one port for two things', () => {
    expect(problemsOf({ PORT: '5000', SFU_CONTROL_PORT: '5000' })[0]?.name).toBe('SFU_CONTROL_PORT');
    expect(problemsOf({ SFU_CONTROL_PORT: '5000', MEDIA_PORT: '5000' })[0]?.name).toBe('MEDIA_PORT');
    const row = { MEDIA_PORT: '4998', SFU_WORKERS: '3', SFU_CONTROL_PORT: '5001' };
    expect(problemsOf(row)).toEqual([]);
    expect(problemsOf({ ...row, SFU_WORKERS: '4' })[0]?.name).toBe('MEDIA_PORT');
    expect(problemsOf({ MEDIA_PORT: '65530', SFU_WORKERS: '7' })[0]?.name).toBe('MEDIA_PORT');
  });

  it('wants an address for what it is announced as', () => {
    expect(problemsOf({ MEDIA_ANNOUNCED_ADDRESS6: '2001:db8::7' })[0]?.name).toBe('MEDIA_LISTEN_IP6');
    expect(problemsOf({ MEDIA_LISTEN_IP6: '10.0.0.1' })[0]?.name).toBe('MEDIA_LISTEN_IP6');
  });

  it('answers any text with a configuration or a ConfigError, nothing else', { timeout: 60_000 }, () => {
    const env = fc.dictionary(
      fc.constantFrom(...VARIABLE_NAMES),
      fc.oneof(fc.string(), fc.json(), fc.webUrl(), fc.ipV6()),
    );
    fc.assert(
      fc.property(env, (given) => {
        const names: readonly string[] = VARIABLE_NAMES;
        expect(problemsOf(given).every(({ name }) => names.includes(name))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
