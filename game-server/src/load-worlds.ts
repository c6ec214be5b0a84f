import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseWorldMap, type WorldMap } from '@chatmux/schema';

/** A world that can't be opened, with a sentence that says what is wrong with which file. */
export class WorldProblem extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'WorldProblem';
  }
}

/**
 * Reads and checks every world file of a folder.
 * @throws WorldProblem that names the file and the fault
 */
export async function loadWorlds(folder: string): Promise<Map<string, WorldMap>> {
  const worlds = new Map<string, WorldMap>();
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  for (const file of files) {
    const text = await readFile(join(folder, file), 'utf8');
    const map = checked(text, file);
    if (`${map.id}.json` !== file)
      throw new WorldProblem(`World file ${file} has the id “${map.id}”: it must be named ${map.id}.json.`);
    worlds.set(map.id, map);
  }
  return worlds;
}

function checked(text: string, file: string): WorldMap {
  try {
    return parseWorldMap(JSON.parse(text), file);
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    throw new WorldProblem(
      error instanceof SyntaxError ? `World file ${file} is not JSON: ${fault}` : fault,
      { cause: error },
    );
  }
}
