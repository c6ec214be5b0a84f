// npm start: gets what is missing, then runs the world until Ctrl-C.
import { parseFlags } from '@chatmux/config';
import { buildClient } from '../build/client-build.ts';
import { runMain } from '../steps/main.ts';
import { ROOT } from '../steps/project.ts';
import { createSupervisor, runUntilStopped } from '../supervisor/supervisor.ts';
import { readEnvironment } from '../world/environment.ts';
import { prepareWorld } from '../world/prepare-world.ts';
import { serverSpecs } from '../world/server-specs.ts';
import { helpText, welcomeText } from '../world/words.ts';

const say = (line: string) => console.log(line);

await runMain(async () => {
  const { help, flags } = parseFlags(process.argv.slice(2));
  if (help) {
    say(helpText());
    return 0;
  }
  const world = await prepareWorld(ROOT, readEnvironment(ROOT, process.env), flags, say);
  await buildClient(ROOT);
  const supervisor = createSupervisor(serverSpecs(ROOT, world.config), say);
  return runUntilStopped(supervisor, () => say(welcomeText(world)), say);
});
