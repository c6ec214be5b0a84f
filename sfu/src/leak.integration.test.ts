import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it, vi } from 'vitest';
import { connectTestGameServer, startTestSfu, type TestGameServer } from './testing/sfu-under-test.ts';
import { joinAs } from './testing/test-person.ts';

const ROOM = 'plaza';
const CROWD = 10;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

function heapBytes(): number {
  // Weak references are let go in a later turn than what they point at.
  for (let i = 0; i < 3; i++) collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Memory a process holds, in bytes. */
function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
}

/** So many people come, send and receive of each other, and leave one after the other. */
async function comeAndGo(game: TestGameServer, times: number): Promise<void> {
  for (let done = 0; done < times; done += CROWD) {
    const names = Array.from({ length: CROWD }, (_, index) => `p${index}`);
    const people = await Promise.all(names.map((name) => joinAs(game, name)));
    await Promise.all(people.flatMap((person) => [person.produce('mic'), person.produce('cam')]));
    const wants = (of: string) => names.filter((name) => name !== of).slice(0, 3);
    game.client.plan(
      ROOM,
      names.map((session) => ({
        session,
        wants: wants(session).map((from) => ({ from, audio: true, video: 1 as const, screen: 0 as const })),
      })),
    );
    const all = CROWD * 3 * 2;
    await vi.waitFor(async () => expect((await game.client.stats()).consumers).toBe(all), 10_000);
    for (const name of names) game.client.closeSession(ROOM, name);
    // All that was told is only kept by this test.
    game.events.length = 0;
  }
  await vi.waitFor(async () => expect((await game.client.stats()).rooms).toBe(0));
}

it.skipIf(process.platform !== 'linux')(
  'leaves nothing behind when 200 have come and gone, and keeps its memory',
  async () => {
    // A room spreads over both workers, so that pipes come and go, too.
    const sfu = await startTestSfu({ healMs: 100 }, { workers: 2, sessionsPerWorker: CROWD / 2 });
    const game = await connectTestGameServer(sfu.controlPort);
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const memory = () => ({
      heap: heapBytes(),
      workers: sfu.pool.serving.map(({ worker }) => residentBytes(worker.pid)),
    });
    try {
      const timersBefore = timers();
      // What is allocated once: code, pools, tables that grow to their size.
      await comeAndGo(game, 200);
      const first = memory();
      await comeAndGo(game, 200);
      const second = memory();

      for (const { worker, webRtcServer } of sfu.pool.serving) {
        expect((await worker.dump()).routerIds).toEqual([]);
        expect((await webRtcServer.dump()).webRtcTransportIds).toEqual([]);
      }
      expect(await game.client.stats()).toMatchObject({ sessions: 0, transports: 0, producers: 0, pipes: 0 });
      await vi.waitFor(() => expect(timers()).toBeLessThanOrEqual(timersBefore));
      const growth = {
        heap: second.heap / first.heap,
        workers: second.workers.map((bytes, index) => bytes / (first.workers[index] ?? 0)),
      };
      console.info(`memory after 400 ÷ after 200: ${JSON.stringify(growth)}`);
      expect(growth.heap).toBeLessThan(1.05);
      for (const each of growth.workers) expect(each).toBeLessThan(1.05);
    } finally {
      await game.client.close();
      await sfu.close();
    }
  },
  120_000,
);
