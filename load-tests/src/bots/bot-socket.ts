import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Protocol } from '@colyseus/core';
import { z } from 'zod';
import { clientFrame, FrameReader, pongFrame, type TakeMessage } from './frame-reader.ts';

const reservationSchema = z.object({ processId: z.string(), roomId: z.string(), sessionId: z.string() });
type Reservation = z.infer<typeof reservationSchema>;

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
/** Every connection reads into this: what is read is dealt with before the next read. */
const SHARED = Buffer.alloc(256 * 1024);
const JOINED = clientFrame(Uint8Array.of(Protocol.JOIN_ROOM));
const JOIN_MS = 30_000;

/** One connection to a room, without a client library: it says that it has joined and hands out what comes. */
export class BotSocket {
  /** Code of the end; undefined while it is open. */
  closedWith: number | string | undefined;
  private readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
  }

  /**
   * Takes a seat, opens the WebSocket, and says that it has joined.
   * @param onMessage gets every message, in the order they come
   */
  static async join(url: URL, room: string, options: object, onMessage: TakeMessage): Promise<BotSocket> {
    const seat = await reserve(url, room, options);
    return open(url, seat, onMessage, (socket) => new BotSocket(socket));
  }

  get isOpen(): boolean {
    return this.closedWith === undefined;
  }

  /** Sends a whole frame. */
  send(frame: Buffer): void {
    this.socket.write(frame);
  }

  close(): void {
    this.closedWith ??= 'us';
    this.socket.destroy();
  }
}

/** Asks for a seat, and again when the server says “later”, as a browser does. @throws Error of the refusal that stays */
async function reserve(url: URL, room: string, options: object): Promise<Reservation> {
  const untilMs = performance.now() + JOIN_MS;
  for (;;) {
    const { status, retryAfter, text } = await ask(url, room, JSON.stringify(options));
    if (status === 200) return reservationSchema.parse(JSON.parse(text));
    if (status !== 429 || performance.now() > untilMs)
      throw new Error(`the join was refused: ${status} ${text}`);
    await wait(retryAfter * 1000);
  }
}

interface Answer {
  status: number | undefined;
  /** In seconds. */
  retryAfter: number;
  text: string;
}

function ask(url: URL, room: string, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      new URL(`/matchmake/joinOrCreate/${room}`, url),
      {
        agent,
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) },
      },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        answer.on('error', reject).on('end', () => {
          const retryAfter = Number(answer.headers['retry-after'] ?? 1);
          resolve({ status: answer.statusCode, retryAfter, text });
        });
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

function open(
  url: URL,
  seat: Reservation,
  onMessage: TakeMessage,
  make: (socket: Socket) => BotSocket,
): Promise<BotSocket> {
  return new Promise((resolve, reject) => {
    let answer = '';
    let isUp = false;
    const reader = new FrameReader({
      message: (bytes, start, end, wireBytes) => {
        if ((bytes[start] ?? 0) === Protocol.JOIN_ROOM) {
          socket.write(JOINED);
          clearTimeout(deadline);
          resolve(bot);
        }
        onMessage(bytes, start, end, wireBytes);
      },
      ping: (body) => socket.write(pongFrame(body)),
      close: (code) => end(code),
    });
    const socket: Socket = connect({
      host: url.hostname,
      port: Number(url.port),
      noDelay: true,
      onread: {
        buffer: SHARED,
        callback: (size) => {
          try {
            if (isUp) reader.push(SHARED.subarray(0, size));
            else answered(size);
          } catch (error) {
            end(String(error));
          }
          return true;
        },
      },
    });
    const bot = make(socket);
    const deadline = setTimeout(() => end(`no join within ${JOIN_MS} ms`), JOIN_MS);
    function end(why: number | string): void {
      bot.closedWith ??= why;
      clearTimeout(deadline);
      socket.destroy();
      reject(new Error(`the connection ended: ${bot.closedWith}`));
    }
    /** Reads the answer to the upgrade; frames may follow it at once. */
    function answered(size: number): void {
      answer += SHARED.toString('latin1', 0, size);
      const headerEnd = answer.indexOf('\r\n\r\n');
      if (headerEnd < 0) return;
      if (!answer.startsWith('HTTP/1.1 101 ')) throw new Error(answer.slice(0, 200));
      isUp = true;
      reader.push(Buffer.from(answer.slice(headerEnd + 4), 'latin1'));
    }
    socket.on('error', (error) => end(error.message));
    socket.on('close', () => end('the line broke'));
    socket.write(
      [
        `GET /${seat.processId}/${seat.roomId}?sessionId=${seat.sessionId} HTTP/1.1`,
        `Host: ${url.host}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
        '\r\n',
      ].join('\r\n'),
    );
  });
}
