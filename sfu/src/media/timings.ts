/** Times of the SFU, in milliseconds. Tests shorten them. */
export interface SfuTimings {
  /** Between two passes that look after everything. */
  readonly healMs: number;
  /** A room outlives the connection of its game server by this. */
  readonly orphanMs: number;
  /** A room nobody has joined is kept for this. */
  readonly unusedRoomMs: number;
  /** The browser has this long to confirm a consumer. */
  readonly readyMs: number;
  /** A transport without ICE is kept for this, so that an ICE restart can save it. */
  readonly iceLostMs: number;
  /** Between two pings of a game server; two without an answer end the connection. */
  readonly pingMs: number;
  /** Before a deploy sessions may go on for this long. */
  readonly drainMs: number;
}

export const DEFAULT_TIMINGS: SfuTimings = {
  healMs: 1000,
  orphanMs: 10_000,
  unusedRoomMs: 10_000,
  readyMs: 10_000,
  iceLostMs: 15_000,
  pingMs: 5000,
  drainMs: 1000,
};
