import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseWorldMap, type WorldMap } from '@chatmux/schema';
import { faultsBetween } from './check-worlds.ts';

/** Worlds that can't be opened, with a line for each fault that names the file, the path inside it and what is wrong. */
export class WorldProblem extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'WorldProblem';
  }
}

/**
 * Reads and checks every world file of a folder, and what their portals say of one another.
 * @throws WorldProblem that names every fault of every file at once
 */
export async function loadWorlds(folder: string): Promise<Map<string, WorldMap>> {
  const worlds = new Map<string, WorldMap>();
  const unread = new Set<string>();
  const problems: string[] = [];
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  for (const file of files) {
    const id = file.slice(0, -'.json'.length);
    try {
      const map = parseWorldMap(JSON.parse(await readFile(join(folder, file), 'utf8')), file);
      if (map.id === id) worlds.set(id, map);
      else problems.push(`World file ${file} has the id “${map.id}”: it must be named ${map.id}.json.`);
    } catch (error) {
      problems.push(faultOf(error, file));
    }
    if (!worlds.has(id)) unread.add(id);
  }
  const between = faultsBetween(worlds, unread);
  if (between.length > 0)
    problems.push(`Worlds don't fit:\n${between.map((line) => `  ${line}`).join('\n')}`);
  if (problems.length > 0) throw new WorldProblem(problems.join('\n'));
  return worlds;
}

function faultOf(error: unknown, file: string): string {
  const fault = error instanceof Error ? error.message : String(error);
  if (error instanceof SyntaxError) return `World file ${file} is not JSON: ${fault}`;
  // Faults of the content name the file already; those of reading it name its whole path.
  return fault.includes(file) ? fault : `World file ${file}: ${fault}`;
}
