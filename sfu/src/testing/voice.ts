import { createSocket, type Socket } from 'node:dgram';
import type { PlainTransport, Producer, Router } from 'mediasoup/types';
import { readRtpParameters } from '../media/blocks.ts';
import { micParameters } from './rtp-blocks.ts';

const LEVEL_EXTENSION = { uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: 10 } as const;
const FRAME_MS = 20;
const SAMPLES = 960;
/** As many bytes as 20 ms of a voice take at 32 kbit/s. */
const PAYLOAD_BYTES = 80;

/** A microphone without a browser: real RTP over UDP into a router. */
export interface Voice {
  readonly producer: Producer;
  /** Sends a packet each 20 ms from now on, this loud (0 to −127 dB); replaces what was sent before. */
  speak(levelDb: number): void;
  hush(): void;
  /** Sends one packet now. */
  sendFrame(levelDb: number): void;
  close(): void;
}

/** Opens a voice on a router, paused as the service opens them. */
export async function openVoice(router: Router, ssrc = 1111): Promise<Voice> {
  const transport = await router.createPlainTransport({
    listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
    rtcpMux: true,
    comedia: true,
  });
  const rtpParameters = readRtpParameters({ ...micParameters(ssrc), headerExtensions: [LEVEL_EXTENSION] });
  const producer = await transport.produce({ kind: 'audio', rtpParameters, paused: true });
  return sendOver(transport, producer, ssrc, await boundSocket());
}

function sendOver(transport: PlainTransport, producer: Producer, ssrc: number, socket: Socket): Voice {
  const { localPort } = transport.tuple;
  const packet = Buffer.alloc(12 + 8 + PAYLOAD_BYTES, 0x55);
  let sequence = 0;
  let timer: NodeJS.Timeout | undefined;

  function sendFrame(levelDb: number): void {
    packet.writeUInt8(0x90, 0);
    packet.writeUInt8(111, 1);
    packet.writeUInt16BE(sequence & 0xffff, 2);
    packet.writeUInt32BE((sequence * SAMPLES) >>> 0, 4);
    packet.writeUInt32BE(ssrc, 8);
    // One extension in one-byte form: number and length, then the level and padding.
    packet.writeUInt16BE(0xbede, 12);
    packet.writeUInt16BE(1, 14);
    packet.writeUInt8(LEVEL_EXTENSION.id << 4, 16);
    packet.writeUInt8(0x80 | -levelDb, 17);
    packet.writeUInt16BE(0, 18);
    sequence += 1;
    socket.send(Buffer.from(packet), localPort, '127.0.0.1');
  }

  const hush = () => clearInterval(timer);
  return {
    producer,
    sendFrame,
    hush,
    speak(levelDb) {
      hush();
      const startMs = performance.now();
      let sent = 0;
      timer = setInterval(() => {
        // A busy machine lets timers wait: what is late is sent all the same.
        for (const due = (performance.now() - startMs) / FRAME_MS; sent < due; sent++) sendFrame(levelDb);
      }, FRAME_MS);
    },
    close() {
      hush();
      socket.close();
      transport.close();
    },
  };
}

async function boundSocket(): Promise<Socket> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return socket;
}
