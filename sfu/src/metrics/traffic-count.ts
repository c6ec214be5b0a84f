/** A transport, as far as its traffic goes. */
interface CountedTransport {
  readonly closed: boolean;
  getStats(): Promise<readonly { bytesReceived: number; bytesSent: number }[]>;
}

/** Bytes since the start. */
export interface Traffic {
  readonly received: number;
  readonly sent: number;
}

/** Adds up what transports carry. What one carries after it was last looked at, and before it ends, is missing. */
export class TrafficCount {
  readonly #seen = new WeakMap<CountedTransport, Traffic>();
  #received = 0;
  #sent = 0;

  /** Looks at these transports, and gives the sum of all there ever were. */
  async look(transports: readonly CountedTransport[]): Promise<Traffic> {
    await Promise.all(transports.map((transport) => this.#add(transport)));
    return { received: this.#received, sent: this.#sent };
  }

  async #add(transport: CountedTransport): Promise<void> {
    const stats = await transport.getStats().catch((error: unknown) => {
      // It ended while it was asked.
      if (transport.closed) return [];
      throw error;
    });
    const [now] = stats;
    if (!now) return;
    const before = this.#seen.get(transport) ?? { received: 0, sent: 0 };
    this.#seen.set(transport, { received: now.bytesReceived, sent: now.bytesSent });
    this.#received += now.bytesReceived - before.received;
    this.#sent += now.bytesSent - before.sent;
  }
}
