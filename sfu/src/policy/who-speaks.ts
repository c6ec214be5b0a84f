/** Levels come four times a second while somebody speaks; a pause for breath is no silence yet. */
export const HOLD_MS = 600;

/** Who speaks in a room: whoever was heard a moment ago. */
export class WhoSpeaks {
  readonly #heardMs = new Map<string, number>();
  #told: ReadonlySet<string> = new Set();

  /** These were loud enough at this time. */
  heard(sessions: readonly string[], nowMs: number): void {
    for (const session of sessions) this.#heardMs.set(session, nowMs);
  }

  /** They are silent from now on: their microphone is off, or they left. */
  forget(session: string): void {
    this.#heardMs.delete(session);
  }

  /** Who speaks now, when that changed since the last asking; otherwise undefined. */
  change(nowMs: number): string[] | undefined {
    for (const [session, heardMs] of this.#heardMs)
      if (nowMs - heardMs >= HOLD_MS) this.#heardMs.delete(session);
    const speaking = new Set(this.#heardMs.keys());
    if (speaking.size === this.#told.size && [...speaking].every((session) => this.#told.has(session)))
      return undefined;
    this.#told = speaking;
    return [...speaking].sort();
  }

  /** When to ask again if nothing is heard until then, in the clock's milliseconds; undefined while all are silent. */
  get nextMs(): number | undefined {
    return this.#heardMs.size === 0 ? undefined : Math.min(...this.#heardMs.values()) + HOLD_MS;
  }
}
