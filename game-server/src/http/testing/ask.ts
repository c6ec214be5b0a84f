import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Question extends RequestOptions {
  readonly body?: string | Buffer;
  /** Certificate to trust: asks over HTTPS. */
  readonly ca?: string;
  /** Name that the certificate must have. */
  readonly servername?: string;
}

/** Sends one request to 127.0.0.1 with exactly these headers, which fetch would not. */
export function ask(port: number, path: string, { body, ...options }: Question = {}): Promise<Answer> {
  const request = options.ca === undefined ? httpRequest : httpsRequest;
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, agent: false, ...options }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    sent.on('error', reject);
    sent.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text: '' });
    });
    sent.end(body);
  });
}

/** Asks for a WebSocket; 101 when it is opened, and it is closed at once. */
export function askForSocket(
  port: number,
  path: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return ask(port, path, {
    headers: {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': Buffer.alloc(16, 1).toString('base64'),
      ...headers,
    },
  });
}

/** Asks to join a room, as the Colyseus client does. */
export function askToJoin(
  port: number,
  options: { path?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Answer> {
  const { path = '/matchmake/joinOrCreate/tiny', headers = {}, body = '{}' } = options;
  return ask(port, path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body,
  });
}
