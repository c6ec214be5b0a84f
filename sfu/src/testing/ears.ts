import { createSocket } from 'node:dgram';
import type { PlainTransport, Router } from 'mediasoup/types';
import type { SessionTransport } from '../media/session.ts';

/** Where packets for all listeners arrive; they are counted and dropped. */
export interface Ears {
  readonly packets: number;
  /** All that came, and how much of it: reports are among it. */
  readonly all: { readonly packets: number; readonly bytes: number };
  /** A transport to here on a router. */
  openOn(router: Router): Promise<PlainTransport>;
  close(): Promise<void>;
}

export async function openEars(): Promise<Ears> {
  const socket = createSocket('udp4');
  let packets = 0;
  const all = { packets: 0, bytes: 0 };
  socket.on('message', (packet) => {
    all.packets += 1;
    all.bytes += packet.length;
    // What comes over one port with them are reports about them.
    const type = packet[1] ?? 0;
    if (type < 192 || type > 223) packets += 1;
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  socket.setRecvBufferSize(4 * 1024 * 1024);
  const { port } = socket.address();
  return {
    get packets() {
      return packets;
    },
    get all() {
      return { ...all };
    },
    async openOn(router) {
      const transport = await router.createPlainTransport({
        listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
        rtcpMux: true,
      });
      await transport.connect({ ip: '127.0.0.1', port });
      return transport;
    },
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

/** Lets a plain transport stand in for a browser's: what only a browser can do is refused. */
export function asSessionTransport(plain: PlainTransport): SessionTransport {
  const refuse = () => Promise.reject(new Error('a plain transport has neither ICE nor keys'));
  return {
    id: plain.id,
    iceCandidates: [],
    get closed() {
      return plain.closed;
    },
    close: () => plain.close(),
    consume: (options) => plain.consume(options),
    produce: (options) => plain.produce(options),
    connect: refuse,
    restartIce: refuse,
    getStats: () => plain.getStats(),
  };
}
