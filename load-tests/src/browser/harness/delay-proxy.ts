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
        relay(from, into, () => delay.delayMs + (random() * 2 - 1) * delay.jitterMs);
        from.on('close', () => sockets.delete(from));
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

/** Hands on what comes, each piece after its delay; a queue keeps the order, which timers of their own would not. */
function relay(from: Socket, into: Socket, delayMs: () => number): void {
  const queue: { due: number; data: Buffer | undefined }[] = [];
  let last = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const pump = () => {
    timer = undefined;
    for (let head = queue[0]; head && head.due <= performance.now(); head = queue[0]) {
      queue.shift();
      if (head.data === undefined) into.destroy();
      else if (into.writable) into.write(head.data);
    }
    const [next] = queue;
    if (next) timer = setTimeout(pump, Math.max(1, next.due - performance.now()));
  };
  const push = (data: Buffer | undefined) => {
    last = Math.max(last, performance.now() + delayMs());
    queue.push({ due: last, data });
    if (timer === undefined) timer = setTimeout(pump, Math.max(1, last - performance.now()));
  };
  from.on('data', push);
  from.on('error', () => into.destroy());
  from.on('close', () => push(undefined));
}
