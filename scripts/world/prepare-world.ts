import { randomBytes } from 'node:crypto';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { availableParallelism, networkInterfaces } from 'node:os';
import { join, resolve } from 'node:path';
import { type Config, type Flags, mediaWorkers, parseConfig } from '@chatmux/config';
import { isEverywhere, lanAddresses } from '../network/addresses.ts';
import { settlePorts } from '../network/ports.ts';
import { PlainError } from '../steps/step.mjs';
import { keepCertificate } from '../tls/certificate.ts';
import { acquireWorker } from '../worker/acquire-worker.ts';
import { dataFolder } from './data-folder.ts';

/** A world that is ready to be served. */
export interface PreparedWorld {
  /** What both servers get; every place in it is absolute, every port free a moment ago. */
  readonly config: Config;
  /** Where others on the network find this machine; empty where it listens on one address. */
  readonly lan: readonly string[];
  /** Why there is no media server, where that was not the person's wish. */
  readonly noSfuBecause: string | undefined;
}

/** Reads the settings and gets everything the servers need before they start. */
export async function prepareWorld(
  root: string,
  env: NodeJS.ProcessEnv,
  flags: Flags,
  say: (line: string) => void,
): Promise<PreparedWorld> {
  const asked = parseConfig(env, flags);
  const dataDir = makeDataFolder(dataFolder(root, env, flags));
  const allLan = lanAddresses(networkInterfaces());
  const chosen = { control: Boolean(env.SFU_CONTROL_PORT), media: Boolean(env.MEDIA_PORT) };
  const sfuWorkers = mediaWorkers(asked, availableParallelism());
  const settled = await settlePorts({ ...asked, dataDir, sfuWorkers }, chosen, say);

  let workerBin: string | undefined;
  let noSfuBecause: string | undefined;
  if (settled.media !== 'direct') {
    const worker = await acquireWorker(root, settled.mediasoupWorkerBin);
    workerBin = worker.path;
    noSfuBecause = worker.reason;
    if (noSfuBecause !== undefined && settled.media === 'sfu') {
      throw new PlainError(
        `MEDIA is sfu, and there is no media worker.\n${noSfuBecause}\nWith MEDIA=auto the world runs with direct calls.`,
      );
    }
  }

  const announced =
    settled.mediaAnnouncedAddress ??
    (isEverywhere(settled.mediaListenIp) ? (allLan[0] ?? '127.0.0.1') : undefined);
  const tls =
    settled.tls ??
    (settled.https
      ? await keepCertificate(join(dataDir, 'tls'), certificateNames(settled.host, allLan), Date.now())
      : undefined);
  return {
    config: {
      ...settled,
      tls: tls && { certFile: resolve(root, tls.certFile), keyFile: resolve(root, tls.keyFile) },
      media: workerBin === undefined ? 'direct' : settled.media,
      mediasoupWorkerBin: workerBin,
      mediaAnnouncedAddress: announced,
      sfuSecret: settled.sfuSecret ?? randomBytes(32).toString('base64url'),
    },
    lan: isEverywhere(settled.host) ? allLan : [],
    noSfuBecause,
  };
}

function certificateNames(host: string, lan: readonly string[]): string[] {
  return [...new Set(['localhost', '127.0.0.1', '::1', ...(isEverywhere(host) ? [] : [host]), ...lan])];
}

function makeDataFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch (error) {
    throw new PlainError(
      `The data folder ${folder} can’t be used: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
