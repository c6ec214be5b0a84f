import { parseWorldMap, type WorldMap } from '@chatmux/schema';

/** Fetches a world's map. @throws Error with a sentence, when it can't be had or is not valid */
export async function loadWorld(id: string): Promise<WorldMap> {
  const response = await fetch(`/worlds/${encodeURIComponent(id)}.json`);
  if (!response.ok) throw new Error(`The world “${id}” could not be loaded (${response.status}).`);
  return parseWorldMap(await response.json(), `${id}.json`);
}
