import type { Config } from './parse-config.ts';
import type { VariableName } from './variables.ts';

/** Writes a configuration as environment variables, so that `parseConfig` in a child process reads the same one. */
export function configToEnv(config: Config): Partial<Record<VariableName, string>> {
  const onOff = (value: boolean) => (value ? 'on' : 'off');
  return {
    HOST: config.host,
    PORT: String(config.port),
    DATA_DIR: config.dataDir,
    HTTPS: onOff(config.https),
    TLS_CERT: config.tls?.certFile ?? '',
    TLS_KEY: config.tls?.keyFile ?? '',
    ALLOWED_ORIGINS: config.allowedOrigins.join(','),
    TRUST_PROXY: onOff(config.trustProxy),
    WORLD: config.world,
    MAX_PEOPLE: String(config.maxPeople),
    MAX_COPIES: String(config.maxCopies),
    RECONNECT_SECONDS: String(config.reconnectSeconds),
    MEDIA: config.media,
    SFU_CONTROL_HOST: config.sfuControlHost,
    SFU_CONTROL_PORT: String(config.sfuControlPort),
    SFU_SECRET: config.sfuSecret ?? '',
    SFU_WORKERS: config.sfuWorkers === undefined ? '' : String(config.sfuWorkers),
    SFU_DRAIN_SECONDS: String(config.sfuDrainSeconds),
    MEDIA_PORT: String(config.mediaPort),
    MEDIA_LISTEN_IP: config.mediaListenIp,
    MEDIA_ANNOUNCED_ADDRESS: config.mediaAnnouncedAddress ?? '',
    MEDIA_LISTEN_IP6: config.mediaListenIp6 ?? '',
    MEDIA_ANNOUNCED_ADDRESS6: config.mediaAnnouncedAddress6 ?? '',
    ICE_SERVERS: JSON.stringify(config.iceServers),
    TURN_URLS: config.turn?.urls.join(',') ?? '',
    TURN_SECRET: config.turn?.secret ?? '',
    TURN_TTL: config.turn ? String(config.turn.ttlSeconds) : '',
    HIDE_ADDRESSES: onOff(config.hideAddresses),
    MEDIASOUP_WORKER_BIN: config.mediasoupWorkerBin ?? '',
    ADMIN_TOKEN: config.adminToken ?? '',
    GITHUB_CLIENT_ID: config.github?.clientId ?? '',
    GITHUB_CLIENT_SECRET: config.github?.clientSecret ?? '',
    GITHUB_URL: config.github?.url ?? '',
    GITHUB_API_URL: config.github?.apiUrl ?? '',
    RECORD: onOff(config.record),
    LOG_LEVEL: config.logLevel,
  };
}
