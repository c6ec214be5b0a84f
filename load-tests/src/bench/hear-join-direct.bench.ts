import { ANNA, BEN, enter, planDirect, relay } from '../browser/media-pages.ts';
import { annaFor, benFor, compareJoins, openJoinBrowser } from './join/joining.ts';

const BAR = 1.5;
const EPOCH = 1;

/** From crossing the edge of earshot to the first sample without a media server, against a bare pair of connections. */
export default async function hearJoinDirect() {
  const browser = await openJoinBrowser();
  try {
    const cross = async (inward: boolean) => {
      await Promise.all([
        planDirect(anna, EPOCH, [benFor(inward)]),
        planDirect(ben, EPOCH, [annaFor(inward)]),
      ]);
    };
    const [anna, ben] = await Promise.all([browser.openPage(cross), browser.openPage(cross)]);
    await Promise.all([relay(anna, ANNA, () => ben), relay(ben, BEN, () => anna)]);
    await enter(anna, ANNA, 'direct', EPOCH, { cam: false });
    await enter(ben, BEN, 'direct', EPOCH, { cam: false });
    await cross(false);
    // Those who are close to earshot are connected already.
    await anna.waitForFunction(async () => (await window.page.pairs()).length > 0);

    return await compareJoins(
      'hear-join-direct',
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
        name: 'a bare pair of connections',
        enter: () => anna.evaluate(() => window.join.openPair()),
        async leave() {
          await anna.evaluate(() => window.join.closePair());
          await anna.waitForFunction(() => window.join.isSilent());
        },
      },
    );
  } finally {
    await browser.close();
  }
}
