// The first thing that runs, on any Node from 18 on: gets Node 24 and the dependencies, then hands over to the command.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { installDependencies } from './steps/dependencies.mjs';
import { findNode24 } from './steps/node-24.mjs';
import { PlainError } from './steps/step.mjs';

const COMMANDS = ['start', 'dev', 'test', 'bench', 'backup', 'restore'];
const scripts = dirname(fileURLToPath(import.meta.url));
const root = dirname(scripts);

async function main() {
  const [command = '', ...args] = process.argv.slice(2);
  if (!COMMANDS.includes(command)) {
    throw new PlainError(`There is no command ${JSON.stringify(command)}; there are ${COMMANDS.join(', ')}.`);
  }
  const node = await findNode24();
  await installDependencies(root, node);
  const child = spawn(
    node,
    [
      '--disable-warning=ExperimentalWarning',
      '--import',
      new URL('./steps/stop-with-parent.mjs', import.meta.url).href,
      join(scripts, 'commands', `${command}.ts`),
      ...args,
    ],
    {
      cwd: root,
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` },
    },
  );
  // A terminal sends Ctrl-C to both of us: the command stops in its own time, and we wait for it. A SIGTERM from
  // elsewhere reaches only us, so it is handed on.
  process.on('SIGINT', () => undefined);
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  // Between npm and us stands a shell that dies of SIGTERM without a word: then our parent is another one.
  const parent = process.ppid;
  const watching = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watching);
    child.kill('SIGTERM');
  }, 500);
  watching.unref();
  child.once('error', (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0);
  });
}

main().catch((error) => {
  console.error(error instanceof PlainError ? `\n${error.message}` : error);
  process.exitCode = error instanceof PlainError ? error.exitCode : 1;
});
