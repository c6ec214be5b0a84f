import { VARIABLE_NAMES, VARIABLES } from '@chatmux/config';
import { isEverywhere, urlHost } from '../network/addresses.ts';
import type { PreparedWorld } from './prepare-world.ts';

/** What `npm start -- --help` prints. */
export function helpText(): string {
  const variables = VARIABLE_NAMES.map((name) => `  ${name.padEnd(24)} ${VARIABLES[name].about}`);
  return `chatMUX: a world in the browser where you talk to people by walking up to them.

  npm start                      start the world
  npm start -- --port 8080       on another port (default 4000)
  npm start -- --host 0.0.0.0    reachable from the network (default 127.0.0.1)
  npm start -- --data FOLDER     keep the data elsewhere (default ./data)
  npm start -- --https           for phones on the same network, with a certificate made here
  npm start -- --help            this text

Everything else is set in the environment or in a file .env (see .env.example):

${variables.join('\n')}`;
}

/** The addresses people can type, the nearest first. */
export function addressesOf({ config, lan }: PreparedWorld): string[] {
  const scheme = config.tls ? 'https' : 'http';
  // By name: browsers make passkeys for names alone.
  const here = config.host === '127.0.0.1' ? 'localhost' : config.host;
  const hosts = isEverywhere(config.host) ? ['localhost', ...lan] : [here];
  return hosts.map((host) => `${scheme}://${urlHost(host)}:${config.port}`);
}

/** What a person is told when the world is up: where it is, which way media goes, and what could be next. */
export function welcomeText(world: PreparedWorld): string {
  const { config, noSfuBecause } = world;
  const [here, ...elsewhere] = addressesOf(world);
  const lines = ['', `The world is open:  ${here}`];
  for (const address of elsewhere) lines.push(`On the network:     ${address}`);
  if (config.https && elsewhere.length > 0) {
    lines.push(
      'A phone on the same network can join there. Its browser warns once, since this machine signed the certificate itself: choose “Advanced”, then go on.',
    );
  } else if (config.tls === undefined && elsewhere.length > 0) {
    lines.push('Browsers give the microphone to secure pages only: for other devices start with --https.');
  }
  lines.push('');
  if (config.media === 'direct') {
    lines.push('Voices and pictures go directly from browser to browser (fine for small groups).');
    if (noSfuBecause !== undefined)
      lines.push(`There is no media server, because:\n${noSfuBecause.replace(/^/gm, '  ')}`);
  } else {
    const at = config.mediaAnnouncedAddress ?? config.mediaListenIp;
    const last = config.mediaPort + (config.sfuWorkers ?? 1) - 1;
    const ports =
      last > config.mediaPort ? `ports ${config.mediaPort} to ${last}` : `port ${config.mediaPort}`;
    lines.push(`Voices and pictures go through the media server at ${at}, ${ports} (UDP and TCP).`);
  }
  lines.push('', `Data is kept in ${config.dataDir}.`);
  if (config.host === '127.0.0.1')
    lines.push(
      'Next: npm start -- --https lets others on your network in; npm start -- --help shows all settings.',
    );
  else lines.push('Next: npm start -- --help shows all settings.');
  lines.push('Ctrl-C stops it.', '');
  return lines.join('\n');
}
