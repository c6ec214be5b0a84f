import { ProblemError } from '@chatmux/schema';

interface Pending {
  readonly resolve: (data: unknown) => void;
  readonly reject: (error: ProblemError) => void;
  readonly timer: NodeJS.Timeout;
}

/** Requests that wait for their reply. */
export class PendingRequests {
  readonly #timeoutMs: number;
  readonly #pending = new Map<number, Pending>();
  #nextId = 0;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** Sends a request under a fresh number; gives the reply's data, or a ProblemError: `media-down` after the time is over. */
  ask(send: (id: number) => void): Promise<unknown> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.reject(id, new ProblemError('media-down', 'The media server did not answer in time.')),
        this.#timeoutMs,
      );
      this.#pending.set(id, { resolve, reject, timer });
      send(id);
    });
  }

  /** False when nobody waits for it any more. */
  resolve(id: number, data: unknown): boolean {
    const pending = this.#take(id);
    pending?.resolve(data);
    return pending !== undefined;
  }

  reject(id: number, error: ProblemError): boolean {
    const pending = this.#take(id);
    pending?.reject(error);
    return pending !== undefined;
  }

  rejectAll(error: ProblemError): void {
    for (const id of [...this.#pending.keys()]) this.reject(id, error);
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    if (!pending) return undefined;
    this.#pending.delete(id);
    clearTimeout(pending.timer);
    return pending;
  }
}
