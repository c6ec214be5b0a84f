import { buildCollisionMap, findPath, type Point } from '@chatmux/engine';
import { parseWorldMap, type WorldMap } from '@chatmux/schema';
import type { RunningWorld } from './running-world.ts';
import { type Visitor, waitFor } from './visitor.ts';

/** The map of a world, as the running server gives it to browsers. */
export async function mapOf(world: RunningWorld, id: string): Promise<WorldMap> {
  return parseWorldMap(await (await fetch(`${world.url}/worlds/${id}.json`)).json(), `${id}.json`);
}

/**
 * Walks around what is solid by the keys, looking where one goes, until something is so.
 * @throws Error when it is not so in time
 */
export async function walkTo(
  visitor: Visitor,
  map: WorldMap,
  to: Point,
  until: () => Promise<boolean>,
): Promise<void> {
  const { page, name } = visitor;
  const solid = buildCollisionMap(map);
  await page.keyboard.down('KeyW');
  try {
    await waitFor(
      async () => {
        if (await until()) return true;
        const me = await page.evaluate(() => window.chatmux.me());
        const [next] = me ? findPath(solid, me, to) : [];
        if (!me || !next) return false;
        const yaw = Math.atan2(next.x - me.x, next.z - me.z);
        await page.evaluate((towards) => {
          const view = window.chatmux.view();
          if (view) view.yaw = towards;
        }, yaw);
        return false;
      },
      `${name} walks to ${to.x}, ${to.z}`,
      60_000,
      50,
    );
  } finally {
    await page.keyboard.up('KeyW');
  }
}
