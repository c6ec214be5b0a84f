/** Writes under way that nobody waits for at the moment; a stop waits for all of them. */
export class OpenWrites {
  private readonly open = new Set<Promise<void>>();

  /** Takes a write on. The promise it gives never rejects: a failure goes to `onError`. */
  add(write: Promise<unknown>, onError: (error: unknown) => void): Promise<void> {
    const watched: Promise<void> = write
      .then(() => undefined, onError)
      .finally(() => this.open.delete(watched));
    this.open.add(watched);
    return watched;
  }

  /** Resolves when none is left, those included that begin meanwhile. */
  async done(): Promise<void> {
    while (this.open.size > 0) await Promise.all(this.open);
  }
}
