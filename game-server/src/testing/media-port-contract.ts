import { ProblemError, type RtcReplies, type RtcRequest, type SfuEvent, type Want } from '@chatmux/schema';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MediaPort, OpenMedia } from '../ports/media-port.ts';

/** A media server under a contract, and what is done to it. */
export interface MediaUnderContract {
  readonly open: OpenMedia;
  /** Ends the server as a crash would. */
  stop(): Promise<void>;
  /** Starts another at the same place. */
  start(): Promise<void>;
  /** Tells it to end when nobody is connected any more. */
  drain(): void;
  /** Ends all of it. */
  close(): Promise<void>;
}

/** Everything one room is told. */
interface HeardRoom {
  readonly port: MediaPort;
  readonly events: SfuEvent[];
  readonly ups: boolean[];
}

const epoch = 1;

/** One Opus stream, as a browser would offer it. */
const microphone = {
  mid: '0',
  codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }],
  encodings: [{ ssrc: 1111 }],
};

/** What any media port must do. Give it a server that has just started. */
export function describeMediaPort(name: string, begin: () => Promise<MediaUnderContract>): void {
  describe(`media port: ${name}`, () => {
    let media: MediaUnderContract;
    let plaza: HeardRoom;

    beforeEach(async () => {
      media = await begin();
      plaza = openRoom('plaza');
      await vi.waitFor(() => expect(plaza.port.isUp).toBe(true), 10_000);
    });
    afterEach(() => media.close());

    function openRoom(room: string): HeardRoom {
      const events: SfuEvent[] = [];
      const ups: boolean[] = [];
      const port = media.open(room, {
        onEvent: (event) => events.push(event),
        onSpeaking: () => undefined,
        onUpChanged: (up) => ups.push(up),
      });
      return { port, events, ups };
    }

    const ask = async <M extends RtcRequest['method']>(
      { port }: HeardRoom,
      session: string,
      request: Extract<RtcRequest, { method: M }>,
    ) => (await port.rtc(session, request)) as RtcReplies[M];

    /** Joins with both transports. @returns the id of the sending one */
    async function join(room: HeardRoom, session: string): Promise<string> {
      const { rtpCapabilities } = await ask(room, session, { method: 'capabilities', epoch });
      await ask(room, session, { method: 'join', epoch, rtpCapabilities });
      await ask(room, session, { method: 'create-transport', epoch, direction: 'receive' });
      const { id } = await ask(room, session, { method: 'create-transport', epoch, direction: 'send' });
      return id;
    }

    async function sound(room: HeardRoom, session: string, transportId: string): Promise<string> {
      const rtpParameters = microphone;
      return (
        await ask(room, session, { method: 'produce', epoch, transportId, source: 'mic', rtpParameters })
      ).id;
    }

    const want = (from: string): Want[] => [{ from, audio: true, video: 0, screen: 0 }];
    const told = (room: HeardRoom, session: string, event: SfuEvent['event']) =>
      room.events.filter((each) => each.session === session && each.event === event);
    const until = (check: () => void | Promise<void>) => vi.waitFor(check, 10_000);
    const codeOf = (asked: Promise<unknown>) =>
      asked.then(
        () => 'done',
        (error: unknown) => (error instanceof ProblemError ? error.code : String(error)),
      );

    it('connects speaker and listener by the plan, and tells the listener’s room alone', async () => {
      const garden = openRoom('garden');
      const send = await join(plaza, '1.1');
      await join(plaza, '2.1');
      const producerId = await sound(plaza, '1.1', send);
      plaza.port.plan([{ session: '2.1', wants: want('1.1') }]);
      await until(() =>
        expect(told(plaza, '2.1', 'consumer-opened')).toMatchObject([{ from: '1.1', producerId }]),
      );
      const [opened] = told(plaza, '2.1', 'consumer-opened');
      const consumerId = opened && 'consumerId' in opened ? opened.consumerId : '';
      await ask(plaza, '2.1', { method: 'consumer-ready', epoch, consumerId });
      await until(() => expect(told(plaza, '2.1', 'consumer-resumed')).toHaveLength(1));
      plaza.port.plan([{ session: '2.1', wants: [] }]);
      await until(() => expect(told(plaza, '2.1', 'consumer-closed')).toHaveLength(1));
      expect(garden.events).toEqual([]);
    });

    it('heals: a plan that comes again changes nothing, and one that got lost is made up for', async () => {
      const send = await join(plaza, '1.1');
      plaza.port.plan([{ session: '2.1', wants: want('1.1') }]);
      await join(plaza, '2.1');
      await sound(plaza, '1.1', send);
      await until(() => expect(told(plaza, '2.1', 'consumer-opened')).toHaveLength(1));
      for (let i = 0; i < 3; i++) plaza.port.plan([{ session: '2.1', wants: want('1.1') }]);
      await ask(plaza, '1.1', { method: 'capabilities', epoch });
      expect(plaza.events.map(({ event }) => event)).toEqual(['consumer-opened']);
    });

    it('closes what belongs to a session that leaves, and keeps only those who are named', async () => {
      const send = await join(plaza, '1.1');
      await join(plaza, '2.1');
      await join(plaza, '3.1');
      await sound(plaza, '1.1', send);
      plaza.port.plan([{ session: '2.1', wants: want('1.1') }]);
      await until(() => expect(told(plaza, '2.1', 'consumer-opened')).toHaveLength(1));
      plaza.port.closeSession('1.1');
      await until(() => expect(told(plaza, '2.1', 'consumer-closed')).toHaveLength(1));
      plaza.port.keepSessions(['2.1']);
      const restart = (session: string) =>
        codeOf(plaza.port.rtc(session, { method: 'create-transport', epoch, direction: 'send' }));
      expect(await restart('3.1')).toBe('not-found');
      expect(await restart('2.1')).toBe('done');
    });

    it('refuses what belongs to somebody else, to nobody, and what can’t be read', async () => {
      const send = await join(plaza, '1.1');
      await join(plaza, '2.1');
      const asked = (session: string, transportId: string) =>
        codeOf(plaza.port.rtc(session, { method: 'restart-ice', epoch, transportId }));
      expect(await asked('2.1', send)).toBe('not-yours');
      expect(await asked('2.1', 'nothing')).toBe('not-found');
      expect(await asked('9.1', send)).toBe('not-found');
      const rtpCapabilities = { codecs: 'all' };
      expect(await codeOf(plaza.port.rtc('9.1', { method: 'join', epoch, rtpCapabilities }))).toBe(
        'bad-message',
      );
    });

    it('keeps rooms apart, and ends one with all that is in it', async () => {
      const garden = openRoom('garden');
      const send = await join(plaza, '1.1');
      await join(garden, '1.1');
      expect(await codeOf(garden.port.rtc('1.1', { method: 'restart-ice', epoch, transportId: send }))).toBe(
        'not-yours',
      );
      garden.port.close();
      await until(async () =>
        expect(
          await codeOf(garden.port.rtc('1.1', { method: 'restart-ice', epoch, transportId: send })),
        ).toBe('not-found'),
      );
      expect(await codeOf(plaza.port.rtc('1.1', { method: 'restart-ice', epoch, transportId: send }))).toBe(
        'done',
      );
    });

    it('says when it goes and comes back; meanwhile it refuses and never throws', async () => {
      await join(plaza, '1.1');
      await media.stop();
      // A connection that is closing is of no use already; that it is closed is said a moment later.
      await until(() => expect(plaza.port.isUp).toBe(false));
      await until(() => expect(plaza.ups.at(-1)).toBe(false));
      expect(await codeOf(plaza.port.rtc('1.1', { method: 'capabilities', epoch }))).toBe('media-down');
      plaza.port.plan([{ session: '1.1', wants: [] }]);
      plaza.port.closeSession('1.1');
      plaza.port.keepSessions([]);
      await media.start();
      await until(() => expect(plaza.port.isUp).toBe(true));
      expect(plaza.ups.at(-1)).toBe(true);
      await join(plaza, '1.1');
    });

    it('counts as gone while it drains, and serves those who are there to the end', async () => {
      const send = await join(plaza, '1.1');
      media.drain();
      await until(() => expect(plaza.port.isUp).toBe(false));
      expect(plaza.ups.at(-1)).toBe(false);
      await ask(plaza, '1.1', { method: 'restart-ice', epoch, transportId: send });
      expect(await codeOf(join(plaza, '2.1'))).toBe('media-down');
    });
  });
}
