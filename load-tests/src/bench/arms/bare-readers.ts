// Reads what bare-writes.ts writes, and throws it away, as cheaply as the bots' process reads. Driven by its parent.
import { connect } from 'node:net';
import { answerCalls } from '../../bots/calls.ts';

const SHARED = Buffer.alloc(256 * 1024);

const calls = {
  async connect({ port, count }: { port: number; count: number }): Promise<void> {
    for (let i = 0; i < count; i++)
      await new Promise<void>((resolve, reject) => {
        const socket = connect({
          host: '127.0.0.1',
          port,
          onread: { buffer: SHARED, callback: () => true },
        });
        socket.once('connect', () => resolve());
        socket.on('error', reject);
      });
  },
};
export type BareReadersCalls = typeof calls;

answerCalls(calls);
