import {
  kindOfSource,
  type MediaSource,
  type PictureCodec,
  ProblemError,
  type RtcReplies,
  type RtcRequest,
} from '@chatmux/schema';
import type { Producer, RtpParameters } from 'mediasoup/types';
import { offeredCapabilities } from './bandwidth-feedback.ts';
import { readDtlsParameters, readRtpCapabilities, readRtpParameters, refusingBadBlocks } from './blocks.ts';
import { initialOutgoingBitrate, MAX_INCOMING_BITRATE, MOST_LAYERS } from './codecs.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';
import type { Direction, Session, TransportEntry } from './session.ts';

type Reply = RtcReplies[RtcRequest['method']];
type Request<M extends RtcRequest['method']> = Extract<RtcRequest, { method: M }>;

/** Does what a browser asks for. Requests of one session run one after the other. Throws ProblemErrors. */
export async function handleRtc(
  rooms: Rooms,
  roomId: string,
  sessionId: string,
  request: RtcRequest,
): Promise<Reply> {
  if (request.method === 'capabilities') {
    const { routers } = await rooms.getOrOpen(roomId);
    return { rtpCapabilities: offeredCapabilities(routers.rtpCapabilities, rooms.givesFeedback) };
  }
  if (request.method === 'join') {
    const rtpCapabilities = readRtpCapabilities(request.rtpCapabilities);
    await rooms.join(roomId, sessionId, rtpCapabilities, request.prefers);
    return {};
  }
  const { room, session } = rooms.session(roomId, sessionId);
  return session.inTurn(() => {
    refuseIfClosed(session);
    switch (request.method) {
      case 'create-transport':
        return createTransport(room, session, request.direction);
      case 'connect-transport':
        return connectTransport(ownTransport(rooms, session, request.transportId), request);
      case 'restart-ice':
        return restartIce(ownTransport(rooms, session, request.transportId));
      case 'produce':
        return produce(room, session, ownTransport(rooms, session, request.transportId), request);
      case 'close-producer':
        return closeProducer(
          own(rooms, session.producerById(request.producerId), request.producerId, 'producer'),
        );
      case 'consumer-ready':
        return consumerReady(rooms, room, session, request.consumerId);
      case 'views':
        return setViews(rooms, room, session, request.views);
      case 'prefer':
        return prefer(room, session, request.codec);
    }
  });
}

async function createTransport(room: Room, session: Session, direction: Direction): Promise<Reply> {
  room.count(session.id, `${direction} transport`);
  session.transports.get(direction)?.transport.close();
  const { router, worker } = session.home;
  const transport = await router.createWebRtcTransport({
    webRtcServer: worker.webRtcServer,
    enableUdp: true,
    enableTcp: true,
    preferUdp: true,
    initialAvailableOutgoingBitrate: initialOutgoingBitrate(worker.givesFeedback),
  });
  if (direction === 'send' && !session.closed) await transport.setMaxIncomingBitrate(MAX_INCOMING_BITRATE);
  if (session.closed) transport.close();
  refuseIfClosed(session);
  room.watchTransport(session, direction, transport);
  const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
  return { id, iceParameters, iceCandidates, dtlsParameters };
}

async function connectTransport(
  entry: TransportEntry,
  request: Request<'connect-transport'>,
): Promise<Reply> {
  const dtlsParameters = readDtlsParameters(request.dtlsParameters);
  if (entry.connecting) throw new ProblemError('bad-message', 'This transport has its keys already.');
  entry.connecting = true;
  try {
    await refusingBadBlocks('key of the transport', () => entry.transport.connect({ dtlsParameters }));
  } catch (error) {
    entry.connecting = false;
    throw error;
  }
  return {};
}

async function restartIce({ transport }: TransportEntry): Promise<Reply> {
  return { iceParameters: await transport.restartIce() };
}

async function produce(
  room: Room,
  session: Session,
  entry: TransportEntry,
  request: Request<'produce'>,
): Promise<Reply> {
  if (entry.direction !== 'send')
    throw new ProblemError('bad-message', 'Media can be sent over the send transport only.');
  const { source } = request;
  const kind = kindOfSource[source];
  const rtpParameters = readRtpParameters(request.rtpParameters);
  checkKind(rtpParameters, source);
  // Each new one is told to everybody in earshot, who build and tear down for it.
  room.count(session.id, source);
  // The old one goes first: two producers with one mid or stream number can't share a transport.
  session.producers.get(source)?.close();
  // It starts paused: the plan says whether anybody wants it.
  const producer = await refusingBadBlocks('media sent', () =>
    entry.transport.produce({ kind, rtpParameters, paused: true }),
  );
  if (session.closed || entry.transport.closed) producer.close();
  refuseIfClosed(session);
  if (producer.closed) throw new ProblemError('not-found', 'The transport was closed meanwhile.');
  room.watchProducer(session, source, producer);
  return { id: producer.id };
}

async function closeProducer(producer: Producer): Promise<Reply> {
  producer.close();
  return {};
}

async function consumerReady(rooms: Rooms, room: Room, session: Session, consumerId: string): Promise<Reply> {
  own(rooms, session.consumers.get(consumerId), consumerId, 'consumer').ready = true;
  room.requestPass();
  return {};
}

/** [RP18] One that has gone meanwhile is left out: the browser hears of that by itself. */
async function setViews(
  rooms: Rooms,
  room: Room,
  session: Session,
  views: Request<'views'>['views'],
): Promise<Reply> {
  if (views.some(({ consumerId }) => !session.consumers.has(consumerId) && rooms.isOwned(consumerId)))
    throw new ProblemError('not-yours', 'This consumer is not yours.');
  const said = new Map(views.map(({ consumerId, most }) => [consumerId, most]));
  for (const [id, entry] of session.consumers) entry.view = said.get(id) ?? 3;
  room.requestPass();
  return {};
}

/** [SC] Whether it is done so is for all to say who see one another. */
async function prefer(room: Room, session: Session, codec: PictureCodec): Promise<Reply> {
  if (codec !== session.prefers) {
    // Everybody who sees this one may have to send anew.
    room.count(session.id, 'preference');
    session.prefers = codec;
    room.requestPass();
  }
  return {};
}

function checkKind({ codecs, encodings }: RtpParameters, source: MediaSource): void {
  const kind = kindOfSource[source];
  if (codecs.some(({ mimeType }) => !mimeType.toLowerCase().startsWith(`${kind}/`))) {
    throw new ProblemError('bad-message', `The ${source} sends ${kind} and nothing else.`);
  }
  const most = MOST_LAYERS[source];
  if ((encodings?.length ?? 0) > most)
    throw new ProblemError('bad-message', `The ${source} has at most ${most} encodings.`);
}

function ownTransport(rooms: Rooms, session: Session, id: string): TransportEntry {
  return own(rooms, session.transportById(id), id, 'transport');
}

/** The session's own object; `not-yours` when it is somebody else's, `not-found` when it is nobody's. */
function own<T>(rooms: Rooms, found: T | undefined, id: string, what: string): T {
  if (found !== undefined) return found;
  if (rooms.isOwned(id)) throw new ProblemError('not-yours', `This ${what} is not yours.`);
  throw new ProblemError('not-found', `This ${what} does not exist any more.`);
}

function refuseIfClosed(session: Session): void {
  if (session.closed) throw new ProblemError('not-found', 'The media session was closed meanwhile.');
}
