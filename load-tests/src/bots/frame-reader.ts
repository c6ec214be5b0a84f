/** One message as it lies in a buffer that is used again: read it before you return. */
export type TakeMessage = (bytes: Buffer, start: number, end: number, wireBytes: number) => void;

export interface FrameSink {
  /** A whole binary or text message. */
  message: TakeMessage;
  /** @param body up to 125 bytes, to be sent back */
  ping(body: Buffer): void;
  close(code: number): void;
}

const OPCODE = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;
const NO_CODE = 1005;

/** Bytes before the payload of a frame from a server, whose frames carry no mask. */
export function headerBytes(payloadBytes: number): number {
  if (payloadBytes < 126) return 2;
  return payloadBytes < 65536 ? 4 : 10;
}

/**
 * Takes what a server sends on a WebSocket apart into messages, without copying those that arrive in one piece: a
 * thousand clients in one process can't afford a library that makes objects of everything.
 */
export class FrameReader {
  private readonly sink: FrameSink;
  /** Beginning of a frame whose end has not come yet. */
  private rest: Buffer = Buffer.alloc(0);
  private restBytes = 0;

  constructor(sink: FrameSink) {
    this.sink = sink;
  }

  /** @throws RangeError when the bytes are nothing our servers send: masked, in fragments, or of an unknown kind */
  push(chunk: Buffer): void {
    if (this.restBytes === 0) {
      this.keep(chunk, this.read(chunk, chunk.length));
      return;
    }
    const whole = this.restBytes + chunk.length;
    if (this.rest.length < whole) {
      const larger = Buffer.allocUnsafe(whole * 2);
      this.rest.copy(larger, 0, 0, this.restBytes);
      this.rest = larger;
    }
    chunk.copy(this.rest, this.restBytes);
    const taken = this.read(this.rest, whole);
    this.rest.copyWithin(0, taken, whole);
    this.restBytes = whole - taken;
  }

  private keep(chunk: Buffer, from: number): void {
    this.restBytes = chunk.length - from;
    if (this.restBytes === 0) return;
    if (this.rest.length < this.restBytes) this.rest = Buffer.allocUnsafe(this.restBytes * 2);
    chunk.copy(this.rest, 0, from);
  }

  /** Hands out every whole frame. @returns where the first unfinished one begins */
  private read(bytes: Buffer, length: number): number {
    let at = 0;
    while (length - at >= 2) {
      const short = (bytes[at + 1] ?? 0) & 0x7f;
      const header = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (length - at < header) break;
      const payload =
        short < 126 ? short : header === 4 ? bytes.readUInt16BE(at + 2) : longSize(bytes, at + 2);
      const end = at + header + payload;
      if (end > length) break;
      this.take(bytes, at, at + header, end);
      at = end;
    }
    return at;
  }

  private take(bytes: Buffer, at: number, start: number, end: number): void {
    const first = bytes[at] ?? 0;
    if ((first & 0xf0) !== 0x80) throw new RangeError('a frame in fragments, or with an extension');
    if ((bytes[at + 1] ?? 0) & 0x80) throw new RangeError('a masked frame from a server');
    switch (first & 0x0f) {
      case OPCODE.text:
      case OPCODE.binary:
        this.sink.message(bytes, start, end, end - at);
        return;
      case OPCODE.close:
        this.sink.close(end - start >= 2 ? bytes.readUInt16BE(start) : NO_CODE);
        return;
      case OPCODE.ping:
        this.sink.ping(bytes.subarray(start, end));
        return;
      case OPCODE.pong:
        return;
      default:
        throw new RangeError(`a frame of unknown kind ${first & 0x0f}`);
    }
  }
}

function longSize(bytes: Buffer, at: number): number {
  const size = bytes.readBigUInt64BE(at);
  if (size > 0x7fffffffn) throw new RangeError('a frame larger than memory');
  return Number(size);
}

/** A frame as a client sends it, with a mask of zeros: the payload stays readable. @param payload up to 65,535 bytes */
export function clientFrame(payload: Uint8Array, opcode: number = OPCODE.binary): Buffer {
  const long = payload.length > 125;
  if (payload.length > 0xffff) throw new RangeError('bots send nothing this large');
  const frame = Buffer.alloc((long ? 8 : 6) + payload.length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (long ? 126 : payload.length);
  if (long) frame.writeUInt16BE(payload.length, 2);
  frame.set(payload, frame.length - payload.length);
  return frame;
}

/** Answers a ping. */
export const pongFrame = (body: Uint8Array) => clientFrame(body, OPCODE.pong);
