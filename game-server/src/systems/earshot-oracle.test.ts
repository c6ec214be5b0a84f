import type { PlanEntry, Want } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { EarshotLife } from '../testing/earshot-life.ts';
import type { OracleHearing } from '../testing/earshot-oracle.ts';
import type { Effect, PersonState } from '../world/types.ts';
import { MAX_FACES, MAX_PREPARED, MAX_SCREENS, MAX_VOICES } from './earshot.ts';
import { MAX_LISTENERS_TOLD } from './plan-media.ts';

const WORLDS = 10_000;
const PARTS = 10;

/** What the media server and the clients know, had they only heard of the effects of each tick, in order. */
class Told {
  private readonly wants = new Map<string, Want[]>();
  private readonly plans = new Map<string, PlanEntry[]>();

  take({ world }: EarshotLife, effects: readonly Effect[]): void {
    for (const effect of effects)
      if (effect.type === 'wants')
        for (const { session, wants } of effect.listeners) this.wants.set(session, wants);
      else if (effect.type === 'plan') {
        const session = world.people.get(effect.to)?.session;
        if (session === undefined) throw new Error(`a plan for ${effect.to}, who is not here`);
        this.plans.set(session, effect.entries);
      }
    // The room closes the sessions of those who leave; nobody may go on to want anything of them.
    const sessions = new Set([...world.people.values()].map(({ session }) => session));
    for (const known of [this.wants, this.plans])
      for (const session of known.keys()) if (!sessions.has(session)) known.delete(session);
  }

  /** Whether the media server knows what a listener is to receive now. */
  agreesOnWants({ world: { people }, oracle }: EarshotLife, { session, hearing }: PersonState): boolean {
    const wants = this.wants.get(session) ?? [];
    const bySession = new Map(wants.map((want) => [want.from, want]));
    if (wants.length !== hearing.size || bySession.size !== wants.length) return false;
    return [...hearing].every(([id, { audio, video, screen }]) => {
      const want = bySession.get(people.get(id)?.session ?? '');
      const sends = oracle.people.get(id);
      return (
        want?.audio === (audio && sends?.mic === true) &&
        want.video === (sends?.cam ? video : 0) &&
        want.screen === (sends?.screen ? screen : 0)
      );
    });
  }

  /** Whether somebody's client knows what it receives, and who receives it. */
  agreesOnPlan({ session, hearing, heardBy }: PersonState): boolean {
    const entries = this.plans.get(session) ?? [];
    // A megaphone has more listeners than are told.
    const others = [...heardBy.keys()].filter((id) => !hearing.has(id)).length;
    if (hearing.size + Math.min(others, MAX_LISTENERS_TOLD) !== entries.length) return false;
    if (new Set(entries.map(({ id }) => id)).size !== entries.length) return false;
    return entries.every(({ id, audio, video, screen, carry, heardBy: heard, seenBy, screenSeenBy }) => {
      const ours = hearing.get(id);
      const theirs = heardBy.get(id);
      if (audio !== (ours?.audio ?? false) || video !== (ours?.video ?? 0)) return false;
      if (screen !== (ours?.screen ?? 0) || screenSeenBy !== (theirs?.screen ?? 0)) return false;
      return (
        heard === (theirs?.audio ?? false) &&
        seenBy === (theirs?.video ?? 0) &&
        carry === (ours ?? theirs)?.carry
      );
    });
  }
}

function sameHearing(ours: ReadonlyMap<number, OracleHearing>, theirs: ReadonlyMap<number, OracleHearing>) {
  if (ours.size !== theirs.size) return false;
  for (const [id, { audio, video, screen, carry }] of ours) {
    const other = theirs.get(id);
    if (other?.audio !== audio || other.video !== video) return false;
    if (other.screen !== screen || other.carry !== carry) return false;
  }
  return true;
}

const inOrder = (hearing: ReadonlyMap<number, OracleHearing>) => [...hearing].sort(([a], [b]) => a - b);

/** True where `heardBy` says of somebody what all others' `hearing` says. */
function isMirror({ world: { people } }: EarshotLife, { id, heardBy }: PersonState): boolean {
  let listeners = 0;
  for (const other of people.values()) {
    const hearing = other.hearing.get(id);
    if (hearing) listeners += 1;
    if (hearing !== heardBy.get(other.id)) return false;
  }
  return listeners === heardBy.size;
}

function exceedsCaps({ hearing }: PersonState): boolean {
  let [voices, faces, screens] = [0, 0, 0];
  for (const { audio, video, screen } of hearing.values()) {
    if (audio) voices += 1;
    if (video > 0) faces += 1;
    if (screen > 0) screens += 1;
  }
  if (screens > MAX_SCREENS) return true;
  return voices > MAX_VOICES || faces > MAX_FACES || hearing.size > MAX_PREPARED;
}

/** What is wrong with somebody after a tick. */
function faultOf(life: EarshotLife, told: Told, person: PersonState): string | undefined {
  const { world, oracle } = life;
  const { id, here, hearing } = person;
  const theirs = oracle.people.get(id)?.hears ?? new Map();
  if (!sameHearing(hearing, theirs)) {
    expect(inOrder(hearing), `what ${id} receives`).toEqual(inOrder(theirs));
    return `${id} receives something else`;
  }
  if (!isMirror(life, person)) return `who receives ${id} is no mirror of what others receive`;
  if (exceedsCaps(person)) return `${id} receives too many`;
  if (!told.agreesOnWants(life, person)) return `the media server was told something else of ${id}`;
  const mustKnow = here && (oracle.atOnce.has(id) || (world.tick + id) % 8 === 0);
  return mustKnow && !told.agreesOnPlan(person) ? `${id} was told something else` : undefined;
}

/** Lives through one world; fails where schedule and oracle part. */
function live(seed: number, seen: Record<string, number>): void {
  const life = new EarshotLife(seed);
  const told = new Told();
  let effects = life.first;
  for (let tick = 1; tick <= life.length; tick++) {
    told.take(life, effects);
    for (const person of life.world.people.values()) {
      const fault = faultOf(life, told, person);
      if (fault !== undefined) expect.fail(`world ${seed}, tick ${tick}: ${fault}`);
    }
    effects = life.tick();
  }
  for (const [what, times] of Object.entries(life.oracle.seen)) seen[what] = (seen[what] ?? 0) + times;
}

describe('[ES1–ES7] [PM1–PM3] [PM7–PM10] earshot in the real schedule', () => {
  for (let part = 0; part < PARTS; part++)
    it(`agrees with all pairs from scratch (part ${part + 1} of ${PARTS})`, { timeout: 120_000 }, () => {
      const seen: Record<string, number> = {};
      for (let seed = part; seed < WORLDS; seed += PARTS) live(seed, seen);
      for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(10);
    });
});
