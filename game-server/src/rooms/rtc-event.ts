import type { RtcEvent, SfuEvent } from '@chatmux/schema';

/** What a client is told of an event of the SFU: people by their ids instead of sessions, and the epoch. */
export function rtcEventOf(event: SfuEvent, epoch: number): RtcEvent {
  if (event.event === 'camera-codec') return { event: event.event, epoch, codec: event.codec };
  if (!('consumerId' in event)) return { event: 'session-lost', epoch };
  const { consumerId } = event;
  if (event.event !== 'consumer-opened') return { event: event.event, epoch, consumerId };
  const { producerId, source, rtpParameters } = event;
  const from = Number.parseInt(event.from, 10);
  return { event: event.event, epoch, consumerId, producerId, from, source, rtpParameters };
}
