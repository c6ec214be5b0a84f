import { kindOfSource, type MediaSource, type Want } from '@chatmux/schema';
import { parseScalabilityMode } from 'mediasoup';
import type { Consumer, Producer } from 'mediasoup/types';
import type { MediaState } from '../policy/reconcile-plan.ts';
import { MOST_LAYERS } from './codecs.ts';
import type { Session } from './session.ts';

interface Described {
  readonly sessions: ReadonlyMap<string, Session>;
  readonly wants: ReadonlyMap<string, readonly Want[]>;
  /** Says whether a session speaks now. */
  readonly speaks: (session: string) => boolean;
}

/**
 * What exists in a room, as the plan's rules see it.
 * @param readyMs how long a browser may take to confirm a consumer
 */
export function describeRoom(room: Described, nowMs: number, readyMs: number): MediaState {
  const producers = [...room.sessions.values()].flatMap((session) =>
    [...session.producers].map(([source, producer]) => ({
      id: producer.id,
      from: session.id,
      source,
      layers: layersOf(source, producer),
      paused: producer.paused,
      speaks: room.speaks(session.id),
    })),
  );
  const ids = new Set(producers.map(({ id }) => id));
  const listeners = [...room.sessions.values()].map((session) => ({
    session: session.id,
    canReceive: session.transports.has('receive'),
    wants: room.wants.get(session.id) ?? [],
    consumers: [...session.consumers.values()].map(
      ({ consumer, ready, layer, layerSetAtMs, openedAtMs, view, priority }) => ({
        id: consumer.id,
        producerId: consumer.producerId,
        ready,
        paused: consumer.paused,
        layer,
        view,
        priority,
        lags: nowMs - layerSetAtMs > REMIND_MS && isBehind(consumer, layer),
        overdue: !ready && nowMs - openedAtMs > readyMs,
      }),
    ),
    heldBack: session.heldBack(nowMs, (id) => ids.has(id)),
  }));
  return { producers, listeners };
}

/** A layer that was asked for and did not come is asked for again after this long. */
const REMIND_MS = 3000;

/** True while a lower layer flows than is asked for: a new one is looked at only when something changes. */
const isBehind = ({ paused, currentLayers }: Consumer, layer: number) =>
  !paused && currentLayers !== undefined && currentLayers.spatialLayer < layer - 1;

function layersOf(source: MediaSource, producer: Producer): number {
  if (kindOfSource[source] === 'audio') return 1;
  const encodings = producer.rtpParameters.encodings ?? [];
  const spatial = parseScalabilityMode(encodings[0]?.scalabilityMode).spatialLayers;
  return Math.min(Math.max(encodings.length, spatial, 1), MOST_LAYERS[source]);
}
