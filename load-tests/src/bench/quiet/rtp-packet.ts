import type { RtpHeaderExtensionParameters } from 'mediasoup/types';

const LEVEL_URI = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';
const HEADER = 12;
/** One-byte form of header extensions: RFC 8285, 4.2. */
const ONE_BYTE_FORM = 0xbede;
const LEVEL_ID = 10;
/** Opus counts at 48 kHz. */
const CLOCKS_A_MS = 48;
const PAYLOAD_TYPE = 111;

/** Extensions of the packets that `writePacket` makes. */
export const WRITTEN_EXTENSIONS = [{ uri: LEVEL_URI, id: LEVEL_ID }] as const;

/** Takes an RTP packet apart (RFC 3550, 5.1; the level as RFC 6464 has it). */
export function readPacket(
  packet: Buffer,
  extensions: readonly RtpHeaderExtensionParameters[],
): { level: number; payload: Buffer } {
  const first = packet.readUInt8(0);
  let at = HEADER + 4 * (first & 0x0f);
  let level = -127;
  if (first & 0x10) {
    const form = packet.readUInt16BE(at);
    const end = at + 4 + 4 * packet.readUInt16BE(at + 2);
    const levelId = extensions.find(({ uri }) => uri === LEVEL_URI)?.id;
    if (form === ONE_BYTE_FORM) {
      for (let one = at + 4; one < end; ) {
        const head = packet.readUInt8(one);
        if (head === 0) {
          one += 1;
          continue;
        }
        if (head >> 4 === levelId) level = -(packet.readUInt8(one + 1) & 0x7f);
        one += 2 + (head & 0x0f);
      }
    }
    at = end;
  }
  const padding = first & 0x20 ? packet.readUInt8(packet.length - 1) : 0;
  return { level, payload: Buffer.from(packet.subarray(at, packet.length - padding)) };
}

/** An Opus packet with its level. @param clockMs when its sound begins, on the sender's clock */
export function writePacket(options: {
  ssrc: number;
  sequence: number;
  clockMs: number;
  level: number;
  payload: Buffer;
}): Buffer {
  const { ssrc, sequence, clockMs, level, payload } = options;
  const header = Buffer.alloc(HEADER + 8);
  header.writeUInt8(0x90, 0);
  header.writeUInt8(PAYLOAD_TYPE, 1);
  header.writeUInt16BE(sequence & 0xffff, 2);
  header.writeUInt32BE(Math.round(clockMs * CLOCKS_A_MS) >>> 0, 4);
  header.writeUInt32BE(ssrc, 8);
  header.writeUInt16BE(ONE_BYTE_FORM, 12);
  header.writeUInt16BE(1, 14);
  header.writeUInt8(LEVEL_ID << 4, 16);
  header.writeUInt8(-level & 0x7f, 17);
  return Buffer.concat([header, payload]);
}
