import { createSocket } from 'node:dgram';
import { setImmediate as turn } from 'node:timers/promises';
import type { Producer, Router } from 'mediasoup/types';
import { readRtpParameters } from '../../../../sfu/src/media/blocks.ts';
import { micParameters } from '../../../../sfu/src/testing/rtp-blocks.ts';
import type { Tape } from './microphone-tape.ts';
import { WRITTEN_EXTENSIONS, writePacket } from './rtp-packet.ts';

/** How often it is looked what is due. */
const PACE_MS = 5;

/** A microphone that plays a tape: real RTP over UDP into a router, again and again. */
export interface TapePlayer {
  readonly producer: Producer;
  /** Plays this from now on. */
  play(tape: Tape): void;
  /** Packets sent until now. */
  readonly sent: number;
  close(): void;
}

/** @param shift share of the tape that it begins later: thirty of them must not breathe as one */
export async function openTapePlayer(router: Router, ssrc: number, shift: number): Promise<TapePlayer> {
  const transport = await router.createPlainTransport({
    listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
    rtcpMux: true,
    comedia: true,
  });
  const rtpParameters = readRtpParameters({ ...micParameters(ssrc), headerExtensions: WRITTEN_EXTENSIONS });
  const producer = await transport.produce({ kind: 'audio', rtpParameters, paused: true });
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { localPort } = transport.tuple;
  let sequence = 0;
  let timer: NodeJS.Timeout | undefined;

  return {
    producer,
    play(tape) {
      clearInterval(timer);
      const startMs = performance.now() - shift * tape.ms;
      let next = tape.packets.findIndex(({ atMs }) => atMs >= shift * tape.ms);
      let from = startMs;
      if (next < 0) [next, from] = [0, startMs + tape.ms];
      timer = setInterval(() => {
        const now = performance.now();
        for (;;) {
          const packet = tape.packets[next];
          if (!packet || from + packet.atMs > now) return;
          const { level, payload, atMs } = packet;
          socket.send(
            writePacket({ ssrc, sequence: sequence++, clockMs: from + atMs, level, payload }),
            localPort,
            '127.0.0.1',
          );
          next += 1;
          if (next === tape.packets.length) [next, from] = [0, from + tape.ms];
        }
      }, PACE_MS);
    },
    get sent() {
      return sequence;
    },
    close() {
      clearInterval(timer);
      void turn().then(() => socket.close());
      transport.close();
    },
  };
}
