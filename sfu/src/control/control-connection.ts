import {
  type SfuEvent,
  type SfuFrame,
  type SfuRequest,
  type SfuRoomEvent,
  type SfuServiceEvent,
  sfuRequestFrameSchema,
  toProblem,
} from '@chatmux/schema';
import type { RawData, WebSocket } from 'ws';
import { z } from 'zod';
import { type Log, wordsOf } from '../logger.ts';
import type { Link } from './room-links.ts';

/** A game server that doesn't read is cut off at this many bytes, so that it can't fill our memory. */
const MOST_UNSENT_BYTES = 64 * 1024 * 1024;
const MOST_MISSED_PINGS = 2;

const numbered = z.object({ id: z.int().min(0) });

/** One game server, connected. */
export class ControlConnection implements Link {
  readonly #socket: WebSocket;
  readonly #log: Log;
  readonly #handle: (request: SfuRequest, connection: ControlConnection) => Promise<unknown>;
  #missedPings = 0;

  constructor(
    socket: WebSocket,
    log: Log,
    handle: (request: SfuRequest, connection: ControlConnection) => Promise<unknown>,
    onClosed: () => void,
  ) {
    this.#socket = socket;
    this.#log = log;
    this.#handle = handle;
    socket.on('message', (data, isBinary) => void this.#receive(data, isBinary));
    socket.on('pong', () => {
      this.#missedPings = 0;
    });
    socket.on('error', (error) => log.warn('a control connection failed', { reason: error.message }));
    socket.once('close', (code) => {
      log.info('a game server is gone', { code });
      onClosed();
    });
  }

  send(event: SfuEvent | SfuRoomEvent | SfuServiceEvent): boolean {
    return this.#write({ event });
  }

  /** Ends the connection when the pings before went unanswered. */
  ping(): void {
    if (this.#missedPings >= MOST_MISSED_PINGS) {
      this.#socket.terminate();
      return;
    }
    this.#missedPings += 1;
    this.#socket.ping();
  }

  close(): void {
    this.#socket.close(1001);
  }

  /** Answers one frame. What has no number can't be answered, only logged. Never rejects. */
  async #receive(data: RawData, isBinary: boolean): Promise<void> {
    const value = isBinary ? undefined : parseJson(data.toString());
    const id = numbered.safeParse(value).data?.id;
    try {
      const frame = sfuRequestFrameSchema.parse(value);
      this.#write({ id: frame.id, ok: true, data: await this.#handle(frame.request, this) });
    } catch (error) {
      const problem = toProblem(error);
      if (problem.code === 'internal') this.#log.error('a request failed', { id, reason: wordsOf(error) });
      else if (id === undefined)
        this.#log.warn('a frame without a number can’t be read', { reason: problem.message });
      if (id !== undefined) this.#write({ id, ok: false, problem });
    }
  }

  #write(frame: SfuFrame): boolean {
    if (this.#socket.readyState !== this.#socket.OPEN) return false;
    if (this.#socket.bufferedAmount > MOST_UNSENT_BYTES) {
      this.#log.error('a game server doesn’t read what it is sent and is cut off');
      this.#socket.terminate();
      return false;
    }
    this.#socket.send(JSON.stringify(frame));
    return true;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON is no frame: the schema says so.
    return undefined;
  }
}
