import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const note = z.object({ at: z.number(), reason: z.string() });
const notesFile = z.object({ download: note.optional(), build: note.optional() });
type Notes = z.infer<typeof notesFile>;

/** A way to get the worker that is slow to fail. */
export type SlowWay = keyof Notes;

// An unreachable host may be back soon; a build that failed will fail again until something on the machine changes.
const REMEMBERED_MS: Record<SlowWay, number> = { download: 3_600_000, build: 24 * 3_600_000 };

/** Why a way failed, when that is recent enough not to be tried again at each start. */
export function recentFailure(file: string, way: SlowWay, now: number): string | undefined {
  const found = readNotes(file)[way];
  return found && now - found.at < REMEMBERED_MS[way] ? found.reason : undefined;
}

/** Remembers that a way failed at `now` (Unix milliseconds). */
export function noteFailure(file: string, way: SlowWay, reason: string, now: number): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...readNotes(file), [way]: { at: now, reason } }));
}

/** Forgets that a way failed. */
export function forgetFailure(file: string, way: SlowWay): void {
  const { [way]: _gone, ...others } = readNotes(file);
  if (Object.keys(others).length > 0) writeFileSync(file, JSON.stringify(others));
  else rmSync(file, { force: true });
}

function readNotes(file: string): Notes {
  try {
    return notesFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {}; // none yet, or one that can't be read: then everything is tried
  }
}
