import type { Page } from 'playwright-core';
import type { Metric } from '../../../scripts/checks/bench-files.ts';
import { beginHearing, listenIn, missingFrames } from '../browser/harness/heard-frames.ts';
import { RunningWorld } from '../browser/harness/running-world.ts';
import { Visitor, waitFor } from '../browser/harness/visitor.ts';
import { countedRounds, VoidRound } from './measure/rounds.ts';
import { median, percentile } from './measure/stats.ts';

/** Frames of 20 ms that may be missing of a steady tone: a second when something dies, a tenth of it on the way back. */
const MOST_AFTER_DEATH = 50;
const MOST_ON_THE_WAY_BACK = 5;
/** Frames listened to: where nothing happens, and around what does. */
const STEADY_FRAMES = 200;
const FRAMES = 400;
/** How late a page may be for what it has to do, 19 of 20 times: beyond, the machine is what voices wait for. */
const MAX_LATE_MS = 120;
/** Without a graphics card each picture takes the page's thread for longer than a voice may wait. */
const PICTURES_A_SECOND = 2;
/** Of the frames that time should have brought, so many must have been played: fewer, and the machine stood still. */
const LEAST_PLAYED = 0.93;
/** An SFU that comes and goes: it is killed as often as it is up, for so long. */
const FLAPPING_MS = 20_000;
const RETURN_MS = 60_000;

type Way = 'sfu' | 'direct';

/**
 * How many frames of a steady tone are missing in each of two browsers: when the SFU's worker is killed with −9, when its
 * process is, and on the way back to it; and how often the way changes while it comes and goes. Each round has a world of
 * its own, since one whose SFU was lost lately waits longer before it goes back.
 */
export default async function handover(): Promise<Metric[]> {
  let changes = Number.NaN;
  const rounds = await countedRounds(async (round) => {
    const two = await TwoVoices.enter();
    try {
      const steady = await two.steady();
      const worker = await two.whenWorkerDies();
      const process = await two.whenProcessDies();
      const back = await two.onTheWayBack();
      // It is up now and was for a while, as one is that begins to come and go.
      if (Number.isNaN(changes)) changes = await changesWhileFlapping(two.world);
      console.error(
        `round ${round + 1}: steady ${steady}, worker ${worker}, process ${process}, back ${back}`,
      );
      return { steady, worker, process, back };
    } finally {
      await two.leave();
    }
  });
  const least = (name: string, values: number[], bar: number): Metric => ({
    name,
    value: Math.max(...values),
    unit: `frames of 20 ms missing, worst of the rounds (median ${median(values)})`,
    bar: `≤ ${bar}`,
    pass: Math.max(...values) <= bar,
  });
  return [
    least(
      'handover-worker',
      rounds.map(({ worker }) => worker),
      MOST_AFTER_DEATH,
    ),
    least(
      'handover-process',
      rounds.map(({ process }) => process),
      MOST_AFTER_DEATH,
    ),
    least(
      'handover-return',
      rounds.map(({ back }) => back),
      MOST_ON_THE_WAY_BACK,
    ),
    least(
      'handover-noise',
      rounds.map(({ steady }) => steady),
      MOST_ON_THE_WAY_BACK,
    ),
    {
      name: 'handover-flapping',
      value: changes,
      unit: 'changes of way in 20 s while the SFU comes and goes',
      bar: '≤ 1',
      pass: changes <= 1,
    },
  ];
}

/** Two people who hear each other's tone, in a world of their own. */
class TwoVoices {
  readonly world: RunningWorld;
  private readonly visitors: Visitor[];
  private beganMs = 0;

  private constructor(world: RunningWorld, visitors: Visitor[]) {
    this.world = world;
    this.visitors = visitors;
  }

  static async enter(): Promise<TwoVoices> {
    const two = new TwoVoices(await RunningWorld.start(), []);
    try {
      for (const [name, tone] of [
        ['Ada', 440],
        ['Lin', 880],
      ] as const) {
        // Pictures would take the time that the sound is measured by.
        const options = {
          name,
          tone,
          mic: true,
          maxFps: PICTURES_A_SECOND,
          context: { bypassCSP: true },
          prepare: listenIn,
        };
        two.visitors.push(await Visitor.enter(two.world.url, options));
      }
      await two.hear('sfu', 'both hear each other through the SFU');
      // What loads and compiles is not what is measured.
      await two.begin();
      await two.heard(STEADY_FRAMES);
      return two;
    } catch (error) {
      await two.leave();
      throw error;
    }
  }

