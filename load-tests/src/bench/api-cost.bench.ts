import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { GAME_NODE_FLAGS } from '@chatmux/config';
import { Child } from '../bots/calls.ts';
import type { PeopledCalls, PeopledPlan } from './arms/peopled-game.ts';
import { countedRounds, VoidRound } from './measure/rounds.ts';
import { apart, median, percentile, span } from './measure/stats.ts';

const BAR = 3;
const PEOPLE = 2000;
/** Requests of one round whose time is taken, in each arm. */
const PROBES = 300;
/** Between two of them, in milliseconds. */
const GAP_MS = 5;
/** Requests of others a second, under load. */
const LOAD_HZ = 200;

/**
 * What a friend request costs who makes it while others make 200 a second: the slowest hundredth, over the same on an idle
 * server. Each is made by somebody to somebody they did not ask yet, over HTTP with its cookie, checks and one transaction
 * that reaches the disk.
 */
export default async function apiCost() {
  const folder = await mkdtemp(join(tmpdir(), 'chatmux-api-'));
  const plan: PeopledPlan = { folder, people: PEOPLE };
  const game = await Child.start<PeopledCalls>(
    'the game server',
    new URL('./arms/peopled-game.ts', import.meta.url),
    { args: [JSON.stringify(plan)], execArgv: [...GAME_NODE_FLAGS] },
  );
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  try {
    const { port } = new URL(await game.ask('url', undefined));
    const people = await game.ask('people', undefined);
    let asked = 0;

    /** The next pair that was not asked yet. @returns milliseconds until the answer was whole */
    function ask(): Promise<number> {
      const nth = asked % PEOPLE;
      // In the first turn the next, then the one after: never oneself, and never back.
      const [from, to] = [people[nth], people[(nth + 1 + Math.floor(asked / PEOPLE)) % PEOPLE]];
      asked += 1;
      if (!from || !to) throw new RangeError('there are no such people');
      const start = performance.now();
      return new Promise((resolve, reject) => {
        const sent = request(
          {
            host: '127.0.0.1',
            port,
            agent,
            method: 'POST',
            path: '/api/friends/request',
            headers: {
              Host: `localhost:${port}`,
              Origin: `http://localhost:${port}`,
              'Content-Type': 'application/json',
              'X-Forwarded-For': `10.0.${nth >> 8}.${nth & 255}`,
              Cookie: from.cookie,
            },
          },
          (response) => {
            response.resume();
            response.on('end', () => {
              if (response.statusCode === 200) resolve(performance.now() - start);
              else reject(new Error(`a friend request was answered ${response.statusCode}`));
            });
          },
        );
        sent.on('error', reject);
        sent.end(JSON.stringify({ id: to.id }));
      });
    }

    async function probe(): Promise<number> {
      const times: number[] = [];
      for (let count = 0; count < PROBES; count += 1) {
        times.push(await ask());
        await wait(GAP_MS);
      }
      return percentile(times, 0.99);
    }

    async function underLoad(): Promise<number> {
      let made = 0;
      const failed: unknown[] = [];
      const start = performance.now();
      const timer = setInterval(() => {
        // As many as are due, so that a late timer makes no smaller load.
        for (const due = ((performance.now() - start) / 1000) * LOAD_HZ; made < due; made += 1)
          ask().catch((error: unknown) => failed.push(error));
      }, 1000 / LOAD_HZ);
      const p99 = await probe();
      clearInterval(timer);
      const hz = made / ((performance.now() - start) / 1000);
      if (failed.length > 0) throw failed[0];
      if (hz < 0.95 * LOAD_HZ) throw new VoidRound(`Only ${hz.toFixed(0)} requests a second were made.`);
      // What is under way belongs to this arm.
      await wait(200);
      return p99;
    }

    // Warm first.
    await probe();
    const rounds = await countedRounds(async () => ({
      idle: await probe(),
      loaded: await underLoad(),
      again: await probe(),
    }));
    const ratios = rounds.map(({ idle, loaded, again }) => loaded / ((idle + again) / 2));
    const selves = rounds.map(({ idle, again }) => again / idle);
    const value = median(ratios);
    const idleMs = median(rounds.map(({ idle }) => idle));
    return [
      {
        name: 'api-cost',
        value,
        unit: `× the slowest hundredth of friend requests on an idle server, under ${LOAD_HZ} a second (${span(ratios)}; idle ${idleMs.toFixed(1)} ms)`,
        bar: `≤ ${BAR}`,
        pass: value <= BAR,
      },
      {
        name: 'api-cost-noise',
        value: apart(median(selves)),
        unit: `off: the idle server against itself (${span(selves)})`,
        bar: '≤ 1',
        pass: apart(median(selves)) <= 1,
      },
    ];
  } finally {
    agent.destroy();
    await game.ask('stop', undefined);
    await game.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
