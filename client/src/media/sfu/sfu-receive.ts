import {
  kindOfSource,
  MAX_VIEWS,
  type MediaSource,
  type PersonId,
  ProblemError,
  type RtcEvent,
} from '@chatmux/schema';
import type { types } from 'mediasoup-client';
import { backoffMs, createLastWish } from '../last-wish.ts';
import type { PathCallbacks } from '../path.ts';
import type { Views } from '../views.ts';
import { type AskSfu, OverError, rtpParametersOf } from './sfu-requests.ts';

/**
 * A face that ends stays this long, as its last picture: another codec is another consumer, and it is there in a moment.
 * Who says that their camera is off is not shown (`sends` in people.ts).
 */
const LINGER_MS = 1500;

interface Entry {
  readonly from: PersonId;
  readonly source: MediaSource;
  consumer: types.Consumer | undefined;
  /** Every consumer begins paused; the server says when it flows. */
  flowing: boolean;
}

/** What the media server sends us. */
export interface SfuReceiver {
  handleEvent(event: Exclude<RtcEvent, { event: 'session-lost' | 'camera-codec' }>): void;
  /** The server is told what is of use to us whenever that changes, and of each picture that is new. */
  setViews(views: Views): void;
  /** Takes back everything that was offered; the transport closes the rest. */
  withdraw(): void;
}

/**
 * @param onFailure told of every failure. Nothing is tried again here: a consumer that is not confirmed in time is
 *   opened anew by the server
 * @param onBroken the transport can receive nothing new any more: what it failed on stays in its description
 */
export function createSfuReceiver(
  transport: types.Transport,
  ask: AskSfu,
  onIncoming: PathCallbacks['onIncoming'],
  onFailure: (what: string, error: unknown) => void,
  onBroken: (reason: string) => void,
): SfuReceiver {
  const entries = new Map<string, Entry>();
  /** Which consumer stands for a person's voice or picture now: one may open before the one it replaces closes. */
  const offered = new Map<string, { readonly id: string; readonly takeBack: () => void }>();
  const placeOf = ({ from, source }: Entry) => `${source} ${from}`;
  /** By place: closes the consumer that lingers there. */
  const lingering = new Map<string, () => void>();

  let views: Views = new Map();
  let said = '';

  const viewReports = createLastWish<void>(
    async () => {
      const list = [...entries].flatMap(([consumerId, { from, source, consumer }]) => {
        const view = views.get(from);
        if (!view || !consumer || (source !== 'cam' && source !== 'screen')) return [];
        return view[source] < 3 ? [{ consumerId, most: view[source] }] : [];
      });
      const report = JSON.stringify(list);
      if (report === said) return;
      await ask('views', { views: list.slice(0, MAX_VIEWS) });
      said = report;
    },
    (error, failures) => {
      if (error instanceof OverError) return undefined;
      onFailure('saying how large pictures are drawn', error);
      return backoffMs(failures);
    },
  );

  function offer(id: string, entry: Entry): void {
    const { consumer, flowing } = entry;
    if (!consumer) return;
    const { track, rtpReceiver: receiver } = consumer;
    const place = placeOf(entry);
    const before = lingering.get(place);
    if (before && (!flowing || track.muted)) {
      // A remote track is muted until its first packet has come.
      track.onunmute = () => entries.get(id) === entry && offer(id, entry);
      return;
    }
    track.onunmute = null;
    const takeBack = () => {
      offered.delete(place);
      onIncoming(entry.from, entry.source, undefined);
    };
    offered.set(place, { id, takeBack });
    onIncoming(entry.from, entry.source, { track, flowing, receiver, label: id });
    // Not before: a stream without a track that lives is over.
    before?.();
  }

  function takeBack(id: string, entry: Entry): void {
    const standing = offered.get(placeOf(entry));
    if (standing?.id === id) standing.takeBack();
  }

  /** It is gone at the server; where its successor is not there in time, here as well. */
  function linger(id: string, entry: Entry): void {
    const place = placeOf(entry);
    lingering.get(place)?.();
    const close = () => {
      clearTimeout(timer);
      lingering.delete(place);
      entry.consumer?.close();
    };
    const timer = setTimeout(() => {
      close();
      takeBack(id, entry);
      const successors = [...entries].filter(([, other]) => placeOf(other) === place);
      for (const [next, other] of successors) if (!other.flowing) offer(next, other);
      for (const [next, other] of successors) if (other.flowing) offer(next, other);
    }, LINGER_MS);
    lingering.set(place, close);
  }

  async function open(event: Extract<RtcEvent, { event: 'consumer-opened' }>): Promise<void> {
    const { consumerId, producerId, from, source } = event;
    const entry: Entry = { from, source, consumer: undefined, flowing: false };
    entries.set(consumerId, entry);
    const consumer = await transport.consume({
      id: consumerId,
      producerId,
      kind: kindOfSource[source],
      rtpParameters: rtpParametersOf(event.rtpParameters),
      // Sound and picture are not held together: a late picture must not hold back the voice.
      streamId: `${source}-${from}`,
    });
    if (entries.get(consumerId) !== entry) return consumer.close();
    entry.consumer = consumer;
    offer(consumerId, entry);
    viewReports.wish();
    try {
      await ask('consumer-ready', { consumerId });
    } catch (error) {
      // Closed while the question was on its way.
      const gone = error instanceof ProblemError && error.code === 'not-found';
      if (!gone) throw error;
    }
  }

  function fail({ source, from }: { source: MediaSource; from: PersonId }, error: unknown): void {
    onFailure(`receiving the ${source} of person ${from}`, error);
    if (error instanceof DOMException) onBroken(`the ${source} of person ${from} could not be received`);
  }

  return {
    handleEvent(event) {
      if (event.event === 'consumer-opened') {
        open(event).catch((error: unknown) => fail(event, error));
        return;
      }
      const { consumerId } = event;
      const entry = entries.get(consumerId);
      if (!entry) return;
      if (event.event === 'consumer-closed') {
        entries.delete(consumerId);
        if (entry.source === 'cam' && entry.flowing && offered.get(placeOf(entry))?.id === consumerId)
          return linger(consumerId, entry);
        takeBack(consumerId, entry);
        entry.consumer?.close();
        return;
      }
      entry.flowing = event.event === 'consumer-resumed';
      // The pause of one that was replaced says nothing about the one that stands there now.
      const standing = offered.get(placeOf(entry))?.id;
      if (entry.flowing || standing === undefined || standing === consumerId) offer(consumerId, entry);
    },
    setViews(next) {
      views = next;
      viewReports.wish();
    },
    withdraw() {
      viewReports.close();
      for (const close of [...lingering.values()]) close();
      for (const one of [...offered.values()]) one.takeBack();
      entries.clear();
    },
  };
}
