import { z } from 'zod';
import {
  filePath,
  hostOrIp,
  iceServers,
  ip6Address,
  ipAddress,
  onOff,
  origins,
  turnUrls,
  webAddress,
  wholeNumber,
} from './values.ts';

interface Variable<T> {
  /** Turns the text into the typed value. */
  readonly schema: z.ZodType<T, string>;
  /** What may be given, in words that end the sentence "allowed is …". */
  readonly allowed: string;
  /** One line on what it is for. */
  readonly about: string;
  /** True where the value must never be printed, not even when it is wrong. */
  readonly secret?: boolean;
}

function variable<T>(
  schema: z.ZodType<T, string>,
  allowed: string,
  about: string,
  secret = false,
): Variable<T> {
  return { schema, allowed, about, secret };
}

const aPort = 'a whole number from 1 to 65535';

/** Every environment variable chatMUX reads. `.env.example` lists the same names; a test holds the two together. */
export const VARIABLES = {
  HOST: variable(hostOrIp, 'an IP address or a host name', 'where the world listens'),
  PORT: variable(wholeNumber(1, 65_535), aPort, 'the port of the page and the game'),
  DATA_DIR: variable(filePath, 'a folder', 'where the database and the certificate are kept'),
  HTTPS: variable(
    onOff,
    'on or off',
    'serve HTTPS with a certificate made here, for phones on the same network',
  ),
  TLS_CERT: variable(filePath, 'a file in PEM form', 'your own certificate, together with TLS_KEY'),
  TLS_KEY: variable(filePath, 'a file in PEM form', 'the key of TLS_CERT'),
  ALLOWED_ORIGINS: variable(
    origins,
    'origins like https://chat.example.org, with commas between',
    'other pages that may connect',
  ),
  TRUST_PROXY: variable(onOff, 'on or off', 'believe X-Forwarded-For; only behind your own proxy'),
  WORLD: variable(
    z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
    'the name of a file in assets/worlds without its ending: small letters, digits and hyphens',
    'the world people come to when their address names none',
  ),
  MAX_PEOPLE: variable(
    wholeNumber(1, 5000),
    'a whole number from 1 to 5000',
    'how many people fit in one copy of a world',
  ),
  MAX_COPIES: variable(
    wholeNumber(1, 999),
    'a whole number from 1 to 999',
    'how many copies of a world may be open when people don’t fit in one',
  ),
  RECONNECT_SECONDS: variable(
    wholeNumber(0, 600),
    'a whole number from 0 to 600',
    'how long a seat is kept for someone who dropped',
  ),
  MEDIA: variable(z.enum(['auto', 'sfu', 'direct']), 'auto, sfu or direct', 'how voices and pictures travel'),
  SFU_CONTROL_HOST: variable(
    hostOrIp,
    'an IP address or a host name',
    'where the media server takes orders from the game server',
  ),
  SFU_CONTROL_PORT: variable(wholeNumber(1, 65_535), aPort, 'the port for those orders'),
  SFU_SECRET: variable(
    z.string().min(32).max(512),
    'at least 32 characters',
    'shared by game and media server; made fresh at each start when unset',
    true,
  ),
  SFU_WORKERS: variable(
    wholeNumber(1, 64),
    'a whole number from 1 to 64',
    'how many processes forward voices and pictures; one for each processor core when unset',
  ),
  SFU_DRAIN_SECONDS: variable(
    wholeNumber(0, 3600),
    'a whole number from 0 to 3600',
    'how long calls may go on through a media server that was told to stop',
  ),
  MEDIA_PORT: variable(
    wholeNumber(1, 65_535),
    aPort,
    'the port for voices and pictures, UDP and TCP; with several SFU_WORKERS the first of as many in a row',
  ),
  MEDIA_LISTEN_IP: variable(ipAddress, 'an IP address', 'where the media server listens'),
  MEDIA_ANNOUNCED_ADDRESS: variable(
    hostOrIp,
    'an IP address or a host name',
    'the address browsers are told for media',
  ),
  MEDIA_LISTEN_IP6: variable(
    ip6Address,
    'an IPv6 address without brackets',
    'where it listens besides, so that browsers can choose',
  ),
  MEDIA_ANNOUNCED_ADDRESS6: variable(
    hostOrIp,
    'an IP address or a host name',
    'the address browsers are told for MEDIA_LISTEN_IP6',
  ),
  ICE_SERVERS: variable(
    iceServers,
    'a JSON array like [{"urls":"stun:stun.example.org:3478"}], with username and credential where needed',
    'STUN and TURN servers for direct calls',
    true,
  ),
  TURN_URLS: variable(
    turnUrls,
    'addresses like turn:turn.example.org:3478, with commas between',
    'a TURN server that shares TURN_SECRET with us, for those whom nothing else reaches',
  ),
  TURN_SECRET: variable(
    z.string().min(16).max(512),
    'at least 16 characters',
    'what the TURN server has as static-auth-secret; everybody gets credentials made with it',
    true,
  ),
  TURN_TTL: variable(
    wholeNumber(60, 86_400),
    'a whole number from 60 to 86400',
    'how long such credentials hold, in seconds',
  ),
  HIDE_ADDRESSES: variable(
    onOff,
    'on or off',
    'people who are connected directly go through TURN alone and never learn each other’s network address; on where TURN_URLS is set',
  ),
  MEDIASOUP_WORKER_BIN: variable(filePath, 'a file', 'your own mediasoup worker'),
  ADMIN_TOKEN: variable(
    z.string().regex(/^[\x21-\x7e]{16,512}$/),
    'at least 16 characters, without spaces',
    'opens the operators’ page and the metrics; without it there are none',
    true,
  ),
  GITHUB_CLIENT_ID: variable(
    z.string().regex(/^[\x21-\x7e]{1,200}$/),
    'the client ID of an OAuth app',
    'lets people sign in by GitHub; its callback is the address of your place with /sign-in/github',
  ),
  GITHUB_CLIENT_SECRET: variable(
    z.string().regex(/^[\x21-\x7e]{1,500}$/),
    'a client secret of that app',
    'what GitHub knows us by',
    true,
  ),
  GITHUB_URL: variable(
    webAddress,
    'an address like https://github.example.org',
    'your GitHub Enterprise server',
  ),
  GITHUB_API_URL: variable(
    webAddress,
    'an address like https://github.example.org/api/v3',
    'where its API is; /api/v3 at GITHUB_URL when unset',
  ),
  RECORD: variable(
    onOff,
    'on or off',
    'write what happens in the world to DATA_DIR/recordings, to find faults; names and movements are in it',
  ),
  LOG_LEVEL: variable(
    z.enum(['error', 'warn', 'info', 'debug']),
    'error, warn, info or debug',
    'how much is told',
  ),
};

/** The name of an environment variable of chatMUX. */
export type VariableName = keyof typeof VARIABLES;

/** All names, in the order in which they are shown to people. */
export const VARIABLE_NAMES = Object.keys(VARIABLES) as VariableName[];
