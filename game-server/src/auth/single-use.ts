import { randomBytes } from 'node:crypto';

/** Most that may be open at once; the oldest gives way. */
const MOST = 10_000;

/**
 * What was begun and waits for an answer, in memory: after a restart people begin anew. Each can be taken once. Time comes
 * in as an argument, in milliseconds, and never goes back.
 */
export class SingleUse<T> {
  private readonly lastsMs: number;
  private readonly open = new Map<string, { readonly what: T; readonly untilMs: number }>();

  /** @param lastsMs it is over after so long */
  constructor(lastsMs: number) {
    this.lastsMs = lastsMs;
  }

  /** @returns its name: 16 random bytes in base64url */
  begin(what: T, nowMs: number): string {
    for (const [id, { untilMs }] of this.open) {
      if (untilMs > nowMs && this.open.size < MOST) break;
      this.open.delete(id);
    }
    const id = randomBytes(16).toString('base64url');
    this.open.set(id, { what, untilMs: nowMs + this.lastsMs });
    return id;
  }

  /** @returns undefined where there is none, or no longer */
  take(id: string, nowMs: number): T | undefined {
    const found = this.open.get(id);
    this.open.delete(id);
    return found && found.untilMs > nowMs ? found.what : undefined;
  }
}
