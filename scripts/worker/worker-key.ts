import { readFileSync } from 'node:fs';
import { hashFiles } from '../build/hash-files.ts';

/** What a built worker depends on; another value of any of them needs another binary. */
export interface WorkerKeyParts {
  readonly mediasoupVersion: string;
  readonly platform: string;
  readonly arch: string;
  /** The C library and the distribution, whose shared libraries a built worker is linked to. */
  readonly system: string;
  /** Hash of how it is built. */
  readonly recipe: string;
}

/** The name of the worker's folder in the cache; safe as a file name. */
export function workerKey(parts: WorkerKeyParts): string {
  return [parts.mediasoupVersion, parts.platform, parts.arch, parts.system, parts.recipe]
    .map((part) => part.replace(/[^A-Za-z0-9.]+/g, '_'))
    .join('-');
}

/** Reads the key's parts from this machine. */
export function keyPartsHere(scriptsFolder: string, mediasoupVersion: string): WorkerKeyParts {
  return {
    mediasoupVersion,
    platform: process.platform,
    arch: process.arch,
    system: process.platform === 'linux' ? `${libc()}.${distribution()}` : 'any',
    recipe: hashFiles(scriptsFolder, ['worker/recipe', 'worker/build-worker.ts'], (path) =>
      path.endsWith('.md'),
    ),
  };
}

function libc(): string {
  if (!process.report) return 'libc';
  // Without this it looks names up, which can take seconds; Node's types don't know it yet.
  Object.assign(process.report, { excludeNetwork: true });
  const report: unknown = process.report.getReport();
  const header = isRecord(report) ? report.header : undefined;
  const version = isRecord(header) ? header.glibcVersionRuntime : undefined;
  return typeof version === 'string' ? `glibc${version}` : 'musl';
}

function distribution(): string {
  try {
    return parseOsRelease(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return 'unknown';
  }
}

/** `debian12` from the text of /etc/os-release; only the name where a rolling distribution has no version. */
export function parseOsRelease(text: string): string {
  const value = (key: string) => new RegExp(`^${key}=["']?([^"'\\n]*)`, 'm').exec(text)?.[1] ?? '';
  return `${value('ID') || 'unknown'}${value('VERSION_ID')}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
