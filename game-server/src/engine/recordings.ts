import type { World } from '../world/types.ts';
import { CommandRecorder } from './command-log.ts';
import { openRecording, type RecordingLog } from './recording-file.ts';

/** The recordings of a server, one for each room that is open. */
export class Recordings {
  private readonly folder: string;
  private readonly log: RecordingLog;
  private readonly open = new Set<{ close(): void; readonly done: Promise<void> }>();

  /** @param folder made with the first recording */
  constructor(folder: string, log: RecordingLog) {
    this.folder = folder;
    this.log = log;
  }

  /** Begins one, of a room's world. @returns undefined where that can't be, which is told: a room doesn't fail for it */
  begin(roomId: string, world: World, now: Date): CommandRecorder | undefined {
    try {
      const recording = openRecording({ folder: this.folder, roomId, now, log: this.log });
      if (!recording) return undefined;
      this.open.add(recording);
      void recording.done.then(() => this.open.delete(recording));
      return new CommandRecorder(world, recording);
    } catch (error) {
      this.log.warn(`room ${roomId} is not recorded: ${error instanceof Error ? error.message : error}`);
      return undefined;
    }
  }

  /** Ends those that are still open, and resolves when all are written. */
  async close(): Promise<void> {
    const all = [...this.open];
    for (const recording of all) recording.close();
    await Promise.all(all.map(({ done }) => done));
  }
}
