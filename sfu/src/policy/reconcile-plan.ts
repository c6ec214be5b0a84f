import { kindOfSource, type MediaSource, type PictureLayer, type Want } from '@chatmux/schema';
import { priorityOf } from './picture-priority.ts';

/** What a speaker sends. */
export interface SpeakerProducer {
  readonly id: string;
  /** Session that sends it. */
  readonly from: string;
  readonly source: MediaSource;
  /** Quality layers it has, 1 to 3; 1 for sound. */
  readonly layers: number;
  readonly paused: boolean;
  /** Whoever sends it speaks now. */
  readonly speaks: boolean;
}

/** What is open towards a listener. */
export interface OpenConsumer {
  readonly id: string;
  readonly producerId: string;
  /** The browser has confirmed its end. */
  readonly ready: boolean;
  readonly paused: boolean;
  /** Layer preferred now, from 1; 1 for sound. */
  readonly layer: number;
  /** The most the browser can use of it, by how large it is drawn. */
  readonly view: PictureLayer;
  /** Its share of a weak line; 1 for sound. */
  readonly priority: number;
  /** A lower layer has flowed for a while than is asked for. */
  readonly lags: boolean;
  /** The browser has not confirmed it in time. */
  readonly overdue: boolean;
}

export interface Listener {
  readonly session: string;
  /** It has a receive transport and has said what it can decode. */
  readonly canReceive: boolean;
  readonly wants: readonly Want[];
  readonly consumers: readonly OpenConsumer[];
  /** Producers whose opening failed a moment ago. */
  readonly heldBack: ReadonlySet<string>;
}

export interface MediaState {
  readonly producers: readonly SpeakerProducer[];
  readonly listeners: readonly Listener[];
}

export type Action =
  | { readonly do: 'close' | 'pause' | 'resume'; readonly session: string; readonly consumerId: string }
  | {
      readonly do: 'set-layer';
      readonly session: string;
      readonly consumerId: string;
      readonly layer: number;
    }
  | {
      readonly do: 'set-priority';
      readonly session: string;
      readonly consumerId: string;
      readonly priority: number;
    }
  | { readonly do: 'open'; readonly session: string; readonly producerId: string; readonly layer: number }
  | {
      readonly do: 'pause-producer' | 'resume-producer';
      readonly session: string;
      readonly producerId: string;
    };

const ORDER = [
  'close',
  'pause',
  'set-layer',
  'set-priority',
  'resume-producer',
  'resume',
  'open',
  'pause-producer',
] as const;

/** Says what to do so that what exists becomes what the plans want. The rules are in SPEC.md. */
export function reconcilePlan(state: MediaState): Action[] {
  const producersById = new Map(state.producers.map((producer) => [producer.id, producer]));
  const producersByOwner = Map.groupBy(state.producers, (producer) => producer.from);
  const played = new Set<string>();
  const actions: Action[] = [];

  for (const listener of state.listeners) {
    const wants = new Map(listener.wants.map((want) => [want.from, want]));
    wants.delete(listener.session);
    const kept = keepOrClose(listener, wants, producersById, actions);
    for (const want of wants.values()) {
      for (const producer of producersByOwner.get(want.from) ?? []) {
        const consumer = kept.get(producer.id);
        if (isPlaying(want, producer, consumer?.view)) played.add(producer.id);
        if (consumer) adjust(listener.session, consumer, want, producer, actions);
        else if (listener.canReceive && !listener.heldBack.has(producer.id)) {
          actions.push({
            do: 'open',
            session: listener.session,
            producerId: producer.id,
            layer: layerOf(want, producer) ?? 1,
          });
        }
      }
    }
  }
  for (const { id, from, paused } of state.producers) {
    if (paused === played.has(id)) {
      actions.push({ do: paused ? 'resume-producer' : 'pause-producer', session: from, producerId: id });
    }
  }
  return actions.sort((a, b) => ORDER.indexOf(a.do) - ORDER.indexOf(b.do));
}

/** Closes what has no place any more; gives what stays, by producer. */
function keepOrClose(
  listener: Listener,
  wants: ReadonlyMap<string, Want>,
  producers: ReadonlyMap<string, SpeakerProducer>,
  actions: Action[],
): Map<string, OpenConsumer> {
  const kept = new Map<string, OpenConsumer>();
  const close = (consumerId: string) => actions.push({ do: 'close', session: listener.session, consumerId });
  for (const consumer of listener.consumers) {
    const producer = producers.get(consumer.producerId);
    const wanted = producer !== undefined && wants.has(producer.from);
    const other = kept.get(consumer.producerId);
    if (!wanted || (consumer.overdue && !consumer.ready)) close(consumer.id);
    else if (other && (other.ready || !consumer.ready)) close(consumer.id);
    else {
      if (other) close(other.id);
      kept.set(consumer.producerId, consumer);
    }
  }
  return kept;
}

function adjust(
  session: string,
  consumer: OpenConsumer,
  want: Want,
  producer: SpeakerProducer,
  actions: Action[],
): void {
  const playing = isPlaying(want, producer, consumer.view);
  const layer = layerOf(want, producer, consumer.view);
  if (layer !== undefined && (layer !== consumer.layer || consumer.lags)) {
    actions.push({ do: 'set-layer', session, consumerId: consumer.id, layer });
  }
  const priority = layer === undefined ? consumer.priority : priorityOf(producer, layer);
  if (consumer.ready && priority !== consumer.priority)
    actions.push({ do: 'set-priority', session, consumerId: consumer.id, priority });
  if (playing && consumer.paused && consumer.ready)
    actions.push({ do: 'resume', session, consumerId: consumer.id });
  if (!playing && !consumer.paused) actions.push({ do: 'pause', session, consumerId: consumer.id });
}

/** @param view the most of a picture that is of use; all of it while nothing is said */
function isPlaying(want: Want, producer: SpeakerProducer, view: PictureLayer = 3): boolean {
  switch (producer.source) {
    case 'mic':
      return want.audio;
    case 'cam':
      return want.video > 0 && view > 0;
    case 'screen':
      return want.screen > 0 && view > 0;
    case 'screen-audio':
      return want.screen === 2;
  }
}

/** Layer wanted of a picture, clipped to what it has and what is of use; undefined where none is asked for. */
function layerOf(want: Want, producer: SpeakerProducer, view: PictureLayer = 3): number | undefined {
  if (kindOfSource[producer.source] === 'audio' || !isPlaying(want, producer, view)) return undefined;
  const wanted = producer.source === 'screen' ? 3 : want.video;
  // Of a picture with fewer sizes the lower views leave out those above.
  return Math.min(wanted, view, producer.layers);
}
