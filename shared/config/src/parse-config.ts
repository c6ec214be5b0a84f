import { isIP } from 'node:net';
import type { z } from 'zod';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import type { Flags } from './parse-flags.ts';
import type { IceServer } from './values.ts';
import { VARIABLES, type VariableName } from './variables.ts';

/** What the servers run with: every value typed, checked and with its default. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly https: boolean;
  /** File paths of a PEM certificate and its key; present when the server should speak HTTPS. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined;
  /** Origins besides the server's own that may connect. */
  readonly allowedOrigins: readonly string[];
  readonly trustProxy: boolean;
  readonly world: string;
  /** People in one copy of a world. */
  readonly maxPeople: number;
  /** Copies of one world. */
  readonly maxCopies: number;
  readonly reconnectSeconds: number;
  readonly media: 'auto' | 'sfu' | 'direct';
  readonly sfuControlHost: string;
  readonly sfuControlPort: number;
  /** Undefined when unset: the supervisor then makes one and hands it to both servers. */
  readonly sfuSecret: string | undefined;
  /** Undefined when unset: one for each processor core then, which only a server knows. */
  readonly sfuWorkers: number | undefined;
  readonly sfuDrainSeconds: number;
  /** UDP and TCP port of the first worker; each further one has the next. */
  readonly mediaPort: number;
  readonly mediaListenIp: string;
  /** What browsers are told instead of `mediaListenIp`; needed when that is 0.0.0.0 or ::. */
  readonly mediaAnnouncedAddress: string | undefined;
  /** A second address for media; undefined where there is one only. */
  readonly mediaListenIp6: string | undefined;
  /** What browsers are told instead of `mediaListenIp6`; needed when that is ::. */
  readonly mediaAnnouncedAddress6: string | undefined;
  readonly iceServers: readonly IceServer[];
  /** A TURN server for which we make credentials that end; undefined when none is named. */
  readonly turn:
    | { readonly urls: readonly string[]; readonly secret: string; readonly ttlSeconds: number }
    | undefined;
  /** Direct connections go through TURN servers alone, so that people don't learn each other's network address. */
  readonly hideAddresses: boolean;
  readonly mediasoupWorkerBin: string | undefined;
  /** Undefined when unset: then there is no operators' page and there are no metrics. */
  readonly adminToken: string | undefined;
  /** Undefined when unset: then nobody signs in by GitHub. */
  readonly github:
    | {
        readonly clientId: string;
        readonly clientSecret: string;
        readonly url: string;
        readonly apiUrl: string;
      }
    | undefined;
  /** Everything that happens in the world is written to `dataDir`/recordings. */
  readonly record: boolean;
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug';
}

/** The environment as `process.env` gives it. */
export type Environment = Readonly<Record<string, string | undefined>>;

type Value<N extends VariableName> = z.output<(typeof VARIABLES)[N]['schema']>;

const FLAG_OF: Partial<Record<VariableName, keyof Flags>> = {
  HOST: 'host',
  PORT: 'port',
  DATA_DIR: 'data',
  HTTPS: 'https',
};

/**
 * Reads the whole configuration. Flags win over the environment; an empty variable counts as unset.
 * Throws `ConfigError` naming every bad value at once.
 */
