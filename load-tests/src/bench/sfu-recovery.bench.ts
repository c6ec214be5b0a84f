import { median } from '../browser/harness/key-presses.ts';
import { RunningWorld } from '../browser/harness/running-world.ts';
import { Visitor, waitFor } from '../browser/harness/visitor.ts';

const ROUNDS = 5;

/** How long people don't hear each other after kill -9 of the SFU, until both do again, whichever way. */
export default async function sfuRecovery() {
  const world = await RunningWorld.start();
  const visitors: Visitor[] = [];
  const hears = async (visitor: Visitor) => ((await visitor.voice())?.level ?? 0) > 0.01;
  const all = async (holds: (visitor: Visitor) => Promise<boolean>) =>
    (await Promise.all(visitors.map(holds))).every(Boolean);
  const servedBySfu = async (visitor: Visitor) => (await visitor.voice())?.mode === 'sfu' && hears(visitor);
  const seconds: number[] = [];
  try {
    for (const [name, tone] of [
      ['Ada', 440],
      ['Lin', 880],
    ] as const)
      visitors.push(await Visitor.enter(world.url, { name, tone, mic: true }));
    for (let round = 0; round < ROUNDS; round++) {
      await waitFor(() => all(servedBySfu), 'both hear each other through the SFU');
      world.kill('sfu');
      const killedAt = performance.now();
      await waitFor(() => all(async (visitor) => !(await hears(visitor))), 'the voices stop', 5000, 10);
      await waitFor(() => all(hears), 'both hear each other again', 60_000, 20);
      seconds.push((performance.now() - killedAt) / 1000);
    }
    const value = median(seconds);
    return [{ name: 'sfu-recovery', value, unit: 'seconds, median', bar: '≤ 5', pass: value <= 5 }];
  } finally {
    await Promise.all(visitors.map((visitor) => visitor.close()));
    await world.stop();
  }
}
