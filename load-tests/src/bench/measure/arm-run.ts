import { setTimeout as wait } from 'node:timers/promises';
import { POSES_TYPE } from '@chatmux/schema';
import type { BotsCalls, BotsReport } from '../../bots/bots-process.ts';
import { Child } from '../../bots/calls.ts';
import type { Area } from '../../bots/random-walk.ts';
import type { Count, Traffic } from '../../bots/traffic.ts';
import type { Arm, ArmCalls, ArmReport } from '../arms/arm-server.ts';
import { VoidRound } from './rounds.ts';
import { whyVoid } from './why-void.ts';

const BOTS = new URL('../../bots/bots-process.ts', import.meta.url);
const SERVER = new URL('../arms/arm-server.ts', import.meta.url);

/** An arm's server with its people. */
export interface ArmPlan {
  /** Names it in this run. @default the arm */
  name?: string;
  arm: Arm;
  people: number;
  area: Area;
  /** People of the same seed begin at the same places and walk the same ways. @default 1 */
  seed?: number;
  /** Decode what they are told. @default false */
  decode?: boolean;
  /** Everybody runs instead of walking. @default false */
  run?: boolean;
}

/** How long an arm is looked at, in milliseconds: first it settles. */
export interface Window {
  settleMs: number;
  measureMs: number;
}
const WINDOW: Window = { settleMs: 800, measureMs: 2400 };

/** What an arm's server and its bots did in one window. */
export interface ArmWindow {
  server: ArmReport;
  bots: BotsReport;
}

/**
 * Servers of several arms and the bots of all of them, connected once. Only one arm ticks at a time: the others rest,
 * so that rounds can be interleaved without joining anew.
 */
export class ArmRun {
  private readonly bots: Child<BotsCalls>;
  private readonly servers = new Map<string, Child<ArmCalls>>();

  private constructor(bots: Child<BotsCalls>) {
    this.bots = bots;
  }

  static async start(plans: readonly ArmPlan[]): Promise<ArmRun> {
    const run = new ArmRun(await Child.start<BotsCalls>('bots', BOTS));
    try {
      for (const plan of plans) await run.add(plan);
      return run;
    } catch (error) {
      await run.stop();
      throw error;
    }
  }

  private async add({
    arm,
    name = arm,
    people,
    area,
    seed = 1,
    decode = false,
    run = false,
  }: ArmPlan): Promise<void> {
    const server = await Child.start<ArmCalls>(name, SERVER, { args: [arm, JSON.stringify(area)] });
    this.servers.set(name, server);
    await this.bots.ask('join', {
      crowd: name,
      url: await server.ask('url', undefined),
      count: people,
      seed,
      sayPlace: true,
      area,
      gaits: { walk: run ? 0 : 1, run: run ? 1 : 0, stand: 0 },
      ...(decode && { decode: `${POSES_TYPE}` }),
    });
  }

  /** Lets one arm tick for a while. @throws VoidRound when the bots were what was slow */
  async window(name: string, window = WINDOW): Promise<ArmWindow> {
    const seen = await this.look(name, window);
    const reason = whyVoid(seen.bots, seen.server, told(seen).messages);
    if (reason) throw new VoidRound(`${name}: ${reason}`);
    return seen;
  }

  /** The same, whoever was slow. */
  async look(name: string, { settleMs, measureMs }: Window): Promise<ArmWindow> {
    const server = this.servers.get(name);
    if (!server) throw new Error(`there is no arm called ${name}`);
    await server.ask('go', undefined);
    await this.bots.ask('go', name);
    await wait(settleMs);
    await server.ask('mark', undefined);
    await this.bots.ask('mark', name);
    await wait(measureMs);
    const window = { server: await server.ask('read', undefined), bots: await this.bots.ask('read', name) };
    await this.bots.ask('rest', name);
    await server.ask('rest', undefined);
    if (window.bots.lost > 0)
      throw new Error(`${window.bots.lost} bots of ${name} lost their connection: ${window.bots.lostWhy}`);
    return window;
  }

  /** What an arm's people in an area were told in its last window. */
  readWithin(name: string, area: Area) {
    return this.bots.ask('readWithin', { crowd: name, area });
  }

  async stop(): Promise<void> {
    await Promise.all([this.bots, ...this.servers.values()].map((child) => child.stop()));
  }
}

/** Messages and bytes by which poses were told. */
export const told = ({ bots }: ArmWindow): Count => toldIn(bots.traffic);

/** The same of any traffic. */
const toldIn = (traffic: Traffic): Count =>
  traffic[`${POSES_TYPE}`] ?? traffic.patch ?? { messages: 0, bytes: 0 };

/** Bytes of poses alone: what frames acknowledge besides is not counted. */
export const poseBytesIn = (traffic: Traffic): number =>
  toldIn(traffic).bytes - (traffic.acknowledgement?.bytes ?? 0);
