import type { CircleMessage, ProblemCode } from '@chatmux/schema';
import type { FieldPerson } from './circle-field.ts';
import { OracleRoom } from './circle-oracle-room.ts';

interface Pair {
  low: number;
  high: number;
  since: number;
  linked: boolean;
  apart: number | null;
}

interface OracleCircle {
  locked: boolean;
  members: number[];
}

/**
 * The rules of circles again, told the slow way: all pairs and all circles from scratch in each tick, with numbers of its
 * own. Shares nothing with the systems, so that they can be checked against it.
 */
export class CircleOracle {
  circles = new Map<number, OracleCircle>();
  events: string[] = [];
  /** How often something rare happened, so that a test can tell that it did. */
  readonly seen = {
    cap: 0,
    lock: 0,
    entered: 0,
    merged: 0,
    split: 0,
    full: 0,
    waiting: 0,
    turn: 0,
    surplus: 0,
  };
  private pairs = new Map<number, Pair>();
  private knocks: { from: number; circle: number; tick: number; open: boolean }[] = [];
  private permissions: { to: number; circle: number; end: number }[] = [];
  private visits = new Map<number, string>();
  private next = 1;

  /** Pairs that are linked, or on the way there, in words. */
  ties(): string[] {
    return [...this.pairs.values()].map(({ low, high, linked }) => `${low}-${high} ${linked}`).sort();
  }

  private circleOf(id: number): number {
    return this.homes().get(id) ?? 0;
  }

  /** The circle of each who is in one. */
  homes(): Map<number, number> {
    const homes = new Map<number, number>();
    for (const [circle, { members }] of this.circles) for (const id of members) homes.set(id, circle);
    return homes;
  }

  /** What becomes of a request: `done`, or the code it is refused with. */
  ask(tick: number, people: readonly FieldPerson[], id: number, ask: CircleMessage): ProblemCode | 'done' {
    const mine = this.circles.get(this.circleOf(id));
    if (ask.do === 'knock') return this.knock(tick, people, id, ask.circle);
    if (!mine) return 'not-a-member';
    if (ask.do === 'lock' || ask.do === 'unlock') {
      mine.locked = ask.do === 'lock';
      return 'done';
    }
    if (!people.some((p) => p.id === ask.id)) return 'not-found';
    const knock = this.knocks.find((k) => k.from === ask.id && k.open && k.circle === this.circleOf(id));
    if (!knock) return 'stale';
    knock.open = false;
    const letIn = ask.do === 'let-in';
    if (letIn) {
      this.permissions = this.permissions.filter((p) => p.to !== ask.id);
      this.permissions.push({ to: ask.id, circle: knock.circle, end: tick + 1200 });
    }
    this.events.push(`answer ${ask.id} ${knock.circle} ${letIn}`);
    return 'done';
  }

  private knock(tick: number, people: readonly FieldPerson[], id: number, to: number): ProblemCode | 'done' {
    const circle = this.circles.get(to);
    const me = people.find((p) => p.id === id);
    if (!circle || !me) return 'not-found';
    if (this.circleOf(id) === to || !circle.locked) return 'bad-message';
    const members = people.filter((p) => circle.members.includes(p.id)).sort((a, b) => a.id - b.id);
    if (!members.some((p) => distance(p, me) <= 6)) return 'not-in-plan';
    if (this.knocks.some((k) => k.from === id && tick < k.tick + 100)) return 'too-many';
    const at = this.knocks.findIndex((k) => k.from === id);
    const knock = { from: id, circle: to, tick, open: true };
    if (at < 0) this.knocks.push(knock);
    else this.knocks[at] = knock;
    for (const p of members) if (p.here) this.events.push(`knock ${p.id} ${id} ${to}`);
    return 'done';
  }

