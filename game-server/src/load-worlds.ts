import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseWorldMap, type WorldMap } from '@chatmux/schema';

/**
 * Reads and checks every world file of a folder.
 * @throws Error that names the file and the fault
 */
export async function loadWorlds(folder: string): Promise<Map<string, WorldMap>> {
  const worlds = new Map<string, WorldMap>();
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  for (const file of files) {
    const text = await readFile(join(folder, file), 'utf8');
    const map = parseWorldMap(parseJson(text, file), file);
    if (`${map.id}.json` !== file)
      throw new Error(`World file ${file} has the id “${map.id}”: it must be named ${map.id}.json.`);
    worlds.set(map.id, map);
  }
  return worlds;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`World file ${file} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}
