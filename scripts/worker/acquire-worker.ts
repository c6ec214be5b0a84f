import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { aptInstall, canUseApt, howToInstall } from '../steps/apt.ts';
import { cacheFolder } from '../steps/cache-folder.mjs';
import { PlainError, step } from '../steps/step.mjs';
import { BUILD_PACKAGES, missingBuildTools } from './build-tools.ts';
import { buildWorker } from './build-worker.ts';
import { downloadPrebuilt } from './download-prebuilt.ts';
import { forgetFailure, noteFailure, recentFailure, type SlowWay } from './failure-notes.ts';
import { withLock } from './lock.ts';
import { startOnce, whyItDoesNotRun } from './try-worker.ts';
import { keyPartsHere, workerKey } from './worker-key.ts';

/** A worker that runs here, or in plain words why there is none. */
export type AcquiredWorker =
  | { readonly path: string; readonly reason?: never }
  | { readonly path?: never; readonly reason: string };

interface Place {
  readonly root: string;
  readonly mediasoupFolder: string;
  readonly version: string;
  readonly built: string;
  readonly prebuilt: string;
  readonly notes: string;
  readonly log: string;
}

/** Undefined where a way gave a worker, or why it did not. */
type Failure = string | undefined;

/**
 * Gets mediasoup's worker: the given binary, one in the cache, or a new one. The one built here goes first on Linux,
 * where it can be built: the prebuilt one lacks our mends (`MENDS` in build-worker.ts). Throws a `PlainError` only where
 * the person named a binary that doesn't run.
 */
export async function acquireWorker(root: string, given: string | undefined): Promise<AcquiredWorker> {
  if (given !== undefined) {
    const why = await whyItDoesNotRun(given);
    if (why !== undefined)
      throw new PlainError(
        `MEDIASOUP_WORKER_BIN is ${JSON.stringify(given)}, which doesn’t run here: ${why}`,
      );
    return { path: realpathSync(given) };
  }
  const mediasoupFolder = join(root, 'node_modules', 'mediasoup');
  const version = String(JSON.parse(readFileSync(join(mediasoupFolder, 'package.json'), 'utf8')).version);
  const cache = join(cacheFolder(), 'worker');
  const key = workerKey(keyPartsHere(join(root, 'scripts'), version));
  const name = process.platform === 'win32' ? 'mediasoup-worker.exe' : 'mediasoup-worker';
  const place: Place = {
    root,
    mediasoupFolder,
    version,
    built: join(cache, key, name),
    // Tests tell it by this name (sfu/src/testing).
    prebuilt: join(cache, `${key}-prebuilt`, name),
    notes: join(cache, `${key}.failed.json`),
    log: join(cacheFolder(), 'logs', `worker-${version}.log`),
  };
  const found = await cached(place);
  if (found) return found;
  const onWait = (pid: number) =>
    console.error(`Another start (pid ${pid}) is getting the media worker; waiting for it.`);
  return withLock(join(cache, `${key}.lock`), onWait, async () => (await cached(place)) ?? getFresh(place));
}

const buildsFirst = process.platform === 'linux';

async function cached(place: Place): Promise<AcquiredWorker | undefined> {
  if (await isGood(place.built)) return { path: place.built };
  // It lacks our mends: it is for where none can be built, and no longer than that.
  const isLast = !buildsFirst || failedBefore(place, 'build') !== undefined || lacksToolsForGood();
  return isLast && (await isGood(place.prebuilt)) ? { path: place.prebuilt } : undefined;
}

function lacksToolsForGood(): boolean {
  return missingBuildTools().length > 0 && !canUseApt();
}

async function isGood(binary: string): Promise<boolean> {
  return existsSync(binary) && (await whyItDoesNotRun(binary)) === undefined;
}

async function getFresh(place: Place): Promise<AcquiredWorker> {
  const ways = [
    { get: build, path: place.built },
    { get: download, path: place.prebuilt },
  ];
  const failures: string[] = [];
  for (const { get, path } of buildsFirst ? ways : ways.toReversed()) {
    const failure = await get(place);
    if (failure === undefined) return { path };
    failures.push(failure);
  }
  return { reason: failures.join('\n') };
}

async function build(place: Place): Promise<Failure> {
  const before = failedBefore(place, 'build');
  if (before !== undefined) return before;
  const lacking = await getBuildTools(place);
  if (lacking !== undefined) return lacking;
  const recipeFolder = join(place.root, 'scripts', 'worker', 'recipe');
  return tryWay(
    place,
    'build',
    `Building mediasoup’s worker ${place.version} (a few minutes, once)`,
    place.built,
    (folder, tell) =>
      buildWorker({ mediasoupFolder: place.mediasoupFolder, recipeFolder, folder, log: place.log, tell }),
  );
}

async function download(place: Place): Promise<Failure> {
  if (await isGood(place.prebuilt)) return undefined;
  return (
    failedBefore(place, 'download') ??
    tryWay(
      place,
      'download',
      `Downloading mediasoup’s worker ${place.version}`,
      place.prebuilt,
      (folder, tell) => downloadPrebuilt(place.version, folder, place.log, tell),
    )
  );
}

function failedBefore(place: Place, way: SlowWay): Failure {
  const before = recentFailure(place.notes, way, Date.now());
  return before && `${before}\n  (Not tried again for a while; delete ${place.notes} to try now.)`;
}

/** Runs one slow way in a scratch folder and puts its binary into the cache, at `target`. */
async function tryWay(
  place: Place,
  way: SlowWay,
  name: string,
  target: string,
  work: (folder: string, tell: (detail: string) => void) => Promise<string>,
): Promise<Failure> {
  const home = dirname(target);
  rmSync(home, { recursive: true, force: true }); // what a start that was killed left behind
  await mkdir(home, { recursive: true });
  const scratch = mkdtempSync(join(home, `${way}-`));
  try {
    await step(name, async (tell) => {
      const binary = await work(scratch, tell);
      const why = await whyItDoesNotRun(binary);
      if (why !== undefined) throw new PlainError(`The worker doesn’t run on this machine: ${why}`);
      await startOnce(place.root, binary);
      await rename(binary, target);
    });
    forgetFailure(place.notes, way);
    return undefined;
  } catch (error) {
    const reason = `${way === 'build' ? 'Building' : 'Downloading'} the worker failed: ${error instanceof Error ? error.message : String(error)}`;
    noteFailure(place.notes, way, reason, Date.now());
    return reason;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Makes sure the compiler and the libraries are there, or says what the person can do. */
async function getBuildTools(place: Place): Promise<Failure> {
  const missing = missingBuildTools();
  if (missing.length === 0) return undefined;
  const words = `Building the worker needs ${missing.join(', ')}.`;
  if (!canUseApt()) return `${words} ${howToInstall(BUILD_PACKAGES)}`;
  try {
    await step('Installing what the worker’s build needs', (tell) =>
      aptInstall(BUILD_PACKAGES, `${place.log}.apt`, tell),
    );
    return undefined;
  } catch (error) {
    const reason = `${words} Installing it failed: ${error instanceof Error ? error.message : String(error)}`;
    noteFailure(place.notes, 'build', reason, Date.now());
    return reason;
  }
}
