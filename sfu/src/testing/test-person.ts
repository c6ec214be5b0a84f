import type { MediaSource } from '@chatmux/schema';
import { camParameters, micParameters } from './rtp-blocks.ts';
import type { TestGameServer } from './sfu-under-test.ts';

/** One person with a browser, as the game server drives them. */
export interface TestPerson {
  readonly session: string;
  readonly send: string;
  readonly receive: string;
  produce(source: MediaSource, layers?: number): Promise<string>;
  ready(consumerId: string): Promise<unknown>;
}

/** Joins with both transports. */
export async function joinAs(
  server: TestGameServer,
  session: string,
  { room = 'plaza', rtpCapabilities = undefined as Record<string, unknown> | undefined } = {},
): Promise<TestPerson> {
  const { client } = server;
  const epoch = 1;
  // A browser narrows what it can down to what the router offers; the router's own list is that of one that can all.
  const { rtpCapabilities: offered } = await client.rtc(room, session, { method: 'capabilities', epoch });
  await client.rtc(room, session, { method: 'join', epoch, rtpCapabilities: rtpCapabilities ?? offered });
  const make = async (direction: 'send' | 'receive') =>
    (await client.rtc(room, session, { method: 'create-transport', epoch, direction })).id;
  const send = await make('send');
  const receive = await make('receive');
  return {
    session,
    send,
    receive,
    async produce(source, layers = 3) {
      const rtpParameters = source === 'mic' ? micParameters() : camParameters(layers);
      return (
        await client.rtc(room, session, {
          method: 'produce',
          epoch,
          transportId: send,
          source,
          rtpParameters,
        })
      ).id;
    },
    ready: (consumerId) => client.rtc(room, session, { method: 'consumer-ready', epoch, consumerId }),
  };
}
