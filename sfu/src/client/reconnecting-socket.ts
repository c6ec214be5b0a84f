import { WebSocket } from 'ws';

export interface ReconnectingSocketOptions {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly onOpen: () => void;
  readonly onText: (text: string) => void;
  /** The open connection was lost. */
  readonly onLost: (reason: string) => void;
  /** An attempt to connect failed; another follows. */
  readonly onFailed: (reason: string) => void;
}

export interface ReconnectingSocket {
  readonly isOpen: () => boolean;
  /** False when there is no connection; nothing is kept for later. */
  send(text: string): boolean;
  /** Ends the connection and all attempts. */
  close(): Promise<void>;
}

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 400;
const GROWTH = 1.6;
const HANDSHAKE_MS = 3000;
/** The SFU pings more often than this; a line that is silent for longer is dead, even if the system doesn't say so. */
const SILENCE_MS = 15_000;
/** How long an SFU may take to say goodbye. */
const GOODBYE_MS = 1000;
const MAX_PAYLOAD = 8 * 1024 * 1024;

/** A WebSocket that comes back by itself, forever: 100 ms after the first loss, then less often, at most 400 ms apart. */
export function openReconnectingSocket(options: ReconnectingSocketOptions): ReconnectingSocket {
  let socket: WebSocket;
  let waitMs = FIRST_WAIT_MS;
  let retry: NodeJS.Timeout | undefined;
  let closing = false;
  let ended: () => void = () => undefined;
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });

  function connect(): void {
    let opened = false;
    let reason = '';
    let silence: NodeJS.Timeout | undefined;
    const current = new WebSocket(options.url, {
      headers: options.headers,
      handshakeTimeout: HANDSHAKE_MS,
      maxPayload: MAX_PAYLOAD,
      perMessageDeflate: false,
      followRedirects: false,
    });
    socket = current;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => {
        reason = 'it fell silent';
        current.terminate();
      }, SILENCE_MS);
    };
    current.on('open', () => {
      opened = true;
      waitMs = FIRST_WAIT_MS;
      heard();
      options.onOpen();
    });
    current.on('ping', heard);
    current.on('message', (data) => {
      heard();
      options.onText(data.toString());
    });
    current.on('error', (error) => {
      reason = error.message;
    });
    current.on('close', (code) => {
      clearTimeout(silence);
      reason ||= `closed with code ${code}`;
      if (opened) options.onLost(reason);
      else if (!closing) options.onFailed(reason);
      if (closing) return ended();
      retry = setTimeout(connect, waitMs);
      waitMs = Math.min(waitMs * GROWTH, LONGEST_WAIT_MS);
    });
  }
  connect();

  const isOpen = () => socket.readyState === WebSocket.OPEN;
  return {
    isOpen,
    send(text) {
      if (!isOpen()) return false;
      socket.send(text);
      return true;
    },
    async close() {
      closing = true;
      clearTimeout(retry);
      if (socket.readyState === WebSocket.CLOSED) return ended();
      // What is on its way still comes; the other side keeps what doesn't, for whoever comes next.
      socket.close(1000);
      const late = setTimeout(() => socket.terminate(), GOODBYE_MS);
      await end;
      clearTimeout(late);
    },
  };
}