  step(tick: number, unsorted: readonly FieldPerson[]): void {
    const people = [...unsorted].sort((a, b) => a.id - b.id);
    const visits = new Map(people.map((p) => [p.id, p.session]));
    const gone = (id: number) => this.visits.has(id) && this.visits.get(id) !== visits.get(id);
    for (const circle of this.circles.values()) circle.members = circle.members.filter((id) => !gone(id));
    this.knocks = this.knocks.filter((k) => !gone(k.from));
    this.permissions = this.permissions.filter((p) => !gone(p.to));
    for (const [key, { low, high }] of this.pairs) if (gone(low) || gone(high)) this.pairs.delete(key);
    this.visits = visits;
    this.pairs = this.allPairs(tick, people);
    const links = [...this.pairs.values()]
      .filter((pair) => pair.linked)
      .sort((p, q) => p.since - q.since || p.low - q.low || p.high - q.high);
    this.enter(tick, links);
    this.regroup(people, links);
    this.endSurplus();
    this.endKnocks(tick, people);
  }

  private allPairs(tick: number, people: readonly FieldPerson[]): Map<number, Pair> {
    const pairs = new Map<number, Pair>();
    const near: { low: number; high: number; squared: number }[] = [];
    people.forEach((one, i) => {
      for (const two of people.slice(i + 1)) {
        const willing = one.here && two.here && !one.busy && !two.busy;
        if (!willing || one.zones.room !== two.zones.room) continue;
        const name = nameOf(one.id, two.id);
        const before = this.pairs.get(name);
        const metres = distance(one, two);
        if (before?.linked) {
          const apart = metres > 3.6 ? (before.apart ?? tick) : null;
          if (apart === null || tick < apart + 10) {
            pairs.set(name, { ...before, apart });
            continue;
          }
        }
        if (metres > 2.6) continue;
        if (before) pairs.set(name, { ...before, linked: tick >= before.since + 34 });
        else near.push({ low: one.id, high: two.id, squared: squareBetween(one, two) });
      }
    });
    near.sort((p, q) => p.squared - q.squared || p.low - q.low || p.high - q.high);
    this.begin(tick, near, pairs);
    return pairs;
  }

  /** @param near pairs that have no tie, the nearest first */
  private begin(
    tick: number,
    near: readonly { low: number; high: number }[],
    pairs: Map<number, Pair>,
  ): void {
    const before = new OracleRoom(pairs.values(), this.circles);
    const room = new OracleRoom(pairs.values(), this.circles);
    for (const { low, high } of near) {
      const ends = [low, high];
      const crowded = ends.filter((id) => before.ties(id) >= 8);
      if (crowded.length > 0 && !crowded.some((id) => (tick + id) % 8 === 0)) this.seen.turn += 1;
      else if (ends.some((id) => room.ties(id) >= 24)) this.seen.full += 1;
      else if (room.waits({ low, high }) && ends.some((id) => room.waitingTies(id) >= 8))
        this.seen.waiting += 1;
      else {
        const pair = { low, high, since: tick, linked: false, apart: null };
        pairs.set(nameOf(low, high), pair);
        room.count(pair, 1);
      }
    }
  }

  private endSurplus(): void {
    const room = new OracleRoom(this.pairs.values(), this.circles);
    const waiting = [...this.pairs.values()].filter((pair) => room.waits(pair));
    for (const pair of waiting.sort((p, q) => q.since - p.since || q.low - p.low || q.high - p.high)) {
      if (room.waitingTies(pair.low) <= 8 && room.waitingTies(pair.high) <= 8) continue;
      this.pairs.delete(nameOf(pair.low, pair.high));
      room.count(pair, -1);
      this.seen.surplus += 1;
    }
  }

  private enter(tick: number, links: readonly Pair[]): void {
    this.permissions = this.permissions.filter((p) => tick < p.end && this.circles.get(p.circle)?.locked);
    if (this.permissions.length === 0) return;
    for (const { low, high } of links)
      for (const [guest, host] of [
        [low, high],
        [high, low],
      ] as const) {
        const permission = this.permissions.find((p) => p.to === guest);
        const circle = permission && this.circles.get(permission.circle);
        if (!circle?.members.includes(host) || circle.members.length >= 16) continue;
        for (const other of this.circles.values()) other.members = other.members.filter((m) => m !== guest);
        circle.members.push(guest);
        this.permissions = this.permissions.filter((p) => p !== permission);
        this.seen.entered += 1;
      }
  }

