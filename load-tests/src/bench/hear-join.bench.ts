import { SfuRoom } from '../browser/harness/sfu-room.ts';
import { ANNA, BEN, enter, plan } from '../browser/media-pages.ts';
import { annaFor, benFor, compareJoins, openJoinBrowser } from './join/joining.ts';
import { startRawServer } from './join/raw-server.ts';

const BAR = 2;
const EPOCH = 1;

/** From crossing the edge of earshot to the first sample, against consuming with mediasoup alone to the first packet. */
export default async function hearJoin() {
  const raw = await startRawServer();
  const room = await SfuRoom.start(EPOCH);
  const browser = await openJoinBrowser();
  try {
    const want = (inward: boolean) =>
      room.want([
        {
          session: String(ANNA),
          wants: [{ from: String(BEN), audio: inward, video: 0, screen: 0 }],
        },
      ]);
    // The tick in which Anna crosses: the media server and both pages are told at once.
    const cross = async (inward: boolean) => {
      want(inward);
      await Promise.all([plan(anna, EPOCH, [benFor(inward)]), plan(ben, EPOCH, [annaFor(inward)])]);
    };
    const [anna, ben] = await Promise.all([browser.openPage(cross), browser.openPage(cross)]);
    for (const [page, id] of [
      [anna, ANNA],
      [ben, BEN],
    ] as const) {
      await room.serve(page, id);
      await raw.serve(page);
      await enter(page, id, 'sfu', EPOCH, { cam: false });
    }
    await ben.evaluate(() => window.join.speakRaw());
    await anna.evaluate(() => window.join.openRawEars());
    await cross(false);
    // The consumer is there, and rests.
    await anna.waitForFunction(() => window.page.inspect().some(({ audio }) => audio));

    return await compareJoins(
      'hear-join',
      BAR,
      {
        name: 'ours',
        enter: () => anna.evaluate(() => window.join.walkIn()),
        async leave() {
          await anna.evaluate(() => window.join.walkOut());
          await anna.waitForFunction(() => window.join.isSilent());
        },
      },
      {
        name: 'mediasoup alone',
        enter: () => anna.evaluate(() => window.join.consumeRaw()),
        leave: () => anna.evaluate(() => window.join.closeRaw()),
      },
    );
  } finally {
    await browser.close();
    await room.close();
    await raw.close();
  }
}
