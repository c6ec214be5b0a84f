/** A transport, producer or consumer, as far as it is watched here. */
interface Owned {
  readonly id: string;
  readonly observer: { once(event: 'close', listener: () => void): unknown };
}

/**
 * Ids of all that sessions own at this media server: tells somebody else's from what is gone, however many are asked for
 * and however many people there are.
 */
export class OwnedObjects {
  readonly #ids = new Set<string>();

  /** It is owned until it is closed. */
  add({ id, observer }: Owned): void {
    this.#ids.add(id);
    observer.once('close', () => this.#ids.delete(id));
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }
}
