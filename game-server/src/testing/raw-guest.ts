import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { JoinOptions } from '@chatmux/schema';
import { Protocol } from '@colyseus/core';

/**
 * A client without Colyseus: a bare socket that shows that it lives, and does nothing else but what it is told to. It
 * says that it has joined only when asked to.
 */
export class RawGuest {
  readonly socket: Socket;
  /** Settled when the server has ended the connection, and everything it sent was thrown away. */
  readonly closed: Promise<void>;

  private constructor(socket: Socket) {
    this.socket = socket;
    // Pongs that nobody asked for: to read the pings it would have to read.
    const pongs = setInterval(() => socket.write(Buffer.from([0x8a, 0x80, 0, 0, 0, 0])), 1000);
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        clearInterval(pongs);
        resolve();
      });
    });
    socket.on('error', () => socket.destroy());
  }

  /** Takes a new seat. Nothing is read until `read` is called. */
  static async join(url: string, room: string, options: JoinOptions): Promise<RawGuest> {
    return RawGuest.open(url, await post(`${url}/matchmake/joinOrCreate/${room}`, options));
  }

  /** Comes back to a kept seat. @param token as the Colyseus client holds it: ROOM:TOKEN */
  static async comeBack(url: string, token: string): Promise<RawGuest> {
    const [room = '', reconnectionToken = ''] = token.split(':');
    const reservation = await post(`${url}/matchmake/reconnect/${room}`, { reconnectionToken });
    return RawGuest.open(url, reservation, reconnectionToken);
  }

  /** Comes back to a kept seat and hangs up in the same breath. Resolves when the connection is over. */
  static async comeBackAndHangUp(url: string, token: string): Promise<void> {
    const [room = '', reconnectionToken = ''] = token.split(':');
    const { processId, roomId, sessionId } = await post(`${url}/matchmake/reconnect/${room}`, {
      reconnectionToken,
    });
    const { hostname, port, host } = new URL(url);
    const socket = connect(Number(port), hostname).resume();
    const over = new Promise<void>((resolve, reject) => {
      socket.once('close', () => resolve());
      socket.once('error', reject);
    });
    const head = [
      `GET /${processId}/${roomId}?sessionId=${sessionId}&reconnectionToken=${reconnectionToken} HTTP/1.1`,
      `Host: ${host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    ];
    const goodbye = Buffer.from([0x88, 0x80, 0, 0, 0, 0]);
    socket.write(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), goodbye]));
    await over;
  }

  private static open(url: string, { processId, roomId, sessionId }: Reservation, token?: string) {
    const back = token === undefined ? '' : `&reconnectionToken=${token}`;
    return new Promise<RawGuest>((resolve, reject) => {
      const asked = request(`${url}/${processId}/${roomId}?sessionId=${sessionId}${back}`, {
        agent: false,
        headers: {
          Connection: 'Upgrade',
          Upgrade: 'websocket',
          'Sec-WebSocket-Version': '13',
          'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
        },
      });
      asked.on('upgrade', (_response, socket) => resolve(new RawGuest(socket)));
      asked.on('response', (response) => reject(new Error(`no WebSocket: ${response.statusCode}`)));
      asked.on('error', reject);
      asked.end();
    });
  }

  /** Reads what comes, and throws it away. */
  read(): this {
    this.socket.resume();
    return this;
  }

  /** Says that it has joined. */
  sayJoined(): this {
    return this.frame(Buffer.of(Protocol.JOIN_ROOM));
  }

  /** Names a certificate: the message's name and content as MessagePack writes them. */
  sayCertificate(fingerprint: string): this {
    const text = (words: string) => Buffer.from(words);
    const name = [Buffer.of(0xa0 | 'certificate'.length), text('certificate')];
    const key = [Buffer.of(0x81, 0xa0 | 'fingerprint'.length), text('fingerprint')];
    const value = [Buffer.of(0xd9, fingerprint.length), text(fingerprint)];
    return this.frame(Buffer.concat([Buffer.of(Protocol.ROOM_DATA), ...name, ...key, ...value]));
  }

  /** Sends one short frame; masked, as clients must, with zeros. */
  private frame(content: Buffer): this {
    if (content.length > 125) throw new Error('too long for a short frame');
    this.socket.write(Buffer.concat([Buffer.of(0x82, 0x80 | content.length, 0, 0, 0, 0), content]));
    return this;
  }
}

interface Reservation {
  processId: string;
  roomId: string;
  sessionId: string;
}

async function post(url: string, body: object): Promise<Reservation> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`the join was refused: ${await answer.text()}`);
  return (await answer.json()) as Reservation;
}
