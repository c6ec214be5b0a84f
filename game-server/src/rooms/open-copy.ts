import { MAX_COPY, slugSchema, type WorldMap } from '@chatmux/schema';
import { z } from 'zod';

/** Options a world room is created with. They come from the join route, never from a client. */
const copySchema = z.object({ world: slugSchema, copy: z.int().min(1).max(MAX_COPY) });

/**
 * Which copy of which world a new room is.
 * @throws ZodError or Error when the options name no world of this server: then the room must not open
 */
export function openCopy(
  options: unknown,
  worlds: ReadonlyMap<string, WorldMap>,
): { readonly map: WorldMap; readonly copy: number } {
  const { world, copy } = copySchema.parse(options);
  const map = worlds.get(world);
  if (!map) throw new Error(`a room was asked for the world “${world}”, which this server does not have`);
  return { map, copy };
}
