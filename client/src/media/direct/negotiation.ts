import type { Milliseconds, Signal } from '@chatmux/schema';

type Description = NonNullable<Signal['description']>;

export interface NegotiationOptions {
  connection: RTCPeerConnection;
  /** Gives way when two offers cross. */
  polite: boolean;
  send(description: Description): void;
  /** What of the other side's description is applied. */
  read(sdp: string): string;
  /** An offer was applied and is answered next. */
  onOffer(): void;
  onProblem(what: string, error: unknown): void;
}

/** Two sides of one connection agree on what goes over it. */
export interface Negotiation {
  /** Offers what we have now, unless something is being agreed on: then the browser asks again afterwards. */
  offer(): void;
  /** @returns whether it was applied; rejects when the browser can't apply it, and this connection is lost then */
  take(description: Description): Promise<boolean>;
  /** Sends the open offer again: the other side has not seen it. */
  offerAgain(): void;
  /** Runs a step while nothing is applied or made: what it read is still true when it writes. */
  alone<T>(step: () => Promise<T>): Promise<T>;
  /** The last offer of the other side was not taken, so its candidates fit nothing. */
  readonly ignoring: boolean;
  close(): void;
}

/** An offer that nobody answered is sent again after so long, then after twice as long, up to the longest. */
const AGAIN_MS: Milliseconds = 2000;
const MOST_AGAIN_MS: Milliseconds = 8000;

/**
 * Perfect negotiation (WebRTC 1.0, section 10.7) over a line that may lose and repeat.
 *
 * - [NG1] One step at a time: a description is applied and answered before the next one is looked at or made.
 * - [NG2] Offers are numbered, and an answer names its offer. An answer to another than the open offer is dropped: applied
 *   to a later one, it would put what both sides agreed on out of order for good.
 * - [NG3] An offer that was answered and comes again gets the same answer; an older one gets none.
 * - [NG4] When offers cross, the impolite side's stands.
 */
export function createNegotiation(options: NegotiationOptions): Negotiation {
  const { connection, polite, send, read, onOffer, onProblem } = options;
  let inTurn: Promise<unknown> = Promise.resolve();
  let made = 0;
  let answer: Description | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let ignoring = false;
  let closed = false;

  function queue<T>(step: () => Promise<T>): Promise<T> {
    const result = inTurn.then(step);
    inTurn = result.catch(() => undefined);
    return result;
  }

  const isOpen = () => !closed && connection.signalingState === 'have-local-offer';

  function sendOffer(waitMs: Milliseconds): void {
    clearTimeout(again);
    if (!isOpen()) return;
    send({ type: 'offer', sdp: connection.localDescription?.sdp ?? '', offer: made });
    again = setTimeout(() => sendOffer(Math.min(2 * waitMs, MOST_AGAIN_MS)), waitMs);
  }

  async function makeOffer(): Promise<void> {
    if (closed || connection.signalingState !== 'stable') return;
    await connection.setLocalDescription();
    made += 1;
    sendOffer(AGAIN_MS);
  }

  async function takeAnswer({ sdp, offer }: Description): Promise<boolean> {
    if (!isOpen() || offer !== made) return false;
    await connection.setRemoteDescription({ type: 'answer', sdp: read(sdp) });
    clearTimeout(again);
    return true;
  }

  async function takeOffer({ sdp, offer }: Description): Promise<boolean> {
    if (answer && offer <= answer.offer) {
      if (offer === answer.offer) send(answer);
      return false;
    }
    ignoring = !polite && connection.signalingState !== 'stable';
    if (ignoring) return false;
    await connection.setRemoteDescription({ type: 'offer', sdp: read(sdp) });
    onOffer();
    await connection.setLocalDescription();
    if (closed) return false;
    answer = { type: 'answer', sdp: connection.localDescription?.sdp ?? '', offer };
    send(answer);
    return true;
  }

  return {
    offer() {
      queue(makeOffer).catch((error: unknown) => {
        if (!closed) onProblem('an offer could not be made', error);
      });
    },
    take: (description) =>
      queue(async () => {
        if (closed) return false;
        return description.type === 'offer' ? takeOffer(description) : takeAnswer(description);
      }),
    offerAgain() {
      // One that is being made is sent by itself.
      if (isOpen()) sendOffer(AGAIN_MS);
    },
    alone: queue,
    get ignoring() {
      return ignoring;
    },
    close() {
      closed = true;
      clearTimeout(again);
    },
  };
}
