// npm run bench: measures. npm run bench -- NAME --json prints one JSON object a line; --list names what there is.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildClient } from '../build/client-build.ts';
import { listBenches, type Metric, runBench } from '../checks/bench-files.ts';
import { getChromium } from '../checks/find-chromium.ts';
import { runMain } from '../steps/main.ts';
import { ROOT } from '../steps/project.ts';
import { PlainError, showStepsOn } from '../steps/step.mjs';
import { acquireWorker } from '../worker/acquire-worker.ts';

const FOLDER = join(ROOT, 'load-tests', 'src', 'bench');

function table(bench: string, metrics: readonly Metric[]): string {
  const rows = metrics.map(({ name, value, unit, bar, pass }) => [
    pass ? '✓' : '✗',
    name,
    `${Number(value.toPrecision(4))} ${unit}`,
    `(${bar})`,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return [
    `\n${bench}`,
    ...rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`),
  ].join('\n');
}

await runMain(async () => {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean' }, list: { type: 'boolean' } },
    allowPositionals: true,
  });
  const there = listBenches(FOLDER);
  if (values.list) {
    for (const name of there) console.log(name);
    return 0;
  }
  const strange = positionals.filter((name) => !there.includes(name));
  if (strange.length > 0)
    throw new PlainError(
      `There is no benchmark called ${strange.join(' or ')}; there are ${there.join(', ') || 'none yet'}.`,
    );
  if (there.length === 0) throw new PlainError('There are no benchmarks yet.');

  if (values.json) showStepsOn(process.stderr);
  const worker = await acquireWorker(ROOT, process.env.MEDIASOUP_WORKER_BIN || undefined);
  if (worker.path !== undefined) process.env.MEDIASOUP_WORKER_BIN = worker.path;
  process.env.CHROMIUM_BIN = await getChromium(process.env);
  await buildClient(ROOT);

  let pass = true;
  for (const name of positionals.length > 0 ? positionals : there) {
    const metrics = await runBench(FOLDER, name);
    pass &&= metrics.every((metric) => metric.pass);
    if (values.json) for (const metric of metrics) console.log(JSON.stringify({ bench: name, ...metric }));
    else console.log(table(name, metrics));
  }
  return pass ? 0 : 1;
});
