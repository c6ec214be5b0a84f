import { type RtcEvent, type RtcReply, type RtcRequest, type SfuEvent, toProblem } from '@chatmux/schema';
import { connectSfu, type PlanOfListener, type SfuClient } from '@chatmux/sfu/client';
import type { Page } from 'playwright-core';
import { SECRET, startTestSfu } from '../../../../sfu/src/testing/sfu-under-test.ts';

const ROOM = 'room';
/** The plan is told again so often, as the game server does: one told before anybody joined is lost. */
const TELL_MS = 500;

/** A real media server, and a room of a test for pages with nothing but media: sessions are named by the person's id. */
export class SfuRoom {
  /** Of what pages are told from now on. */
  epoch: number;
  readonly client: SfuClient;
  private readonly pages = new Map<string, Page>();
  private readonly sfu: Awaited<ReturnType<typeof startTestSfu>>;
  private listeners: PlanOfListener[] = [];
  private telling: ReturnType<typeof setInterval> | undefined;

  private constructor(
    sfu: Awaited<ReturnType<typeof startTestSfu>>,
    connect: (room: SfuRoom) => SfuClient,
    epoch: number,
  ) {
    this.sfu = sfu;
    this.epoch = epoch;
    this.client = connect(this);
  }

  static async start(epoch: number): Promise<SfuRoom> {
    const sfu = await startTestSfu();
    const up = Promise.withResolvers<void>();
    const room = new SfuRoom(
      sfu,
      (made) =>
        connectSfu({
          url: `ws://127.0.0.1:${sfu.controlPort}`,
          secret: SECRET,
          onEvent: (event) => made.deliver(event),
          onUp: () => up.resolve(),
          onDown: () => undefined,
          onSpeaking: () => undefined,
          onDraining: () => undefined,
          log: { info: () => undefined, warn: (message) => console.warn(message) },
        }),
      epoch,
    );
    await up.promise;
    return room;
  }

  /** Answers what a page asks, and tells it what concerns it. */
  async serve(page: Page, id: number): Promise<void> {
    this.pages.set(String(id), page);
    await page.exposeFunction('ask', async (request: RtcRequest): Promise<RtcReply> => {
      try {
        return { ok: true, data: await this.client.rtc(ROOM, String(id), request) };
      } catch (error) {
        return { ok: false, problem: toProblem(error, 'rtc') };
      }
    });
  }

  /** Everybody receives the voice and the face of everybody else. */
  wantAll(): void {
    const ids = [...this.pages.keys()];
    this.want(
      ids.map((session) => ({
        session,
        wants: ids
          .filter((from) => from !== session)
          .map((from) => ({ from, audio: true, video: 3 as const, screen: 0 as const })),
      })),
    );
  }

  /** Tells the media server this plan, now and from now on. */
  want(listeners: PlanOfListener[]): void {
    this.listeners = listeners;
    this.client.plan(ROOM, listeners);
    this.telling ??= setInterval(() => this.client.plan(ROOM, this.listeners), TELL_MS);
  }

  /** All that is somebody's at the media server goes, and they are told. */
  loseSession(id: number): void {
    this.client.closeSession(ROOM, String(id));
    this.tell(String(id), { event: 'session-lost', epoch: this.epoch });
  }

  private deliver({ room: _room, session, ...rest }: SfuEvent): void {
    const { epoch } = this;
    this.tell(session, 'from' in rest ? { ...rest, from: Number(rest.from), epoch } : { ...rest, epoch });
  }

  private tell(session: string, event: RtcEvent): void {
    this.pages
      .get(session)
      ?.evaluate((one) => window.page.event(one), event)
      .catch((error: unknown) => console.warn('an event was lost', error));
  }

  async close(): Promise<void> {
    clearInterval(this.telling);
    await this.client.close();
    await this.sfu.close();
  }
}
