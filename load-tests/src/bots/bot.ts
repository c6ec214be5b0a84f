import { HEARTBEAT_MOVING_MS, HEARTBEAT_STANDING_MS, STEP_HZ } from '@chatmux/schema';
import { BotSocket } from './bot-socket.ts';
import { inputFrame } from './input-frame.ts';
import { RandomWalk, type WalkPlan } from './random-walk.ts';
import { count, kindOf, type Traffic, typeBytes } from './traffic.ts';

const HEARTBEAT_STEPS = {
  moving: Math.round((HEARTBEAT_MOVING_MS * STEP_HZ) / 1000),
  standing: Math.round((HEARTBEAT_STANDING_MS * STEP_HZ) / 1000),
};

/** Gets the bytes of one message of the kind that is listened to, without kind and type; they are used again. */
export type Listen = (bot: Bot, message: Uint8Array, wireBytes: number) => void;

export interface BotPlan extends WalkPlan {
  url: URL;
  room: string;
  /** What it joins with. */
  options: object;
  /** Where it will stand when it has joined. */
  at: { x: number; z: number };
  random: () => number;
  /** Kind of message that is handed out, and who gets it. */
  listen?: { kind: string; to: Listen };
}

/** One person of a crowd: walks at random and says so as a browser would, counts what it is told, and draws nothing. */
export class Bot {
  traffic: Traffic = {};
  /** Inputs sent, and those that should have been. */
  sent = 0;
  readonly walk: RandomWalk;
  private socket: BotSocket | undefined;
  private seq = 0;
  private saidStep = 0;

  private constructor(plan: BotPlan) {
    this.walk = new RandomWalk(plan, plan.at, plan.random);
  }

  static async join(plan: BotPlan): Promise<Bot> {
    const bot = new Bot(plan);
    const { listen } = plan;
    bot.socket = await BotSocket.join(plan.url, plan.room, plan.options, (bytes, start, end, wireBytes) => {
      const kind = kindOf(bytes, start);
      count(bot.traffic, kind, wireBytes);
      if (kind === listen?.kind)
        listen.to(bot, bytes.subarray(start + typeBytes(bytes, start), end), wireBytes);
    });
    return bot;
  }

  get isOpen(): boolean {
    return this.socket?.isOpen ?? false;
  }

  /** Why the connection is gone. */
  get closedWith(): number | string | undefined {
    return this.socket?.closedWith;
  }

  /** Says what is to be said by a step: what changed, at the step in which it did, or that nothing has for a while. */
  advance(step: number): void {
    while (this.walk.advance(step) || this.seq === 0) this.say(this.walk.from);
    const { moving, standing } = HEARTBEAT_STEPS;
    if (step - this.saidStep >= (this.walk.held.gait === 0 ? standing : moving)) this.say(step);
  }

  private say(step: number): void {
    this.saidStep = step;
    this.socket?.send(inputFrame({ seq: this.seq++, step, ...this.walk.held }));
    this.sent += 1;
  }

  close(): void {
    this.socket?.close();
  }
}
