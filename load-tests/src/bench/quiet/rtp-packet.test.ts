import { expect, it } from 'vitest';
import { readPacket, WRITTEN_EXTENSIONS, writePacket } from './rtp-packet.ts';

const payload = Buffer.from([0x78, 1, 2, 3, 4]);

it('reads what it wrote', () => {
  const packet = writePacket({ ssrc: 7, sequence: 70_000, clockMs: 20, level: -40, payload });
  expect(readPacket(packet, WRITTEN_EXTENSIONS)).toEqual({ level: -40, payload });
  expect(packet.readUInt16BE(2)).toBe(70_000 - 65_536);
  expect(packet.readUInt32BE(4)).toBe(960);
});

it('leaves out what is before and behind the payload', () => {
  const packet = Buffer.concat([
    // One contributing source, an extension of another number before the level, and two bytes of padding.
    Buffer.from([0xb1, 111, 0, 1, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 9]),
    Buffer.from([0xbe, 0xde, 0, 2, 0x31, 1, 2, 0, 0xa0, 0x80 | 33, 0, 0]),
    payload,
    Buffer.from([0, 2]),
  ]);
  expect(readPacket(packet, WRITTEN_EXTENSIONS)).toEqual({ level: -33, payload });
});
