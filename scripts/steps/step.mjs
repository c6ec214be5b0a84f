// Shows a person what takes long. Plain JavaScript, because the bootstrap runs it on any Node from 18 on.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, openSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import process from 'node:process';

const PLAIN_EVERY_MS = 15_000;
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** @type {NodeJS.WriteStream} */
let out = process.stdout;

/**
 * Shows steps elsewhere, for commands whose standard output belongs to a program.
 * @param {NodeJS.WriteStream} stream
 */
export function showStepsOn(stream) {
  out = stream;
}

/** A failure whose message can be shown to a person as it is; no stack trace is needed with it. */
export class PlainError extends Error {
  /**
   * @param {string} message
   * @param {number} [exitCode]
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.name = 'PlainError';
    this.exitCode = exitCode;
  }
}

/**
 * Runs `work` under a name. On a terminal one line ticks along; elsewhere a plain line comes every 15 seconds.
 * `tell(detail)` says how far it is, for example `[123/400]`.
 * @template T
 * @param {string} name
 * @param {(tell: (detail: string) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  let detail = '';
  let frame = 0;
  const line = () => `${name} … ${seconds()} s${detail ? `  ${detail}` : ''}`;
  const draw = () => {
    frame = (frame + 1) % FRAMES.length;
    const text = `${FRAMES[frame]} ${line()}`;
    out.write(`\r\x1b[2K${text.slice(0, (out.columns || 80) - 1)}`);
  };
  if (!out.isTTY) out.write(`${name} …\n`);
  const timer = setInterval(
    () => (out.isTTY ? draw() : out.write(`${line()}\n`)),
    out.isTTY ? 120 : PLAIN_EVERY_MS,
  );
  const end = (/** @type {string} */ mark, /** @type {string} */ words) => {
    clearInterval(timer);
    out.write(`${out.isTTY ? '\r\x1b[2K' : ''}${mark} ${name}: ${words} ${seconds()} s\n`);
  };
  try {
    const result = await work((text) => {
      detail = text;
    });
    end('✓', 'done in');
    return result;
  } catch (error) {
    end('✗', 'failed after');
    throw error;
  }
}

/**
 * Runs a command with its output in a log file. Rejects with a `PlainError` that says which command failed, how it
 * ended, its last lines and where the log is. `onLine` sees every line as it comes.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ log: string, cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void, append?: boolean }} options
 * @returns {Promise<void>}
 */
export function runLogged(command, args, options) {
  mkdirSync(dirname(options.log), { recursive: true });
  const log = createWriteStream(options.log, { fd: openSync(options.log, options.append ? 'a' : 'w') });
  log.write(`$ ${command} ${args.join(' ')}\n`);
  /** @type {string[]} */
  const reasons = [];
  /** @type {string[]} */
  const last = [];
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let rest = '';
  const take = (/** @type {string} */ text) => {
    log.write(text);
    const lines = (rest + text).split(/\r\n|\n|\r/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.trim() && !/^\s+at /.test(line)) last.push(line); // frames of a stack push the reason out of sight
      if (last.length > 8) {
        // The first complaints often say more than the last lines, so a few of them are kept.
        const gone = last.shift() ?? '';
        if (reasons.length < 5 && /error|fail|fatal|not found|missing/i.test(gone)) reasons.push(gone);
      }
      options.onLine?.(line);
    }
  };
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', take);
  // Without this, ending us would leave a compiler or an install running on its own.
  const onTerm = () => {
    child.kill('SIGTERM');
    process.exit(143);
  };
  process.once('SIGTERM', onTerm);
  return new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ how) => {
      process.off('SIGTERM', onTerm);
      if (rest.trim()) last.push(rest);
      const tail = [...reasons, ...last].map((line) => `    ${line}`).join('\n');
      const name = [command, ...args.slice(0, 2)].map((word) => basename(word)).join(' ');
      const error = new PlainError(
        `${name} ${how}.${tail ? `\n${tail}` : ''}\n  The whole log: ${options.log}`,
      );
      log.end(() => reject(error));
    };
    child.once('error', (error) => fail(`could not be started (${error.message})`));
    child.once('close', (code, signal) => {
      if (code !== 0) return fail(signal ? `was ended by ${signal}` : `ended with code ${code}`);
      process.off('SIGTERM', onTerm);
      log.end(() => resolve());
    });
  });
}
