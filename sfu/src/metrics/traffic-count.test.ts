import { expect, it } from 'vitest';
import { TrafficCount } from './traffic-count.ts';

function transport(bytesReceived: number, bytesSent: number) {
  return {
    closed: false,
    bytes: { bytesReceived, bytesSent },
    async getStats() {
      if (this.closed) throw new Error('closed');
      return [this.bytes];
    },
  };
}

it('adds up what several carry, each byte once', async () => {
  const traffic = new TrafficCount();
  const [one, two] = [transport(10, 1), transport(20, 2)];
  expect(await traffic.look([one, two])).toEqual({ received: 30, sent: 3 });
  expect(await traffic.look([one, two])).toEqual({ received: 30, sent: 3 });
  one.bytes = { bytesReceived: 15, bytesSent: 4 };
  expect(await traffic.look([one, two])).toEqual({ received: 35, sent: 6 });
});

it('keeps what one carried that has ended, also while it was asked', async () => {
  const traffic = new TrafficCount();
  const one = transport(10, 1);
  await traffic.look([one]);
  one.closed = true;
  expect(await traffic.look([one])).toEqual({ received: 10, sent: 1 });
  expect(await traffic.look([])).toEqual({ received: 10, sent: 1 });
});

it('says so when a transport that is open can’t be asked', async () => {
  const broken = { closed: false, getStats: () => Promise.reject(new Error('no answer')) };
  await expect(new TrafficCount().look([broken])).rejects.toThrow('no answer');
});