export function parseConfig(env: Environment, flags: Flags = {}): Config {
  const problems: ConfigProblem[] = [];

  function read<N extends VariableName>(name: N): Value<N> | undefined;
  function read(name: VariableName): unknown {
    const flag = FLAG_OF[name];
    const fromFlag = flag === undefined ? undefined : flags[flag];
    const raw = fromFlag === undefined ? env[name] : fromFlag === true ? 'on' : fromFlag;
    if (raw === undefined || (raw === '' && fromFlag === undefined)) return undefined;
    const { schema, allowed, secret } = VARIABLES[name];
    const result = schema.safeParse(raw);
    if (result.success) return result.data;
    problems.push({
      name: fromFlag === undefined ? name : `--${flag}`,
      given: showGiven(raw, secret ?? false),
      allowed,
    });
    return undefined;
  }

  const https = read('HTTPS') ?? false;
  const host = read('HOST') ?? (https ? '0.0.0.0' : '127.0.0.1');
  const certFile = read('TLS_CERT');
  const keyFile = read('TLS_KEY');
  const port = read('PORT') ?? 4000;
  const turnUrls = read('TURN_URLS');
  const turnSecret = read('TURN_SECRET');
  const ttlSeconds = read('TURN_TTL') ?? 3600;
  const sfuControlPort = read('SFU_CONTROL_PORT') ?? unusedPort(4001, [port]);
  const clientId = read('GITHUB_CLIENT_ID');
  const clientSecret = read('GITHUB_CLIENT_SECRET');
  const githubUrl = read('GITHUB_URL');
  const githubApiUrl = read('GITHUB_API_URL');
  const config: Config = {
    host,
    port,
    dataDir: read('DATA_DIR') ?? './data',
    https,
    tls: certFile !== undefined && keyFile !== undefined ? { certFile, keyFile } : undefined,
    allowedOrigins: read('ALLOWED_ORIGINS') ?? [],
    trustProxy: read('TRUST_PROXY') ?? false,
    world: read('WORLD') ?? 'plaza',
    maxPeople: read('MAX_PEOPLE') ?? 200,
    maxCopies: read('MAX_COPIES') ?? 10,
    reconnectSeconds: read('RECONNECT_SECONDS') ?? 20,
    media: read('MEDIA') ?? 'auto',
    sfuControlHost: read('SFU_CONTROL_HOST') ?? '127.0.0.1',
    sfuControlPort,
    sfuSecret: read('SFU_SECRET'),
    sfuWorkers: read('SFU_WORKERS'),
    sfuDrainSeconds: read('SFU_DRAIN_SECONDS') ?? 1,
    mediaPort: read('MEDIA_PORT') ?? unusedPort(44_400, [port, sfuControlPort]),
    mediaListenIp: read('MEDIA_LISTEN_IP') ?? (isIP(host) ? host : '127.0.0.1'),
    mediaAnnouncedAddress: read('MEDIA_ANNOUNCED_ADDRESS'),
    mediaListenIp6: read('MEDIA_LISTEN_IP6'),
    mediaAnnouncedAddress6: read('MEDIA_ANNOUNCED_ADDRESS6'),
    iceServers: read('ICE_SERVERS') ?? [],
    turn: turnUrls && turnSecret ? { urls: turnUrls, secret: turnSecret, ttlSeconds } : undefined,
    hideAddresses: read('HIDE_ADDRESSES') ?? (turnUrls !== undefined && turnSecret !== undefined),
    mediasoupWorkerBin: read('MEDIASOUP_WORKER_BIN'),
    adminToken: read('ADMIN_TOKEN'),
    github:
      clientId && clientSecret
        ? {
            clientId,
            clientSecret,
            url: githubUrl ?? 'https://github.com',
            apiUrl: githubApiUrl ?? (githubUrl ? `${githubUrl}/api/v3` : 'https://api.github.com'),
          }
        : undefined,
    record: read('RECORD') ?? false,
    logLevel: read('LOG_LEVEL') ?? 'info',
  };
  problems.push(...findClashes(config, env));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** The default, or the next one that no other setting took: `--port 4001` alone must not be an error. */
function unusedPort(usual: number, taken: readonly number[]): number {
  return taken.includes(usual) ? unusedPort(usual + 1, taken) : usual;
}

/** Values that are fine each by itself and can't stand together. */
function findClashes(config: Config, env: Environment): ConfigProblem[] {
  const clashes: ConfigProblem[] = [];
  if (!env.TLS_CERT !== !env.TLS_KEY) {
    const missing = env.TLS_CERT ? 'TLS_KEY' : 'TLS_CERT';
    clashes.push({ name: missing, given: 'not set', allowed: 'both TLS_CERT and TLS_KEY, or neither' });
  }
  if (!env.TURN_URLS !== !env.TURN_SECRET) {
    const missing = env.TURN_URLS ? 'TURN_SECRET' : 'TURN_URLS';
    clashes.push({ name: missing, given: 'not set', allowed: 'both TURN_URLS and TURN_SECRET, or neither' });
  }
  if (!env.GITHUB_CLIENT_ID !== !env.GITHUB_CLIENT_SECRET) {
    const missing = env.GITHUB_CLIENT_ID ? 'GITHUB_CLIENT_SECRET' : 'GITHUB_CLIENT_ID';
    const allowed = 'both GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET, or neither';
    clashes.push({ name: missing, given: 'not set', allowed });
  }
  const relays = [...config.iceServers.flatMap(({ urls }) => urls), ...(config.turn?.urls ?? [])];
  if (config.hideAddresses && !relays.some((url) => url.startsWith('turn')))
    clashes.push({
      name: 'HIDE_ADDRESSES',
      given: 'on',
      allowed: 'off, or on with TURN_URLS and TURN_SECRET',
    });
  if (env.MEDIA_ANNOUNCED_ADDRESS6 && !env.MEDIA_LISTEN_IP6) {
    const allowed = 'an IPv6 address, since MEDIA_ANNOUNCED_ADDRESS6 is set';
    clashes.push({ name: 'MEDIA_LISTEN_IP6', given: 'not set', allowed });
  }
  const lastMediaPort = config.mediaPort + (config.sfuWorkers ?? 1) - 1;
  if (lastMediaPort > 65_535) {
    const allowed = `a port that has ${config.sfuWorkers} in a row up to 65535, one for each of SFU_WORKERS`;
    clashes.push({ name: 'MEDIA_PORT', given: String(config.mediaPort), allowed });
  }
  const tcpPorts: [name: string, first: number, last: number][] = [
    ['PORT', config.port, config.port],
    ['SFU_CONTROL_PORT', config.sfuControlPort, config.sfuControlPort],
    ['MEDIA_PORT', config.mediaPort, lastMediaPort],
  ];
  tcpPorts.forEach(([name, first, last], index) => {
    const other = tcpPorts.slice(0, index).find(([, from, to]) => from <= last && to >= first);
    if (!other) return;
    const what = first === last ? 'a port' : `a port that starts ${last - first + 1} in a row`;
    const allowed = `${what} that ${other[0]} doesn’t use already`;
    clashes.push({ name, given: String(first), allowed });
  });
  return clashes;
}

function showGiven(raw: string, secret: boolean): string {
  if (secret) return `hidden here (${raw.length} characters)`;
  const short = raw.length > 80 ? `${raw.slice(0, 80)}…` : raw;
  return JSON.stringify(short);
}
