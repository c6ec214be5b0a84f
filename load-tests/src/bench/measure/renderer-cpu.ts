import { readdir, readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';

/** Reads the processor time of a browser's pages. */
export interface RendererCpu {
  /** Milliseconds so far, of the threads that run script and make sound, of all pages. */
  readMs(): Promise<number>;
}

/** @throws Error where the kernel keeps no count of threads (schedstats), or the browser has no page yet */
export async function rendererCpu(browser: Browser): Promise<RendererCpu> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const pids = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  if (pids.length === 0) throw new Error('the browser has no page');
  return {
    async readMs() {
      const sums = await Promise.all(pids.map(cpuOfMs));
      return sums.reduce((sum, ms) => sum + ms, 0);
    },
  };
}

/** Threads that make sound; the main thread has the number of its process. */
const SOUND = /^Audio(Output|Worklet)/;

async function cpuOfMs(pid: number): Promise<number> {
  const threads = await readdir(`/proc/${pid}/task`);
  const times = await Promise.all(
    threads.map(async (thread) => {
      const folder = `/proc/${pid}/task/${thread}`;
      try {
        if (thread !== String(pid) && !SOUND.test(await readFile(`${folder}/comm`, 'utf8'))) return 0;
        return Number((await readFile(`${folder}/schedstat`, 'utf8')).split(' ')[0]) / 1e6;
      } catch (error) {
        // It ended between two calls.
        if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
          return 0;
        throw error;
      }
    }),
  );
  return times.reduce((sum, ms) => sum + ms, 0);
}
