import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** What a home router holds back before it drops. */
const QUEUE_MS = 200;

/** One direction of a line: packets go out one after the other at its width; what would wait too long is dropped. */
class Lane {
  dropped = 0;
  private freeMs = 0;
  private readonly queue: { dueMs: number; send: () => void }[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  push(bytes: number, bitsPerSecond: number, send: () => void): void {
    const now = performance.now();
    const startMs = Math.max(now, this.freeMs);
    if (startMs - now > QUEUE_MS) {
      this.dropped += 1;
      return;
    }
    this.freeMs = startMs + (bytes * 8 * 1000) / bitsPerSecond;
    this.queue.push({ dueMs: this.freeMs, send });
    this.timer ??= setTimeout(this.pump, 0);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private readonly pump = () => {
    this.timer = undefined;
    const { queue } = this;
    for (let head = queue[0]; head && head.dueMs <= performance.now(); head = queue[0]) {
      queue.shift();
      head.send();
    }
    const [next] = queue;
    if (next) this.timer = setTimeout(this.pump, Math.max(1, next.dueMs - performance.now()));
  };
}

/**
 * A UDP relay as narrow as a weak home line, in both directions, with the queue of a router before it. Its width can
 * change while it is used.
 */
export class NarrowLine {
  readonly port: number;
  bitsPerSecond: number;
  private readonly near: Socket;
  private readonly far = new Map<string, Socket>();
  private readonly up = new Lane();
  private readonly down = new Lane();
  private readonly toPort: number;

  private constructor(near: Socket, toPort: number, bitsPerSecond: number) {
    this.near = near;
    this.port = near.address().port;
    this.toPort = toPort;
    this.bitsPerSecond = bitsPerSecond;
    near.on('message', (data, from) => {
      const far = this.farOf(from);
      this.up.push(data.length, this.bitsPerSecond, () => far.send(data, this.toPort, '127.0.0.1'));
    });
  }

  /** @param toPort of a UDP server on this machine */
  static async start(toPort: number, bitsPerSecond: number): Promise<NarrowLine> {
    const near = createSocket('udp4');
    near.bind(0, '127.0.0.1');
    await once(near, 'listening');
    return new NarrowLine(near, toPort, bitsPerSecond);
  }

  /** Packets that did not fit until now. */
  get dropped(): { up: number; down: number } {
    return { up: this.up.dropped, down: this.down.dropped };
  }

  private farOf(from: RemoteInfo): Socket {
    const key = `${from.address} ${from.port}`;
    const known = this.far.get(key);
    if (known) return known;
    const far = createSocket('udp4');
    far.on('message', (data) =>
      this.down.push(data.length, this.bitsPerSecond, () => this.near.send(data, from.port, from.address)),
    );
    this.far.set(key, far);
    return far;
  }

  close(): void {
    this.up.stop();
    this.down.stop();
    for (const far of this.far.values()) far.close();
    this.near.close();
  }
}
