import { createWriteStream } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PlainError, runLogged } from '../steps/step.mjs';

const ANSWER_WITHIN_MS = 8000;
const ALL_WITHIN_MS = 180_000;

/** The file name under which mediasoup's releases hold the worker for a machine. */
export function prebuiltName(version: string, platform: string, arch: string, kernel: string): string {
  const onKernel = platform === 'linux' ? `-kernel${Number.parseInt(kernel, 10)}` : '';
  return `mediasoup-worker-${version}-${platform}-${arch}${onKernel}.tgz`;
}

/**
 * Downloads mediasoup's own prebuilt worker into `folder` and gives the binary's path. Rejects quickly where the host
 * can't be reached or has none for this machine. MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL names a mirror, as it does
 * for mediasoup's own installer.
 */
export async function downloadPrebuilt(
  version: string,
  folder: string,
  log: string,
  tell: (detail: string) => void,
): Promise<string> {
  const base =
    process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL ||
    'https://github.com/versatica/mediasoup/releases/download';
  const url = `${base}/${version}/${prebuiltName(version, process.platform, process.arch, release())}`;
  await mkdir(folder, { recursive: true });
  const archive = join(folder, 'worker.tgz');

  const gaveUp = new AbortController();
  const unanswered = setTimeout(
    () => gaveUp.abort(new Error(`no answer within ${ANSWER_WITHIN_MS / 1000} s`)),
    ANSWER_WITHIN_MS,
  );
  const whole = setTimeout(
    () => gaveUp.abort(new Error(`not done within ${ALL_WITHIN_MS / 1000} s`)),
    ALL_WITHIN_MS,
  );
  try {
    const answer = await fetch(url, { signal: gaveUp.signal });
    clearTimeout(unanswered);
    if (!answer.ok || !answer.body) throw new Error(`the server says ${answer.status} ${answer.statusText}`);
    let bytes = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        tell(`${(bytes / 1e6).toFixed(1)} MB`);
        done(null, chunk);
      },
    });
    await pipeline(Readable.fromWeb(answer.body), counted, createWriteStream(archive), {
      signal: gaveUp.signal,
    });
  } catch (error) {
    throw new PlainError(`${url}\n  could not be had: ${rootCause(error)}`);
  } finally {
    clearTimeout(unanswered);
    clearTimeout(whole);
  }

  await runLogged('tar', ['-xzf', archive, '-C', folder], { log });
  const binary = join(folder, process.platform === 'win32' ? 'mediasoup-worker.exe' : 'mediasoup-worker');
  await chmod(binary, 0o755);
  return binary;
}

/** fetch says only "fetch failed"; what happened is the cause of the cause. */
function rootCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return rootCause(error.cause);
  return error.message || error.name;
}
