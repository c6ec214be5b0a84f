import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { GAME_NODE_FLAGS } from '@chatmux/config';
import { POSES_TYPE } from '@chatmux/schema';
import type { BotsCalls } from '../bots/bots-process.ts';
import { Child } from '../bots/calls.ts';
import type { BareReadersCalls } from './arms/bare-readers.ts';
import type { BareWritesCalls } from './arms/bare-writes.ts';
import { areaFor } from './arms/field.ts';
import type { GameCalls, GamePlan } from './arms/real-game.ts';
import { countedRounds, VoidRound } from './measure/rounds.ts';
import { between, quantile, readHistogram, scrape } from './measure/scrape.ts';
import { median, span } from './measure/stats.ts';
import { whyVoid } from './measure/why-void.ts';

const PEOPLE = 1000;
const BARS = { hz: 19.5, share: 0.6, p99Ms: 25, overBare: 2, refused: 0.001 };
/** After the last join, until everything that joins bring with them is done. */
const SETTLE_MS = 4000;
const ROUND_MS = 5000;
/** Until all stand still, and until all walk again. */
const REST_MS = 1500;
const TICKS = 'chatmux_tick_seconds';
const TICKS_CPU = 'chatmux_tick_cpu_seconds';
type Ticks = ReturnType<typeof between>;
/** Poses told a second to somebody who stands among others, at least: fewer would mean that the crowd isn't told. */
const LEAST_FRAMES = 10;

/**
 * The whole game server with a thousand people who walk about, as it is: its own rooms, its own joins, its own
 * metrics. They come back to where they stood before, so that they are spread from the first moment. While they rest
 * between rounds, a process that does nothing but write as many bytes to as many sockets shows what this machine takes for
 * that alone: below it no server can come.
 */
export default async function hold1000() {
  const folder = await mkdtemp(join(tmpdir(), 'chatmux-hold-'));
  const area = areaFor(PEOPLE);
  const seed = 1;
  const adminToken = randomBytes(24).toString('base64url');
  const plan: GamePlan = { folder, area, seed, people: PEOPLE, adminToken };
  const game = await Child.start<GameCalls>(
    'the game server',
    new URL('./arms/real-game.ts', import.meta.url),
    { args: [JSON.stringify(plan)], execArgv: [...GAME_NODE_FLAGS] },
  );
  const bots = await Child.start<BotsCalls>('bots', new URL('../bots/bots-process.ts', import.meta.url));
  const bare = await Child.start<BareWritesCalls>(
    'bare writes',
    new URL('./arms/bare-writes.ts', import.meta.url),
  );
  const readers = await Child.start<BareReadersCalls>(
    'bare readers',
    new URL('./arms/bare-readers.ts', import.meta.url),
  );
  try {
    await readers.ask('connect', { port: await bare.ask('listen', undefined), count: PEOPLE });
    const url = await game.ask('url', undefined);
    await bots.ask('join', {
      crowd: 'all',
      url,
      count: PEOPLE,
      seed,
      sayPlace: false,
      area,
      gaits: { walk: 1, run: 0, stand: 0 },
    });
    await bots.ask('go', 'all');
    await wait(SETTLE_MS);
    const rounds = await countedRounds(async () => {
      const before = await scrape(url, adminToken);
      const start = performance.now();
      await game.ask('mark', undefined);
      await bots.ask('mark', 'all');
      await wait(ROUND_MS);
      const { wallMs, cpuMs } = await game.ask('read', undefined);
      const crowd = await bots.ask('read', 'all');
      const after = await scrape(url, adminToken);
      const [ticks, cpuTicks] = [TICKS, TICKS_CPU].map((name) =>
        between(readHistogram(before, name), readHistogram(after, name)),
      ) as [Ticks, Ticks];
      const hz = (ticks.count * 1000) / (performance.now() - start);
      if (crowd.lost > 0) throw new Error(`${crowd.lost} bots lost their connection: ${crowd.lostWhy}`);
      const { messages: frames, bytes } = crowd.traffic[`${POSES_TYPE}`] ?? { messages: 0, bytes: 0 };
      const least = (LEAST_FRAMES * PEOPLE * wallMs) / 1000;
      const reason = whyVoid(crowd, { ticks: ticks.count, told: least }, frames);
      if (reason) throw new VoidRound(reason);
      await bots.ask('rest', 'all');
      await wait(REST_MS);
      const bareMs = await bare.ask('run', {
        writes: Math.round(frames / ticks.count),
        bytes: Math.round(bytes / frames),
        ms: ROUND_MS,
      });
      await bots.ask('go', 'all');
      await wait(REST_MS);
      const p99Ms = quantile(ticks, 0.99) * 1000;
      return {
        hz,
        share: cpuMs / wallMs,
        p99Ms,
        cpuP99Ms: quantile(cpuTicks, 0.99) * 1000,
        bareMs,
        overBare: p99Ms / bareMs,
        refused: (crowd.traffic.problem?.messages ?? 0) / crowd.inputs,
      };
    });
    const of = (what: keyof (typeof rounds)[number]) => {
      const values = rounds.map((round) => round[what]);
      return { value: median(values), range: span(values) };
    };
    const [hz, share, p99, refused] = [of('hz'), of('share'), of('p99Ms'), of('refused')];
    const [cpuP99, bareMs, overBare] = [of('cpuP99Ms'), of('bareMs'), of('overBare')];
    return [
      {
        name: 'hold-1000-rate',
        value: hz.value,
        unit: `ticks a second with ${PEOPLE} people (${hz.range})`,
        bar: `≥ ${BARS.hz}`,
        pass: hz.value >= BARS.hz,
      },
      {
        name: 'hold-1000-share',
        value: share.value,
        unit: `of a core (${share.range})`,
        bar: `≤ ${BARS.share}`,
        pass: share.value <= BARS.share,
      },
      {
        name: 'hold-1000-tick',
        value: p99.value,
        unit: `ms, 99 of 100 ticks with all they send (${p99.range})`,
        bar: `≤ ${BARS.p99Ms}`,
        pass: p99.value <= BARS.p99Ms,
      },
      {
        name: 'hold-1000-tick-cpu',
        value: cpuP99.value,
        unit: `ms of processor time, 99 of 100 ticks (${cpuP99.range})`,
        bar: `≤ ${BARS.p99Ms}`,
        pass: cpuP99.value <= BARS.p99Ms,
      },
      {
        name: 'hold-1000-tick-over-bare',
        value: overBare.value,
        unit: `of what bare writes take (${overBare.range}), 99 of 100 within ${bareMs.value.toFixed(1)} ms (${bareMs.range})`,
        bar: `≤ ${BARS.overBare}`,
        pass: overBare.value <= BARS.overBare,
      },
      {
        name: 'hold-1000-refused',
        value: refused.value,
        unit: `of what honest people send is refused (${refused.range})`,
        bar: `≤ ${BARS.refused}`,
        pass: refused.value <= BARS.refused,
      },
    ];
  } finally {
    await Promise.all([bots.stop(), bare.stop(), readers.stop()]);
    await game.ask('stop', undefined).catch((error: unknown) => console.error(error));
    await game.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
