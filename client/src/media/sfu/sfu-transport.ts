import { MEDIA_SOURCES, type MediaMessage, type Milliseconds } from '@chatmux/schema';
import type { types } from 'mediasoup-client';
import { toIceServers } from '../path.ts';
import { startPatience } from '../patience.ts';
import { createIceCare } from '../ways/ice-care.ts';
import type { AskSfu } from './sfu-requests.ts';

/** A transport that has not connected by then can't reach the server. */
const REACH_MS: Milliseconds = 4000;
/** One that has not connected by then is given up: another session may find a way. */
const GIVE_UP_MS: Milliseconds = 12_000;

/** A transport at both ends, and who looks after it. */
export interface SfuTransport {
  transport: types.Transport;
  setIceServers(servers: MediaMessage['iceServers']): void;
  close(): void;
}

export interface SfuTransportOptions {
  iceServers: MediaMessage['iceServers'];
  relayOnly: boolean;
  ask: AskSfu;
  /** The server is reached, or can't be: ICE finds no way, or DTLS fails. */
  onReach(reached: boolean): void;
  /** Called once, when it can't be saved. */
  onLost(reason: string): void;
}

/**
 * Makes a transport at the server and its other half here. It connects by itself when it is first used, and restarts
 * ICE when it loses its way.
 */
export async function openSfuTransport(
  direction: 'send' | 'receive',
  device: types.Device,
  { iceServers, relayOnly, ask, onReach, onLost }: SfuTransportOptions,
): Promise<SfuTransport> {
  const remote = await ask('create-transport', { direction });
  const options: types.TransportOptions = {
    ...remote,
    iceServers: toIceServers(iceServers),
    iceTransportPolicy: relayOnly ? 'relay' : 'all',
  };
  const transport =
    direction === 'send' ? device.createSendTransport(options) : device.createRecvTransport(options);

  let patience: (() => void)[] = [];
  const endPatience = () => {
    for (const end of patience) end();
    patience = [];
  };
  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    // Asked again after a refusal.
    endPatience();
    // Where no candidate fits at all, no state changes ever: it is timed from its first use.
    patience = [
      startPatience(REACH_MS, () => onReach(false)),
      startPatience(GIVE_UP_MS, () => onLost(`${direction} transport: no way to the server`)),
    ];
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
  transport.on('connectionstatechange', (state) => {
    if (state === 'connected') {
      endPatience();
      onReach(true);
    } else if (state === 'failed') onReach(false);
    care.observe(state);
  });

  return {
    transport,
    setIceServers(servers) {
      if (!transport.closed)
        transport.updateIceServers({ iceServers: toIceServers(servers) }).catch((error: unknown) => {
          console.warn(`${direction} transport: new credentials were not taken`, error);
        });
    },
    close() {
      endPatience();
      care.close();
      transport.close();
    },
  };
}
