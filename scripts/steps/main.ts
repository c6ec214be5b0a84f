import { ConfigError, EXIT_CONFIG } from '@chatmux/config';
import { PlainError } from './step.mjs';

/** Runs a command and ends the process with its exit code; errors meant for people come without a stack trace. */
export async function runMain(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (error instanceof ConfigError) {
      console.error(`\n${error.message}\n\nAll settings and what they mean: .env.example`);
      process.exitCode = EXIT_CONFIG;
    } else if (error instanceof PlainError) {
      console.error(`\n${error.message}`);
      process.exitCode = error.exitCode;
    } else {
      console.error(error);
      process.exitCode = 1;
    }
  }
}
