import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty folder that is gone when the test that asked for it ends. For tests only. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chatmux-db-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
