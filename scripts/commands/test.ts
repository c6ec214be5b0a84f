// npm test: every check there is, or those that are named: npm test -- unit browser
// Words after a second -- go to Vitest: npm test -- unit -- scripts/supervisor

import { buildClient } from '../build/client-build.ts';
import { getChromium } from '../checks/find-chromium.ts';
import { getTurnserver } from '../checks/find-turnserver.ts';
import { type Ground, STAGES, type Stage } from '../checks/stages.ts';
import { runMain } from '../steps/main.ts';
import { ROOT } from '../steps/project.ts';
import { PlainError } from '../steps/step.mjs';
import { acquireWorker } from '../worker/acquire-worker.ts';

const names = STAGES.map(({ name }) => name);

function choose(words: readonly string[]): Stage[] {
  const strange = words.filter((word) => !names.includes(word));
  if (strange.length > 0)
    throw new PlainError(`There is no check called ${strange.join(' or ')}; there are ${names.join(', ')}.`);
  return STAGES.filter(({ name }) => words.length === 0 || words.includes(name));
}

async function getWorker(): Promise<string> {
  const worker = await acquireWorker(ROOT, process.env.MEDIASOUP_WORKER_BIN || undefined);
  if (worker.path === undefined) throw new PlainError(`These tests need the media worker.\n${worker.reason}`);
  return worker.path;
}

const ground: Ground = {
  workerBin: getWorker,
  chromium: () => getChromium(process.env),
  turnserver: () => getTurnserver(process.env),
  builtClient: () => buildClient(ROOT),
};

await runMain(async () => {
  const argv = process.argv.slice(2);
  if (argv.includes('--help')) {
    console.log(
      [
        'npm test                  all of these, in this order',
        ...STAGES.map(({ name, about }) => `npm test -- ${name.padEnd(13)} ${about}`),
      ].join('\n'),
    );
    return 0;
  }
  const border = argv.indexOf('--');
  const stages = choose(border < 0 ? argv : argv.slice(0, border));
  const forVitest = border < 0 ? [] : argv.slice(border + 1);

  const lines: string[] = [];
  const failures: string[] = [];
  let passed = 0;
  let failed = 0;
  let ok = true;
  for (const stage of stages) {
    console.log(`\n── ${stage.name}: ${stage.about}`);
    const started = performance.now();
    const result = await stage.run(ground, forVitest).catch((error: unknown) => {
      console.error(error instanceof PlainError ? error.message : error);
      return { ok: false, passed: 0, failed: 0, failures: [] };
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const line = `${result.ok ? '✓' : '✗'} ${stage.name.padEnd(12)} ${seconds.padStart(6)} s${result.passed + result.failed > 0 ? `   ${result.passed} passed, ${result.failed} failed` : ''}`;
    console.log(line);
    lines.push(line);
    failures.push(...result.failures);
    passed += result.passed;
    failed += result.failed;
    ok &&= result.ok;
  }
  console.log(`\n${lines.join('\n')}\n`);
  if (failures.length > 0) console.log(`${failures.map((failure) => `✗ ${failure}`).join('\n')}\n`);
  if (!ok)
    console.log(
      `Not all checks passed: ${lines
        .filter((line) => line.startsWith('✗'))
        .map((line) => line.split(/\s+/)[1])
        .join(', ')}.`,
    );
  console.log(`${passed} passed, ${failed} failed`);
  return ok ? 0 : 1;
});
