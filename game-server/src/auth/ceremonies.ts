import { randomBytes } from 'node:crypto';

/** A ceremony is over after so long: people look for their phone meanwhile. */
const LASTS_MS = 5 * 60_000;
/** Most that may be open at once; the oldest gives way. */
const MOST = 10_000;

/**
 * Ceremonies that were begun and wait for a browser's answer, in memory: after a restart people begin anew. Each can be
 * taken once. Time comes in as an argument, in milliseconds, and never goes back.
 */
export class Ceremonies<T> {
  private readonly open = new Map<string, { readonly what: T; readonly untilMs: number }>();

  /** @returns its name: 16 random bytes in base64url */
  begin(what: T, nowMs: number): string {
    for (const [id, { untilMs }] of this.open) {
      if (untilMs > nowMs && this.open.size < MOST) break;
      this.open.delete(id);
    }
    const id = randomBytes(16).toString('base64url');
    this.open.set(id, { what, untilMs: nowMs + LASTS_MS });
    return id;
  }

  /** @returns undefined where there is none, or no longer */
  take(id: string, nowMs: number): T | undefined {
    const found = this.open.get(id);
    this.open.delete(id);
    return found && found.untilMs > nowMs ? found.what : undefined;
  }
}
