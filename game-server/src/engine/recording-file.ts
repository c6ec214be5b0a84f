import { createWriteStream, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LineSink } from './command-log.ts';

/** A recording stops at this size, in bytes: a day of a small room, an hour of a full one. */
const MAX_BYTES = 256 * 1024 * 1024;
/** A recording stops when this much waits for a disk that is too slow, in bytes. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;
/** No recording begins where those before it fill this much, in bytes; nobody's recordings are deleted for a new one. */
const MAX_FOLDER_BYTES = 2 * 1024 * 1024 * 1024;

export interface RecordingLog {
  info(text: string): void;
  warn(text: string): void;
}

interface RecordingOptions {
  /** Made when it isn't there, for our eyes only. */
  readonly folder: string;
  readonly roomId: string;
  readonly now: Date;
  readonly log: RecordingLog;
  readonly maxBytes?: number;
  readonly maxFolderBytes?: number;
}

interface Recording extends LineSink {
  readonly path: string;
  /** Resolves when all is written, or could not be. */
  readonly done: Promise<void>;
}

/**
 * Opens a file for a recording: `ROOM-DATE.ndjson`, readable by us alone. Whatever goes wrong later ends the recording
 * and is told; the room goes on.
 * @returns undefined where the folder is full
 * @throws where the folder can't be made or read
 */
export function openRecording(options: RecordingOptions): Recording | undefined {
  const { folder, roomId, now, log, maxBytes = MAX_BYTES, maxFolderBytes = MAX_FOLDER_BYTES } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (folderBytes(folder) >= maxFolderBytes) {
    log.warn(`room ${roomId} is not recorded: ${folder} is full. Remove recordings you no longer need.`);
    return undefined;
  }
  const name = `${roomId.replace(/[^\w-]/g, '_')}-${now.toISOString().replace(/[:.]/g, '-')}.ndjson`;
  const path = join(folder, name);
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  let open = true;
  let bytes = 0;
  const done = new Promise<void>((resolve) => file.once('close', resolve));
  file.once('error', (error) => {
    open = false;
    log.warn(`the recording of room ${roomId} ended: ${error.message}`);
  });
  log.info(`room ${roomId} is recorded in ${path}`);

  function stop(why: string): void {
    open = false;
    file.end(`${JSON.stringify({ end: why })}\n`);
    log.warn(`the recording of room ${roomId} ended: ${why}`);
  }

  return {
    path,
    done,
    write(line) {
      if (!open) return;
      const text = `${line}\n`;
      bytes += Buffer.byteLength(text);
      if (bytes > maxBytes) stop(`it would be larger than ${maxBytes} bytes`);
      else if (file.writableLength > MAX_WAITING_BYTES) stop('the disk is too slow for it');
      else file.write(text);
    },
    close() {
      if (!open) return;
      open = false;
      file.end();
    },
  };
}

function folderBytes(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => {
    return sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0);
  }, 0);
}
