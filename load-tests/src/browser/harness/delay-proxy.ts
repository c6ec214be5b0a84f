import { connect, createServer, type Socket } from 'node:net';

/**
 * A TCP relay that adds delay, as a long way through the internet does: each piece of data waits `delayMs ± jitterMs`,
 * and pieces stay in their order, as TCP keeps them.
 */
export class DelayProxy {
  readonly url: string;
  private readonly close_: () => Promise<void>;

  private constructor(port: number, close: () => Promise<void>) {
    this.url = `http://127.0.0.1:${port}`;
    this.close_ = close;
  }

  /** @param random 0 to 1, for the jitter */
  static async start(
    to: { port: number },
    delay: { delayMs: number; jitterMs: number },
    random: () => number,
  ): Promise<DelayProxy> {
    const sockets = new Set<Socket>();
    const server = createServer({ noDelay: true }, (near) => {
      const far = connect({ port: to.port, host: '127.0.0.1', noDelay: true });
      for (const [from, into] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(from);
        let due = 0;
        from.on('data', (data) => {
          due = Math.max(due, performance.now() + delay.delayMs + (random() * 2 - 1) * delay.jitterMs);
          setTimeout(() => into.writable && into.write(data), due - performance.now());
        });
        from.on('error', () => into.destroy());
        from.on('close', () => {
          sockets.delete(from);
          setTimeout(() => into.destroy(), Math.max(0, due - performance.now()) + 20);
        });
      }
    });
    const port = await new Promise<number>((done, failed) => {
      server.once('error', failed);
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        done(address !== null && typeof address === 'object' ? address.port : 0);
      });
    });
    return new DelayProxy(port, async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    });
  }

  close(): Promise<void> {
    return this.close_();
  }
}
