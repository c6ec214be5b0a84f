// What a tick's sending costs this machine at the least: as many writes of as many bytes, from nothing but sockets.
// Driven by its parent: see calls.ts.
import { createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { TICK_HZ } from '@chatmux/schema';
import { answerCalls } from '../../bots/calls.ts';
import { percentile } from '../measure/stats.ts';

const TICK_MS = 1000 / TICK_HZ;

const sockets: Socket[] = [];
const server = createServer({ noDelay: true }, (socket) => {
  sockets.push(socket);
  socket.on('error', (error) => console.error('a bare line broke', error));
});

/** One tick's writes to the next sockets in turn. */
function writeTick(from: number, writes: number, bytes: number): void {
  for (let i = 0; i < writes; i++) sockets[(from + i) % sockets.length]?.write(new Uint8Array(bytes));
}

const calls = {
  listen: () =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        if (address === null || typeof address === 'string') reject(new Error('no port'));
        else resolve(address.port);
      });
    }),
  accepted: () => sockets.length,
  /** @returns milliseconds in which 99 of 100 ticks were written */
  async run({ writes, bytes, ms }: { writes: number; bytes: number; ms: number }): Promise<number> {
    const took: number[] = [];
    const until = performance.now() + ms;
    let due = performance.now();
    while (performance.now() < until) {
      const start = performance.now();
      writeTick(took.length * writes, writes, bytes);
      took.push(performance.now() - start);
      due += TICK_MS;
      await wait(Math.max(0, due - performance.now()));
    }
    return percentile(took, 0.99);
  },
};
export type BareWritesCalls = typeof calls;

answerCalls(calls);