  private regroup(people: readonly FieldPerson[], links: readonly Pair[]): void {
    const home = this.homes();
    const at = new Map(people.map((p) => [p.id, [p.id]]));
    const blockOf = (id: number) => at.get(id) ?? [];
    const join = (one: number[], two: number[]) => {
      if (one === two) return;
      const both = [...one, ...two];
      for (const id of both) at.set(id, both);
    };
    const inside = ({ low, high }: Pair) => home.has(low) && home.get(low) === home.get(high);
    for (const link of links) if (inside(link)) join(blockOf(link.low), blockOf(link.high));
    const parts = [...new Set(at.values())];
    const lockedBlocks = parts.filter(
      (block) => block.length > 1 && this.circles.get(home.get(block[0] ?? 0) ?? 0)?.locked,
    );
    for (const circle of this.circles.keys())
      if (parts.filter((b) => b.length > 1 && home.get(b[0] ?? 0) === circle).length > 1)
        this.seen.split += 1;
    for (const link of links) {
      const one = blockOf(link.low);
      const two = blockOf(link.high);
      if (one === two) continue;
      if (lockedBlocks.includes(one) || lockedBlocks.includes(two)) this.seen.lock += 1;
      else if (one.length + two.length > 16) this.seen.cap += 1;
      else {
        if (one.length > 1 && two.length > 1) this.seen.merged += 1;
        join(one, two);
      }
    }
    const groups = [...new Set(at.values())]
      .filter((block) => block.length > 1)
      .map((block) => block.sort((a, b) => a - b))
      .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
    this.name(groups, home, lockedBlocks);
  }

  private name(
    groups: readonly number[][],
    home: ReadonlyMap<number, number>,
    lockedBlocks: readonly number[][],
  ): void {
    const share = (group: readonly number[], circle: number) => group.filter((id) => home.get(id) === circle);
    const offers = new Map<number[], number[]>(groups.map((group) => [group, []]));
    for (const circle of [...this.circles.keys()].sort((a, b) => a - b)) {
      const heirs = groups.filter((group) => share(group, circle).length > 0);
      heirs.sort((a, b) => {
        const ours = share(a, circle);
        const theirs = share(b, circle);
        return theirs.length - ours.length || (ours[0] ?? 0) - (theirs[0] ?? 0);
      });
      const [heir] = heirs;
      if (heir) offers.get(heir)?.push(circle);
    }
    const named = new Map<number, OracleCircle>();
    const fresh: number[][] = [];
    for (const [group, circles] of offers) {
      const [id] = circles.sort((a, b) => share(group, b).length - share(group, a).length || a - b);
      if (id === undefined) fresh.push(group);
      else named.set(id, { locked: lockedBlocks.includes(group), members: group });
    }
    for (const group of fresh) {
      while (named.has(this.next) || this.circles.has(this.next)) this.next = (this.next % 65535) + 1;
      named.set(this.next, { locked: lockedBlocks.includes(group), members: group });
      this.next = (this.next % 65535) + 1;
    }
    this.circles = named;
  }

  private endKnocks(tick: number, people: readonly FieldPerson[]): void {
    for (const knock of this.knocks.filter((k) => k.open)) {
      const circle = this.circles.get(knock.circle);
      if (people.find((p) => p.id === knock.from)?.here !== true) knock.open = false;
      else if (!circle?.locked || tick >= knock.tick + 600) {
        knock.open = false;
        this.events.push(`answer ${knock.from} ${knock.circle} ${circle !== undefined && !circle.locked}`);
      }
    }
    this.knocks = this.knocks.filter((k) => k.open || tick < k.tick + 100);
  }
}

function distance(one: FieldPerson, two: FieldPerson): number {
  return Math.hypot(one.mover.shown.x - two.mover.shown.x, one.mover.shown.z - two.mover.shown.z);
}

function squareBetween(one: FieldPerson, two: FieldPerson): number {
  const x = one.mover.shown.x - two.mover.shown.x;
  const z = one.mover.shown.z - two.mover.shown.z;
  return x * x + z * z;
}

const nameOf = (low: number, high: number): number => low * 100_000 + high;
