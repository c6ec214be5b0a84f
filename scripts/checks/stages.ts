import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../steps/project.ts';
import { runTool } from './run-tool.ts';
import { runVitest, type TestCount } from './run-vitest.ts';

/** What stages need from the set-up; asked for only by those that are run. */
export interface Ground {
  workerBin(): Promise<string>;
  chromium(): Promise<string>;
  turnserver(): Promise<string>;
  builtClient(): Promise<void>;
}

/** One check of `npm test`. */
export interface Stage {
  readonly name: string;
  readonly about: string;
  run(ground: Ground, args: readonly string[]): Promise<TestCount>;
}

// Each is a TypeScript project of its own, since browsers and servers know different globals.
const TYPED = [
  'scripts',
  'shared/config',
  'shared/schema',
  'shared/engine',
  'db',
  'sfu',
  'game-server',
  'client',
  'load-tests',
];
const CRUISED = ['shared', 'db', 'sfu', 'game-server', 'client', 'load-tests', 'scripts'];

function plain(code: number): TestCount {
  return { ok: code === 0, passed: 0, failed: 0, failures: [] };
}

/** All stages in the order in which they run: the quick ones first. */
export const STAGES: readonly Stage[] = [
  {
    name: 'types',
    about: 'TypeScript, every workspace',
    async run() {
      let worst = 0;
      for (const project of TYPED)
        worst = Math.max(
          worst,
          await runTool('typescript', 'tsc', ['--project', project, '--pretty', 'false']),
        );
      return plain(worst);
    },
  },
  {
    name: 'lint',
    about: 'format and lint (Biome)',
    async run() {
      const plainText = process.stdout.isTTY ? [] : ['--colors=off'];
      return plain(
        await runTool('@biomejs/biome', 'biome', [
          'check',
          '--error-on-warnings',
          '--max-diagnostics=50',
          ...plainText,
          '.',
        ]),
      );
    },
  },
  {
    name: 'boundaries',
    about: 'who may import whom, no cycles (dependency-cruiser)',
    async run() {
      const folders = CRUISED.filter((folder) => existsSync(join(ROOT, folder)));
      return plain(
        await runTool('dependency-cruiser', 'depcruise', ['--config', '.dependency-cruiser.mjs', ...folders]),
      );
    },
  },
  {
    name: 'unused',
    about: 'files, exports and dependencies nobody uses (knip)',
    async run() {
      return plain(await runTool('knip', 'knip', []));
    },
  },
  {
    name: 'unit',
    about: 'tests beside the sources',
    run: (_ground, args) => runVitest(['unit'], args, {}),
  },
  {
    name: 'integration',
    about: 'with a real mediasoup worker and real servers',
    async run(ground, args) {
      return runVitest(['integration'], args, { MEDIASOUP_WORKER_BIN: await ground.workerBin() });
    },
  },
  {
    name: 'browser',
    about: 'real Chromium, the real page',
    async run(ground, args) {
      const env = {
        MEDIASOUP_WORKER_BIN: await ground.workerBin(),
        CHROMIUM_BIN: await ground.chromium(),
        TURNSERVER_BIN: await ground.turnserver(),
      };
      await ground.builtClient();
      return runVitest(['browser'], args, env);
    },
  },
];
