import { describe, expect, it } from 'vitest';
import { clientFrame, FrameReader, headerBytes, pongFrame } from './frame-reader.ts';
import { seededNumbers } from './seeded-numbers.ts';

/** A frame as a server sends it. */
function serverFrame(payload: Buffer, opcode = 2): Buffer {
  const header = Buffer.alloc(headerBytes(payload.length));
  header[0] = 0x80 | opcode;
  header[1] = header.length === 2 ? payload.length : header.length === 4 ? 126 : 127;
  if (header.length === 4) header.writeUInt16BE(payload.length, 2);
  if (header.length === 10) header.writeBigUInt64BE(BigInt(payload.length), 2);
  return Buffer.concat([header, payload]);
}

function collect() {
  const messages: Buffer[] = [];
  const wire: number[] = [];
  const pings: string[] = [];
  const closes: number[] = [];
  const reader = new FrameReader({
    message: (bytes, start, end, wireBytes) => {
      messages.push(Buffer.from(bytes.subarray(start, end)));
      wire.push(wireBytes);
    },
    ping: (body) => pings.push(body.toString()),
    close: (code) => closes.push(code),
  });
  return { reader, messages, wire, pings, closes };
}

describe('FrameReader', () => {
  const sizes = [0, 1, 125, 126, 127, 3000, 65535, 65536, 70_000];
  const payloads = sizes.map((size, i) => Buffer.alloc(size, i + 1));
  const stream = Buffer.concat(payloads.map((payload) => serverFrame(payload)));

  it('hands out every message, however the stream is cut', () => {
    for (let seed = 0; seed < 40; seed++) {
      const random = seededNumbers(seed);
      const { reader, messages, wire } = collect();
      const longest = 2 ** (1 + Math.floor(random() * 17));
      for (let at = 0; at < stream.length; ) {
        const next = at + 1 + Math.floor(random() * longest);
        reader.push(Buffer.from(stream.subarray(at, next)));
        at = next;
      }
      expect(messages.map((message) => message.length)).toEqual(sizes);
      expect(messages.every((message, i) => message.equals(payloads[i] as Buffer))).toBe(true);
      expect(wire).toEqual(sizes.map((size) => size + headerBytes(size)));
    }
  });

  it('keeps nothing of a buffer that is used again', () => {
    const { reader, messages } = collect();
    const shared = Buffer.alloc(1000);
    const frame = serverFrame(Buffer.from('one after the other'));
    for (const part of [frame.subarray(0, 7), frame.subarray(7)]) {
      part.copy(shared);
      reader.push(shared.subarray(0, part.length));
      shared.fill(0);
    }
    expect(messages[0]?.toString()).toBe('one after the other');
  });

  it('tells pings and closes apart from messages', () => {
    const { reader, messages, pings, closes } = collect();
    reader.push(serverFrame(Buffer.from('are you there'), 9));
    reader.push(serverFrame(Buffer.from([0x0f, 0xa1, 0x62]), 8));
    reader.push(serverFrame(Buffer.alloc(0), 10));
    expect({ messages, pings, closes }).toEqual({ messages: [], pings: ['are you there'], closes: [4001] });
  });

  it.each([
    ['in fragments', Buffer.from([0x02, 0x01, 0x00])],
    ['compressed', Buffer.from([0xc2, 0x01, 0x00])],
    ['masked', clientFrame(Uint8Array.of(1))],
    ['of an unknown kind', Buffer.from([0x83, 0x01, 0x00])],
  ])('refuses a frame %s', (_what, frame) => {
    expect(() => collect().reader.push(frame)).toThrow(RangeError);
  });
});

describe('clientFrame', () => {
  it('is masked with zeros, and of the right length', () => {
    const short = clientFrame(Uint8Array.of(7, 8));
    expect([...short]).toEqual([0x82, 0x82, 0, 0, 0, 0, 7, 8]);
    const long = clientFrame(new Uint8Array(300).fill(5));
    expect([...long.subarray(0, 9)]).toEqual([0x82, 0xfe, 1, 44, 0, 0, 0, 0, 5]);
    expect(long).toHaveLength(308);
    expect(pongFrame(Uint8Array.of(1))[0]).toBe(0x8a);
  });
});
