import { buildCollisionMap, findPath, type Point } from '@chatmux/engine';
import { parseWorldMap, type WorldMap } from '@chatmux/schema';
import type { RunningWorld } from './running-world.ts';
import { type Visitor, waitFor } from './visitor.ts';

/** How near to a point of the way one must come before one turns to the next. */
const TURN_METRES = 0.6;

/** The map of a world, as the running server gives it to browsers. */
export async function mapOf(world: RunningWorld, id: string): Promise<WorldMap> {
  return parseWorldMap(await (await fetch(`${world.url}/worlds/${id}.json`)).json(), `${id}.json`);
}

/**
 * Has the page look along a way, from point to point and on at its last one; an empty way has it stop looking. The page
 * does so by itself: looks that come from here are late on a busy machine, and who looks late misses the doors.
 */
async function lookAlong({ page }: Visitor, way: readonly Point[]): Promise<void> {
  await page.evaluate(
    ({ way, near }) => {
      const holder = window as unknown as { looking?: number };
      clearInterval(holder.looking);
      if (way.length === 0) return;
      let at = 0;
      holder.looking = window.setInterval(() => {
        const [me, view] = [window.chatmux.me(), window.chatmux.view()];
        if (!me || !view) return;
        const far = () => Math.hypot((way[at]?.x ?? 0) - me.x, (way[at]?.z ?? 0) - me.z);
        while (at < way.length - 1 && far() < near) at++;
        const next = way[at];
        if (next) view.yaw = Math.atan2(next.x - me.x, next.z - me.z);
      }, 20);
    },
    { way, near: TURN_METRES },
  );
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
  let lookedMs = Number.NEGATIVE_INFINITY;
  await page.keyboard.down('KeyW');
  try {
    await waitFor(
      async () => {
        if (await until()) return true;
        // Whoever slid past a point of the way needs another.
        if (performance.now() - lookedMs < 2000) return false;
        const me = await page.evaluate(() => window.chatmux.me());
        if (!me) return false;
        lookedMs = performance.now();
        await lookAlong(visitor, findPath(solid, me, to));
        return false;
      },
      `${name} walks to ${to.x}, ${to.z}`,
      60_000,
      50,
    );
  } finally {
    await page.keyboard.up('KeyW');
    await lookAlong(visitor, []);
  }
}
