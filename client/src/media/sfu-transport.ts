import { MEDIA_SOURCES, type MediaMessage } from '@chatmux/schema';
import type { types } from 'mediasoup-client';
import { createIceCare } from './ice-care.ts';
import { toIceServers } from './path.ts';
import type { AskSfu } from './sfu-requests.ts';

/** A transport at both ends, and who looks after it. */
export interface SfuTransport {
  transport: types.Transport;
  close(): void;
}

/**
 * Makes a transport at the server and its other half here. It connects by itself when it is first used, and restarts
 * ICE when it loses its way.
 * @param onLost called once, when it can't be saved
 */
export async function openSfuTransport(
  direction: 'send' | 'receive',
  device: types.Device,
  iceServers: MediaMessage['iceServers'],
  ask: AskSfu,
  onLost: (reason: string) => void,
): Promise<SfuTransport> {
  const remote = await ask('create-transport', { direction });
  const options: types.TransportOptions = { ...remote, iceServers: toIceServers(iceServers) };
  const transport =
    direction === 'send' ? device.createSendTransport(options) : device.createRecvTransport(options);

  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    ask('connect-transport', { transportId: transport.id, dtlsParameters }).then(() => done(), failed);
  });
  transport.on('produce', ({ rtpParameters, appData }, done, failed) => {
    const source = MEDIA_SOURCES.find((known) => known === appData.source);
    if (!source) return failed(new Error('a producer without a source'));
    ask('produce', { transportId: transport.id, source, rtpParameters }).then(done, failed);
  });

  const care = createIceCare(
    async () => {
      const { iceParameters } = await ask('restart-ice', { transportId: transport.id });
      await transport.restartIce({ iceParameters });
    },
    (reason) => onLost(`${direction} transport: ${reason}`),
  );
  transport.on('connectionstatechange', (state) => care.observe(state));

  return {
    transport,
    close() {
      care.close();
      transport.close();
    },
  };
}
