import type { MediaSource, PictureCodec, PictureLayer } from '@chatmux/schema';
import type { Consumer, Producer, RtpCapabilities, WebRtcTransport } from 'mediasoup/types';
import type { RoomRouter } from './room-router.ts';

export type Direction = 'send' | 'receive';

/** What a session needs of a transport: of mediasoup's WebRtcTransport, or of one that measures stand in with. */
export type SessionTransport = Pick<
  WebRtcTransport,
  'id' | 'closed' | 'close' | 'consume' | 'produce' | 'connect' | 'restartIce' | 'iceCandidates'
> & {
  getStats(): Promise<readonly { bytesReceived: number; bytesSent: number }[]>;
};

/** A transport and what its life depends on. */
export interface TransportEntry {
  readonly transport: SessionTransport;
  readonly direction: Direction;
  connecting: boolean;
  /** When ICE was lost, by the monotonic clock in milliseconds; undefined while it is there or not yet tried. */
  iceLostAtMs: number | undefined;
}

export interface ConsumerEntry {
  readonly consumer: Consumer;
  /** Session whose media this is. */
  readonly from: string;
  readonly source: MediaSource;
  readonly openedAtMs: number;
  ready: boolean;
  /** Preferred layer, from 1, and when it was last asked for. */
  layer: number;
  layerSetAtMs: number;
  /** The most of a picture that the browser can use. */
  view: PictureLayer;
  /** Share of a weak line. */
  priority: number;
}

interface FailedOpening {
  failures: number;
  notBeforeMs: number;
}

const BACKOFF_FIRST_MS = 500;
const BACKOFF_MOST_MS = 10_000;

/** One person in one room, and all that is theirs. Who closes whom: LIFECYCLE.md. */
export class Session<Home = RoomRouter> {
  readonly id: string;
  readonly rtpCapabilities: RtpCapabilities;
  /** The router its transports are on. */
  readonly home: Home;
  readonly transports = new Map<Direction, TransportEntry>();
  readonly producers = new Map<MediaSource, Producer>();
  readonly consumers = new Map<string, ConsumerEntry>();
  /** How it would like cameras to be coded. */
  prefers: PictureCodec;
  #failedOpenings = new Map<string, FailedOpening>();
  #closed = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(id: string, rtpCapabilities: RtpCapabilities, home: Home, prefers: PictureCodec = 'vp8') {
    this.id = id;
    this.rtpCapabilities = rtpCapabilities;
    this.home = home;
    this.prefers = prefers;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Runs the task after those given before it have ended; gives its result. */
  inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(task);
    // Only the order is carried on: whoever asked gets the error.
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  transportById(id: string): TransportEntry | undefined {
    return [...this.transports.values()].find(({ transport }) => transport.id === id);
  }

  producerById(id: string): Producer | undefined {
    return [...this.producers.values()].find((producer) => producer.id === id);
  }

  /** Notes that a consumer of this producer could not be opened; each failure doubles the wait, up to ten seconds. */
  openingFailed(producerId: string, nowMs: number): void {
    const failures = (this.#failedOpenings.get(producerId)?.failures ?? 0) + 1;
    const waitMs = Math.min(BACKOFF_FIRST_MS * 2 ** (failures - 1), BACKOFF_MOST_MS);
    this.#failedOpenings.set(producerId, { failures, notBeforeMs: nowMs + waitMs });
  }

  openingWorked(producerId: string): void {
    this.#failedOpenings.delete(producerId);
  }

  /** Producers that are not to be tried yet. Forgets those that `exists` no longer knows. */
  heldBack(nowMs: number, exists: (producerId: string) => boolean): Set<string> {
    const held = new Set<string>();
    for (const [producerId, { notBeforeMs }] of this.#failedOpenings) {
      if (!exists(producerId)) this.#failedOpenings.delete(producerId);
      else if (notBeforeMs > nowMs) held.add(producerId);
    }
    return held;
  }

  /** Closes everything; what hangs on a transport goes with it. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { transport } of this.transports.values()) transport.close();
    this.transports.clear();
    this.producers.clear();
    this.consumers.clear();
  }
}
