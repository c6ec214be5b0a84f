import process from 'node:process';

/**
 * How to call npm: the very npm that started us, where there is one, run by the given Node.
 * @param {string} [node] path of the Node that should run it
 * @returns {{ command: string, args: string[] }}
 */
export function npmCommand(node = process.execPath) {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script)) return { command: node, args: [script] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}
