import { beginHearing, listenIn, missingFrames } from '../browser/harness/heard-frames.ts';
import { median } from '../browser/harness/key-presses.ts';
import { RunningWorld } from '../browser/harness/running-world.ts';
import { Visitor, waitFor } from '../browser/harness/visitor.ts';

const ROUNDS = 5;
/** Frames of 20 ms that may be missing of a steady tone: a second when something dies, a tenth of it on the way back. */
const MOST_AFTER_DEATH = 50;
const MOST_ON_THE_WAY_BACK = 5;
/** An SFU that comes and goes: it is killed as often as it is up, for so long. */
const FLAPPING_MS = 20_000;
const RETURN_MS = 60_000;

type Way = 'sfu' | 'direct';

/**
 * How many frames of a steady tone are missing in each of two browsers: when the SFU's worker is killed with −9, when its
 * process is, and on the way back to it; and how often the way changes while it comes and goes.
 */
export default async function handover() {
  const world = await RunningWorld.start();
  const visitors: Visitor[] = [];
  const all = async (holds: (visitor: Visitor) => Promise<boolean>) =>
    (await Promise.all(visitors.map(holds))).every(Boolean);
  const hears = async (visitor: Visitor, way?: Way) => {
    const voice = await visitor.voice();
    return (voice?.level ?? 0) > 0.01 && (way === undefined || voice?.mode === way);
  };
  const hearBy = (way: Way | undefined, what: string) =>
    waitFor(() => all((visitor) => hears(visitor, way)), what, RETURN_MS, 50);
  const begin = () => Promise.all(visitors.map(({ page }) => beginHearing(page)));
  /** The worse of the two. The tone must go on long enough to know how it is when nothing is missing. */
  const missing = async (frames: number) => {
    await waitFor(
      () => all(async ({ page }) => (await missingFrames(page)).frames >= frames),
      'enough was heard',
      RETURN_MS,
    );
    return Math.max(
      ...(await Promise.all(visitors.map(async ({ page }) => (await missingFrames(page)).missing))),
    );
  };

  const ofWorker: number[] = [];
  const ofProcess: number[] = [];
  const ofReturn: number[] = [];
  const steady: number[] = [];
  try {
    for (const [name, tone] of [
      ['Ada', 440],
      ['Lin', 880],
    ] as const)
      visitors.push(
        await Visitor.enter(world.url, {
          name,
          tone,
          mic: true,
          context: { bypassCSP: true },
          prepare: listenIn,
        }),
      );
    await hearBy('sfu', 'both hear each other through the SFU');

    for (let round = 0; round < ROUNDS; round++) {
      await begin();
      steady.push(await missing(200));

      await begin();
      await world.killWorkers();
      ofWorker.push(await missing(400));
      await hearBy('sfu', 'both hear each other through the new worker');

      await begin();
      world.kill('sfu');
      await hearBy('direct', 'both hear each other directly');
      ofProcess.push(await missing(400));

      // On the way back nothing dies: whatever is missed is missed by changing over.
      await begin();
      await hearBy('sfu', 'the SFU serves again');
      ofReturn.push(await missing(400));
    }

    const changes = await changesWhileFlapping(world);
    return [
      least('handover-worker', ofWorker, MOST_AFTER_DEATH),
      least('handover-process', ofProcess, MOST_AFTER_DEATH),
      least('handover-return', ofReturn, MOST_ON_THE_WAY_BACK),
      {
        ...least('handover-steady', steady, MOST_ON_THE_WAY_BACK),
        unit: 'frames missing where nothing happens, worst',
      },
      {
        name: 'handover-flapping',
        value: changes,
        unit: 'changes of way in 20 s while the SFU comes and goes',
        bar: '≤ 1',
        pass: changes <= 1,
      },
    ];
  } finally {
    await Promise.all(visitors.map((visitor) => visitor.close()));
    await world.stop();
  }
}

function least(name: string, values: readonly number[], bar: number) {
  console.log(`${name}: ${values.join(', ')} frames, median ${median([...values])}`);
  const value = Math.max(...values);
  return {
    name,
    value,
    unit: 'frames of 20 ms missing, worst of the rounds',
    bar: `≤ ${bar}`,
    pass: value <= bar,
  };
}

/** Kills the SFU again and again, as soon as it is up, and counts how often the room changes its way, as its log says. */
async function changesWhileFlapping(world: RunningWorld): Promise<number> {
  const from = world.lines.length;
  const end = performance.now() + FLAPPING_MS;
  while (performance.now() < end) {
    world.kill('sfu');
    const pid = world.pidOf('sfu');
    await waitFor(async () => world.pidOf('sfu') !== pid, 'the SFU is started again', RETURN_MS, 50);
    await waitFor(async () => (await world.health())?.media.sfu === 'up', 'the SFU is back', RETURN_MS, 50);
  }
  return world.lines.slice(from).filter((line) => /media (sfu|direct), epoch/.test(line)).length;
}
