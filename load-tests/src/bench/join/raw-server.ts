import type { Consumer, Producer, Router, WebRtcTransport } from 'mediasoup/types';
import type { Page } from 'playwright-core';
import { createLogger } from '../../../../sfu/src/logger.ts';
import { MEDIA_CODECS } from '../../../../sfu/src/media/codecs.ts';
import { startMediaWorker } from '../../../../sfu/src/media/media-worker.ts';
import { freeMediaPort } from '../../../../sfu/src/testing/sfu-under-test.ts';
import type { RawRequest } from './join-page.ts';

/** mediasoup alone, with the worker, the port and the codecs of our service, and pages that ask it. */
export async function startRawServer() {
  const listen = [{ ip: '127.0.0.1', announced: undefined }];
  const media = await startMediaWorker({ port: await freeMediaPort(), listen }, createLogger('error'));
  const router: Router = await media.worker.createRouter({ mediaCodecs: MEDIA_CODECS });
  const transports = new Map<string, WebRtcTransport>();
  const consumers = new Map<string, Consumer>();
  let producer: Producer | undefined;

  const transportOf = (id: string) => {
    const transport = transports.get(id);
    if (!transport) throw new Error(`there is no transport ${id}`);
    return transport;
  };
  async function answer(request: RawRequest): Promise<unknown> {
    switch (request.method) {
      case 'capabilities':
        return router.rtpCapabilities;
      case 'create-transport': {
        const transport = await router.createWebRtcTransport({ webRtcServer: media.webRtcServer });
        transports.set(transport.id, transport);
        const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
        return { id, iceParameters, iceCandidates, dtlsParameters };
      }
      case 'connect-transport':
        return transportOf(request.transportId).connect({ dtlsParameters: request.dtlsParameters });
      case 'produce':
        producer = await transportOf(request.transportId).produce({
          kind: 'audio',
          rtpParameters: request.rtpParameters,
        });
        return { id: producer.id };
      case 'consume': {
        if (!producer) throw new Error('nobody speaks');
        const consumer = await transportOf(request.transportId).consume({
          producerId: producer.id,
          rtpCapabilities: request.rtpCapabilities,
        });
        consumers.set(consumer.id, consumer);
        const { id, producerId, kind, rtpParameters } = consumer;
        return { id, producerId, kind, rtpParameters };
      }
      case 'close-consumer':
        consumers.get(request.consumerId)?.close();
        consumers.delete(request.consumerId);
        return undefined;
    }
  }

  return {
    serve: (page: Page) => page.exposeFunction('askRaw', answer),
    close: media.close,
  };
}
