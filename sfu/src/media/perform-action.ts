import type { SfuEvent } from '@chatmux/schema';
import type { Consumer } from 'mediasoup/types';
import type { Action } from '../policy/reconcile-plan.ts';
import type { ConsumerEntry, Session } from './session.ts';

/** An event without the room, which only the room knows. */
export type RoomEvent = SfuEvent extends infer E ? (E extends unknown ? Omit<E, 'room'> : never) : never;

/** What an action needs of its room. */
interface ActingRoom {
  readonly sessions: ReadonlyMap<string, Session>;
  readonly around: { readonly now: () => number };
  emit(event: RoomEvent): void;
  watchConsumer(session: Session, consumer: Consumer): void;
}

/** Does one action of the plan. What it names may have gone meanwhile; then there is nothing to do. */
export async function performAction(room: ActingRoom, action: Action): Promise<void> {
  const session = room.sessions.get(action.session);
  if (!session) return;
  switch (action.do) {
    case 'open':
      return openConsumer(room, session, action.producerId, action.layer);
    case 'pause-producer':
      return session.producerById(action.producerId)?.pause();
    case 'resume-producer':
      return session.producerById(action.producerId)?.resume();
    default: {
      const entry = session.consumers.get(action.consumerId);
      if (entry) await adjustConsumer(room, session, entry, action);
    }
  }
}

type ConsumerAction = Extract<Action, { readonly consumerId: string }>;

async function adjustConsumer(
  room: ActingRoom,
  session: Session,
  entry: ConsumerEntry,
  action: ConsumerAction,
): Promise<void> {
  const { consumer } = entry;
  switch (action.do) {
    case 'close':
      return consumer.close();
    case 'pause':
      await consumer.pause();
      if (!consumer.closed)
        room.emit({ event: 'consumer-paused', session: session.id, consumerId: consumer.id });
      return;
    case 'resume':
      // mediasoup asks the camera for a key frame by itself when a consumer goes on.
      await consumer.resume();
      if (!consumer.closed)
        room.emit({ event: 'consumer-resumed', session: session.id, consumerId: consumer.id });
      return;
    case 'set-layer':
      await consumer.setPreferredLayers({ spatialLayer: action.layer - 1 });
      entry.layer = action.layer;
      entry.layerSetAtMs = room.around.now();
      return;
    case 'set-priority':
      await consumer.setPriority(action.priority);
      entry.priority = action.priority;
  }
}

/** Opens a consumer, paused, and tells the listener. A failure holds the producer back for a while. */
async function openConsumer(
  room: ActingRoom,
  session: Session,
  producerId: string,
  layer: number,
): Promise<void> {
  const receive = session.transports.get('receive');
  const speaker = [...room.sessions.values()].find((other) => other.producerById(producerId));
  const producer = speaker?.producerById(producerId);
  if (!receive || !speaker || !producer) return;
  const source = [...speaker.producers].find(([, one]) => one === producer)?.[0];
  if (!source) return;
  const { rtpCapabilities } = session;
  try {
    await session.home.pipes.bring(producer, speaker.home.router);
    if (!session.home.router.canConsume({ producerId, rtpCapabilities })) {
      throw new Error(`the browser of ${session.id} can’t decode the ${source} of ${speaker.id}`);
    }
    const layers = producer.type === 'simple' ? {} : { preferredLayers: { spatialLayer: layer - 1 } };
    const consumer = await receive.transport.consume({
      producerId,
      rtpCapabilities,
      paused: true,
      ...layers,
    });
    const gone =
      session.closed || producer.closed || consumer.closed || session.transports.get('receive') !== receive;
    if (gone) return consumer.close();
    session.openingWorked(producerId);
    const openedAtMs = room.around.now();
    session.consumers.set(consumer.id, {
      consumer,
      from: speaker.id,
      source,
      openedAtMs,
      ready: false,
      layer,
      layerSetAtMs: openedAtMs,
      view: 3,
      priority: consumer.priority,
    });
    room.watchConsumer(session, consumer);
    room.emit({
      event: 'consumer-opened',
      session: session.id,
      consumerId: consumer.id,
      producerId,
      from: speaker.id,
      source,
      rtpParameters: consumer.rtpParameters,
    });
  } catch (error) {
    const gone = session.closed || producer.closed || receive.transport.closed;
    if (gone) return;
    session.openingFailed(producerId, room.around.now());
    throw error;
  }
}
