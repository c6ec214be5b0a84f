import { Bot, type BotPlan } from './bot.ts';
import type { Area } from './random-walk.ts';
import { StepClock } from './step-clock.ts';
import { sumTraffic, type Traffic } from './traffic.ts';

/** How often everybody is asked what they have to say, in milliseconds. */
const PACE_MS = 8;
/** Joins under way at once. */
const AT_ONCE = 8;
/** Latenesses kept; a longer window forgets its first ones. */
const MAX_LATE = 20_000;

/** What a crowd did and was told since the last mark. */
export interface CrowdReport {
  people: number;
  /** Those whose connection is gone, and why the first of them went. */
  lost: number;
  lostWhy: string;
  inputs: number;
  traffic: Traffic;
  /** How late the pace was, in milliseconds, nineteen times out of twenty at most. */
  lateMs: number;
}

/** Many bots in one room, which walk while `go` holds. Time comes in from outside. */
export class Crowd {
  readonly bots: Bot[] = [];
  private readonly clock = new StepClock();
  private readonly now: () => number;
  private late: number[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(now: () => number = () => performance.now()) {
    this.now = now;
  }

  /** Joins everybody, some at once. @throws Error of the first join that fails */
  async join(plans: readonly BotPlan[]): Promise<void> {
    const waiting = [...plans];
    const work = async () => {
      for (let plan = waiting.shift(); plan; plan = waiting.shift()) this.bots.push(await Bot.join(plan));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  /** Everybody walks on. */
  go(): void {
    if (this.clock.isRunning) return;
    this.clock.start(this.now());
    let due = this.now();
    const pace = () => {
      const now = this.now();
      if (this.late.length < MAX_LATE) this.late.push(now - due);
      const step = this.clock.step(now);
      for (const bot of this.bots) bot.advance(step);
      due = Math.max(due + PACE_MS, this.now());
      this.timer = setTimeout(pace, Math.max(0, due - this.now()));
    };
    pace();
  }

  /** Nobody says anything, and no step passes. */
  rest(): void {
    clearTimeout(this.timer);
    this.clock.stop(this.now());
  }

  /** Counts from here on. */
  mark(): void {
    this.late = [];
    for (const bot of this.bots) {
      bot.traffic = {};
      bot.sent = 0;
    }
  }

  read(): CrowdReport {
    const lost = this.bots.filter((bot) => !bot.isOpen);
    return {
      people: this.bots.length,
      lost: lost.length,
      lostWhy: `${lost[0]?.closedWith ?? ''}`,
      inputs: this.bots.reduce((sum, bot) => sum + bot.sent, 0),
      traffic: sumTraffic(this.bots.map((bot) => bot.traffic)),
      lateMs: this.late.toSorted((a, b) => a - b)[Math.floor(this.late.length * 0.95)] ?? 0,
    };
  }

  /** Those who are in an area now, as far as they know. */
  within({ minX, maxX, minZ, maxZ }: Area): Bot[] {
    const step = this.clock.step(this.now());
    return this.bots.filter(({ walk }) => {
      const { x, z } = walk.at(step);
      return x >= minX && x <= maxX && z >= minZ && z <= maxZ;
    });
  }

  close(): void {
    this.rest();
    for (const bot of this.bots) bot.close();
  }
}
