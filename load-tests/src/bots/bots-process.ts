// A process full of bots, driven by its parent: see calls.ts.
import { decodeFrame, POSE_SELF_BYTES, WORLD_ROOM } from '@chatmux/schema';
import type { Listen } from './bot.ts';
import { botJoin, botPlace } from './bot-join.ts';
import { answerCalls } from './calls.ts';
import { Crowd, type CrowdReport } from './crowd.ts';
import type { Area, WalkPlan } from './random-walk.ts';
import { seededNumbers } from './seeded-numbers.ts';
import { count as countTraffic, sumTraffic, type Traffic } from './traffic.ts';

export interface CrowdPlan extends WalkPlan {
  /** Names the crowd in later calls. */
  crowd: string;
  url: string;
  count: number;
  seed: number;
  /** Send the first place along with the join: for bench rooms, which put people where they ask to be. */
  sayPlace: boolean;
  /** Decode pose frames of this kind of message, and count the acknowledgements in them as `acknowledgement`. */
  decode?: string;
}

/** A crowd's report, and what this process itself used meanwhile. */
export interface BotsReport extends CrowdReport {
  wallMs: number;
  /** Share of a core this process used. */
  share: number;
}

/** Takes a pose frame apart, as a browser would, and counts what it acknowledges. */
const countAcknowledged: Listen = (bot, frame) => {
  if (decodeFrame(frame).self) countTraffic(bot.traffic, 'acknowledgement', POSE_SELF_BYTES);
};

const crowds = new Map<string, Crowd>();
let cpu = process.cpuUsage();
let since = performance.now();

function crowdOf(name: string): Crowd {
  const crowd = crowds.get(name);
  if (!crowd) throw new Error(`there is no crowd called ${name}`);
  return crowd;
}

async function join(plan: CrowdPlan): Promise<void> {
  const { crowd: name, count, seed, area, gaits } = plan;
  const crowd = new Crowd();
  crowds.set(name, crowd);
  await crowd.join(
    Array.from({ length: count }, (_, nth) => {
      const at = botPlace(seed, nth, area);
      const options = botJoin(seed, nth);
      return {
        url: new URL(plan.url),
        room: WORLD_ROOM,
        options: plan.sayPlace ? { ...options, at } : options,
        at,
        area,
        gaits,
        random: seededNumbers(seed * 7919 + nth),
        ...(plan.decode !== undefined && { listen: { kind: plan.decode, to: countAcknowledged } }),
      };
    }),
  );
}

const calls = {
  join,
  go: (name: string) => crowdOf(name).go(),
  rest: (name: string) => crowdOf(name).rest(),
  mark(name: string): void {
    crowdOf(name).mark();
    cpu = process.cpuUsage();
    since = performance.now();
  },
  /** What those were told who are in an area now, since the last mark. */
  readWithin({ crowd, area }: { crowd: string; area: Area }): { people: number; traffic: Traffic } {
    const within = crowdOf(crowd).within(area);
    return { people: within.length, traffic: sumTraffic(within.map((bot) => bot.traffic)) };
  },
  read(name: string): BotsReport {
    const wallMs = performance.now() - since;
    const { user, system } = process.cpuUsage(cpu);
    return { ...crowdOf(name).read(), wallMs, share: (user + system) / 1000 / wallMs };
  },
};
export type BotsCalls = typeof calls;

answerCalls(calls);
