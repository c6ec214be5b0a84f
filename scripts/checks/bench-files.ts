import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const metric = z.object({
  name: z.string(),
  value: z.number(),
  unit: z.string(),
  /** What the value is held against, in words, for example "≤ 4 ticks". */
  bar: z.union([z.string(), z.number()]),
  pass: z.boolean(),
});
const benchModule = z.object({ default: z.function() });

/** What a benchmark measured. */
export type Metric = z.infer<typeof metric>;

const ENDING = '.bench.ts';

/** The names of the benchmarks in a folder, in order. */
export function listBenches(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length))
    .sort();
}

/** Runs one and gives what it measured. Throws when its file gives something else than metrics. */
export async function runBench(folder: string, name: string): Promise<Metric[]> {
  const { default: measure } = benchModule.parse({ ...(await import(join(folder, `${name}${ENDING}`))) });
  return z
    .array(metric)
    .min(1)
    .parse(await measure());
}
