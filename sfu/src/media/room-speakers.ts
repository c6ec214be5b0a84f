import { WhoSpeaks } from '../policy/who-speaks.ts';

/** Tells who speaks in a room when that changes. While all are silent it costs nothing. */
export class RoomSpeakers {
  readonly #who = new WhoSpeaks();
  readonly #now: () => number;
  readonly #onChange: (sessions: string[]) => void;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #speaking: ReadonlySet<string> = new Set();

  constructor(now: () => number, onChange: (sessions: string[]) => void) {
    this.#now = now;
    this.#onChange = onChange;
  }

  /** These were loud enough just now. */
  heard(sessions: readonly string[]): void {
    this.#who.heard(sessions, this.#now());
    this.#tell();
  }

  /** True while this session is told to speak. */
  speaks(session: string): boolean {
    return this.#speaking.has(session);
  }

  forget(session: string): void {
    this.#who.forget(session);
    this.#tell();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #tell(): void {
    if (this.#closed) return;
    const nowMs = this.#now();
    const change = this.#who.change(nowMs);
    if (change) {
      this.#speaking = new Set(change);
      this.#onChange(change);
    }
    clearTimeout(this.#timer);
    const { nextMs } = this.#who;
    if (nextMs !== undefined) this.#timer = setTimeout(() => this.#tell(), nextMs - nowMs);
  }
}