  /** An arm against itself: nothing happens. @throws VoidRound where the tone has gaps all the same */
  async steady(): Promise<number> {
    await this.begin();
    const missing = await this.missing('nothing happens', STEADY_FRAMES);
    if (missing > MOST_ON_THE_WAY_BACK)
      throw new VoidRound(`${missing} frames were missing where nothing happened.`);
    return missing;
  }

  async whenWorkerDies(): Promise<number> {
    await this.begin();
    await this.world.killWorkers();
    const missing = await this.missing('the worker was killed', FRAMES);
    await this.hear('sfu', 'both hear each other through the new worker');
    return missing;
  }

  async whenProcessDies(): Promise<number> {
    await this.begin();
    this.world.kill('sfu');
    await this.hear('direct', 'both hear each other directly');
    return this.missing('the process was killed', FRAMES);
  }

  /** Here nothing dies: whatever is missed is missed by changing over. */
  async onTheWayBack(): Promise<number> {
    await this.begin();
    await this.hear('sfu', 'the SFU serves again');
    const { frames } = await this.heard(0);
    return this.missing('the SFU served again', frames + FRAMES / 2);
  }

  async leave(): Promise<void> {
    await Promise.all(this.visitors.map((visitor) => visitor.close()));
    await this.world.stop();
  }

  private async begin(): Promise<void> {
    await Promise.all(this.visitors.map(({ page }) => Promise.all([beginHearing(page), beginWatch(page)])));
    this.beganMs = performance.now();
  }

  private async hear(way: Way, what: string): Promise<void> {
    const hears = async (visitor: Visitor) => {
      const voice = await visitor.voice();
      return (voice?.level ?? 0) > 0.01 && voice?.mode === way;
    };
    await waitFor(async () => (await Promise.all(this.visitors.map(hears))).every(Boolean), what, RETURN_MS);
  }

  /** The one of the two who heard least, once both have heard so many frames. */
  private async heard(frames: number) {
    const look = () => Promise.all(this.visitors.map(({ page }) => missingFrames(page)));
    await waitFor(
      async () => (await look()).every((one) => one.frames >= frames),
      `${frames} frames are heard`,
      RETURN_MS,
    );
    const ms = performance.now() - this.beganMs;
    const [worst] = (await look()).sort((a, b) => b.missing - a.missing);
    if (!worst) throw new Error('nobody listened');
    return { ...worst, ms };
  }

  private async missing(what: string, frames: number): Promise<number> {
    const heard = await this.heard(frames);
    const runs = heard.runs.map(([at, length]) => `${length} from ${(at * 0.02).toFixed(2)} s on`);
    if (runs.length > 0) console.error(`  ${what}: missing ${runs.join(', ')}`);
    const lateMs = Math.max(...(await Promise.all(this.visitors.map(({ page }) => latenessOf(page)))));
    if (lateMs > MAX_LATE_MS) throw new VoidRound(`When ${what}, pages were ${Math.round(lateMs)} ms late.`);
    const played = (heard.frames * 20) / heard.ms;
    if (played < LEAST_PLAYED)
      throw new VoidRound(`When ${what}, the browser played ${Math.round(100 * played)} % of the time.`);
    return heard.missing;
  }
}

declare global {
  interface Window {
    /** How late each turn of a timer was, in milliseconds. */
    late?: number[];
  }
}

/** Looks from now on how late the page is; forgets what was before. */
const beginWatch = (page: Page) =>
  page.evaluate(() => {
    const TURN_MS = 20;
    const isNew = !window.late;
    window.late = [];
    if (!isNew) return;
    const turn = (due: number) => {
      window.late?.push(performance.now() - due);
      const next = performance.now() + TURN_MS;
      setTimeout(() => turn(next), TURN_MS);
    };
    turn(performance.now());
  });

const latenessOf = async (page: Page) => percentile((await page.evaluate(() => window.late)) ?? [], 0.95);

/** Kills the SFU again and again, as soon as it is up, and counts how often the room changes its way, as its log says. */
async function changesWhileFlapping(world: RunningWorld): Promise<number> {
  const from = world.lines.length;
  const end = performance.now() + FLAPPING_MS;
  while (performance.now() < end) {
    const pid = world.pidOf('sfu');
    world.kill('sfu');
    await waitFor(async () => world.pidOf('sfu') !== pid, 'the SFU is started again', RETURN_MS, 50);
    await waitFor(async () => (await world.health())?.media.sfu === 'up', 'the SFU is back', RETURN_MS, 50);
  }
  return world.lines.slice(from).filter((line) => /media (sfu|direct), epoch/.test(line)).length;
}
