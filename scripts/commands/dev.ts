// npm run dev: both servers, started anew when a file of theirs changes, and Vite with hot reload; all stopped together.
import { join } from 'node:path';
import { parseFlags } from '@chatmux/config';
import { viteCommand } from '../build/client-build.ts';
import { urlHost } from '../network/addresses.ts';
import { runMain } from '../steps/main.ts';
import { ROOT } from '../steps/project.ts';
import type { ChildSpec } from '../supervisor/supervised-child.ts';
import { createSupervisor, runUntilStopped } from '../supervisor/supervisor.ts';
import { readEnvironment } from '../world/environment.ts';
import { prepareWorld } from '../world/prepare-world.ts';
import { serverSpecs } from '../world/server-specs.ts';
import { addressesOf, helpText } from '../world/words.ts';

const VITE_PORT = 5173;
const say = (line: string) => console.log(line);

await runMain(async () => {
  const { help, flags } = parseFlags(process.argv.slice(2));
  if (help) {
    say(helpText().replaceAll('npm start', 'npm run dev'));
    return 0;
  }
  const world = await prepareWorld(ROOT, readEnvironment(ROOT, process.env), flags, say);
  const page = `http://${urlHost(world.config.host)}:${VITE_PORT}`;
  const config = {
    ...world.config,
    allowedOrigins: [...world.config.allowedOrigins, page, `http://localhost:${VITE_PORT}`],
  };
  const servers = serverSpecs(ROOT, config).map((spec) => ({ ...spec, watch: true }));
  const vite: ChildSpec = {
    name: 'vite',
    entry: viteCommand(ROOT),
    args: ['--host', config.host, '--port', String(VITE_PORT), '--strictPort', '--clearScreen', 'false'],
    env: { ...process.env, CHATMUX_SERVER: addressesOf(world)[0] },
    cwd: join(ROOT, 'client'),
    readyWhenOutput: /ready in/,
  };
  const supervisor = createSupervisor([...servers, vite], say);
  return runUntilStopped(
    supervisor,
    () => say(`\nThe page with hot reload: ${page}\nCtrl-C stops it.\n`),
    say,
  );
});
