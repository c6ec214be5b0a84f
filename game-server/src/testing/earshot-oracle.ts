import type { WorldZone } from '@chatmux/schema';
import type { Command } from '../world/types.ts';
import { ZoneOracle, type ZonesByOracle } from './zone-oracle.ts';

/** What the oracle takes from the world as it is: it judges neither movement nor circles nor crowds. */
export interface Standing {
  id: number;
  x: number;
  z: number;
  circle: number;
  locked: boolean;
  /** Too many are in sight for this client: it is decided half as often. */
  crowd: boolean;
}

export interface OracleHearing {
  audio: boolean;
  video: number;
  screen: number;
  carry: string;
}

interface Someone {
  id: number;
  here: boolean;
  mic: boolean;
  cam: boolean;
  screen: boolean;
  deaf: boolean;
  busy: boolean;
  speaking: boolean;
  /** Tick of the last word; far in the past before the first. */
  spoke: number;
  blocks: number[];
  /** Who they are; empty for a guest. */
  identity: string;
  zones: ZonesByOracle;
  /** Room and locked circle, as text. */
  walls: string;
  x: number;
  z: number;
  hears: Map<number, OracleHearing>;
  /** Among the four whom the world hears. */
  loud: boolean;
}

interface Candidate {
  someone: Someone;
  metres: number;
  carry: string;
  /** As far as it sounds. */
  sounds: number;
  /** As far as it counts where not all fit. */
  counts: number;
  before: OracleHearing | undefined;
}

/**
 * The rules of earshot and of the media plan again, told the slow way: everyone against everyone, zones from their plain
 * shapes. Shares nothing with the systems, so that they can be checked against it.
 */
export class EarshotOracle {
  readonly people = new Map<number, Someone>();
  /** Those whose plan can't wait in this tick. */
  atOnce = new Set<number>();
  /** How often something rare decided, so that a test can tell that it did. */
  readonly seen = {
    voices: 0,
    faces: 0,
    prepared: 0,
    stage: 0,
    room: 0,
    quiet: 0,
    wall: 0,
    lock: 0,
    block: 0,
    self: 0,
    busy: 0,
    deaf: 0,
    crowd: 0,
    screens: 0,
    silentScreen: 0,
    megaphone: 0,
    megaphones: 0,
  };
  private readonly zones: ZoneOracle;
  private stale = new Set<number>();

  constructor(zones: readonly WorldZone[]) {
    this.zones = new ZoneOracle(zones);
  }

  /** Something that can't wait: for them, and for all who receive anything of them, or of whom they do. */
  private hurry(one: Someone): void {
    this.stale.add(one.id);
    for (const other of this.people.values())
      if (other.hears.has(one.id) || one.hears.has(other.id)) this.stale.add(other.id);
  }

  /** What is asked in a tick, before it is decided. */
  command(tick: number, command: Command): void {
    if (command.type === 'join') {
      this.join(command);
      return;
    }
    if (command.type === 'hitch') return;
    if (command.type === 'replan') {
      for (const id of this.people.keys()) this.stale.add(id);
      return;
    }
    const one = this.people.get(command.id);
    if (!one) return;
    switch (command.type) {
      case 'leave':
        this.hurry(one);
        this.people.delete(one.id);
        this.stale.delete(one.id);
        for (const other of this.people.values()) {
          other.hears.delete(one.id);
          other.blocks = other.blocks.filter((id) => id !== one.id);
        }
        return;
      case 'drop':
        Object.assign(one, { here: false, mic: false, cam: false, screen: false, speaking: false });
        break;
      case 'return':
        one.here = true;
        break;
      case 'identify':
        one.identity = command.identity;
        break;
      case 'devices':
        if (one.speaking && !command.mic) Object.assign(one, { speaking: false, spoke: tick });
        Object.assign(one, { mic: command.mic, cam: command.cam, screen: command.screen });
        // Nobody waits less for it: it is noticed when it is their turn.
        return;
      case 'status':
        if (one.deaf === command.deaf && one.busy === command.busy) return;
        Object.assign(one, { deaf: command.deaf, busy: command.busy });
        break;
      case 'speaking': {
        const speaking = command.on && one.mic;
        if (speaking !== one.speaking) Object.assign(one, { speaking, spoke: tick });
        return;
      }
      case 'block':
        if (command.other === one.id || !this.people.has(command.other)) return;
        one.blocks = one.blocks.filter((id) => id !== command.other);
        if (command.on) one.blocks.push(command.other);
        // It is between the two.
        this.stale.add(one.id);
        this.stale.add(command.other);
        return;
      default:
        return;
    }
    this.hurry(one);
  }

  private join({ id, at }: Extract<Command, { type: 'join' }>): void {
    const devices = {
      mic: false,
      cam: false,
      screen: false,
      loud: false,
      deaf: false,
      busy: false,
      speaking: false,
    };
    const zones = this.zones.nowhere();
    const rest = {
      spoke: -1000,
      blocks: [],
      identity: '',
      zones,
      walls: '-1',
      x: at.x,
      z: at.z,
      hears: new Map(),
    };
    this.people.set(id, { id, here: true, ...devices, ...rest });
    this.stale.add(id);
  }

  /** Decides everyone whose turn it is, or who can't wait. */
  step(tick: number, standing: readonly Standing[]): void {
    const crowded = new Set<number>();
    for (const { id, x, z, circle, locked, crowd } of standing) {
      const one = this.people.get(id);
      if (!one) throw new Error(`the oracle doesn't know ${id}`);
      if (crowd) crowded.add(id);
      one.x = x;
      one.z = z;
      one.zones = this.zones.at(x, z, one.zones);
      const walls = circle > 0 && locked ? `${one.zones.room} locked ${circle}` : `${one.zones.room}`;
      if (walls !== one.walls) this.hurry(one);
      one.walls = walls;
    }
    this.chooseLoud();
    this.atOnce = new Set(this.stale);
    for (const one of this.people.values()) {
      const turns = crowded.has(one.id) ? 8 : 4;
      if ((tick + one.id) % turns !== 0 && !this.stale.has(one.id)) continue;
      if (crowded.has(one.id)) this.seen.crowd += 1;
      const before = one.hears;
      one.hears = this.decide(tick, one);
      if (!this.stale.has(one.id)) continue;
      for (const id of new Set([...before.keys(), ...one.hears.keys()]))
        if (!isSame(before.get(id), one.hears.get(id))) this.atOnce.add(id);
    }
    this.stale.clear();
  }

  /** [ES6] Of those with a megaphone one after the other: one with a microphone, one who was loud, one with a low id. */
  private chooseLoud(): void {
    const left = new Set([...this.people.values()].filter((one) => this.zones.isLoud(one.zones)));
    for (const one of left) if (!one.here || one.busy) left.delete(one);
    const chosen = new Set<Someone>();
    if (left.size > 4) this.seen.megaphones += 1;
    while (chosen.size < 4 && left.size > 0) {
      let next: Someone | undefined;
      for (const one of left) {
        const points = (some: Someone) => (some.mic ? 2 : 0) + (some.loud ? 1 : 0);
        const lead = next ? points(one) - points(next) : 1;
        if (!next || lead > 0 || (lead === 0 && one.id < next.id)) next = one;
      }
      if (!next) break;
      left.delete(next);
      chosen.add(next);
    }
    for (const one of this.people.values()) {
      if (one.loud !== chosen.has(one)) this.hurry(one);
      one.loud = chosen.has(one);
    }
  }

  /** How a voice goes from one to the other; null: not at all. */
  private carry(to: Someone, from: Someone, metres: number): string | null {
    const { seen } = this;
    if (to === from || !to.here || !from.here) return null;
    const isNear = metres < 5;
    if (to.busy || from.busy) {
      if (isNear) seen.busy += 1;
      return null;
    }
    if (to.identity !== '' && to.identity === from.identity) {
      if (isNear) seen.self += 1;
      return null;
    }
    if (to.blocks.includes(from.id) || from.blocks.includes(to.id)) {
      if (isNear) seen.block += 1;
      return null;
    }
    const locked = ({ walls }: Someone) => walls.split(' locked ')[1];
    if (from.loud && locked(to) === locked(from)) {
      if (to.walls !== from.walls || metres > 22) seen.megaphone += 1;
      return 'whole';
    }
    if (to.walls !== from.walls) {
      if (isNear) seen[to.zones.room === from.zones.room ? 'lock' : 'wall'] += 1;
      return null;
    }
    if (to.zones.room !== -1) {
      if (metres > 22) seen.room += 1;
      return 'whole';
    }
    if (this.zones.hears(to.zones, from.zones)) {
      if (metres > 22) seen.stage += 1;
      return 'whole';
    }
    if (to.zones.quiet === -1 && from.zones.quiet === -1) return 'distance';
    if (metres > 5 && metres < 16) seen.quiet += 1;
    return 'quiet';
  }

  private decide(tick: number, to: Someone): Map<number, OracleHearing> {
    const around: Candidate[] = [];
    for (const someone of this.people.values()) {
      const metres = Math.hypot(someone.x - to.x, someone.z - to.z);
      const carry = this.carry(to, someone, metres);
      if (carry === null) continue;
      const sounds = carry === 'whole' ? 0 : carry === 'quiet' ? (metres * 16) / 5 : metres;
      const counts = someone.loud || this.zones.hears(to.zones, someone.zones) ? 0 : metres;
      around.push({ someone, metres, carry, sounds, counts, before: to.hears.get(someone.id) });
    }
    const speaks = ({ speaking, spoke }: Someone) => speaking || tick - spoke <= 60;
    const byVoice = ({ someone }: Candidate) => (speaks(someone) ? 0 : someone.mic ? 1 : 2);
    const byFace = ({ someone }: Candidate) => (someone.cam ? (speaks(someone) ? 0 : 1) : 2);
    const isHeard = ({ before }: Candidate) => before?.audio === true;
    const isSeen = ({ before }: Candidate) => before !== undefined && before.video > 0;
    const isShown = ({ before }: Candidate) => before !== undefined && before.screen > 0;
    const isReady = ({ before }: Candidate) => before !== undefined;
    const inBand = (enter: number, leave: number, is: (one: Candidate) => boolean) =>
      around.filter((one) => one.sounds <= (is(one) ? leave : enter));

    const audible = to.deaf ? [] : inBand(16, 17, isHeard);
    const visible = inBand(12, 13.5, isSeen);
    const near = inBand(22, 26, isReady);
    const voices = best(16, audible, byVoice, isHeard);
    const faces = best(9, visible, byFace, isSeen);
    const sharing = inBand(16, 18, isShown).filter(({ someone }) => someone.screen);
    const screens = best(4, sharing, () => 0, isShown);
    const played = new Set([...voices, ...faces, ...screens]);
    const others = near.filter((one) => !played.has(one));
    const chosen = [...played, ...best(32 - played.size, others, byVoice, isReady)];
    if (audible.length > 16) this.seen.voices += 1;
    if (visible.length > 9) this.seen.faces += 1;
    if (sharing.length > 4) this.seen.screens += 1;
    if (to.deaf && screens.length > 0) this.seen.silentScreen += 1;
    if (near.length > 32) this.seen.prepared += 1;
    if (to.deaf && near.some(({ sounds }) => sounds <= 16)) this.seen.deaf += 1;
    return new Map(
      chosen.map((one) => {
        const video = faces.includes(one) ? layer(one) : 0;
        const screen = screens.includes(one) ? (to.deaf ? 1 : 2) : 0;
        return [one.someone.id, { audio: voices.includes(one), video, screen, carry: one.carry }];
      }),
    );
  }
}

/** All, where they fit; else the first by tier, by distance and by id. */
function best(
  most: number,
  list: readonly Candidate[],
  tier: (one: Candidate) => number,
  plays: (one: Candidate) => boolean,
): readonly Candidate[] {
  if (list.length <= most) return list;
  const counts = (one: Candidate) => one.counts * (plays(one) ? 0.85 : 1);
  return list
    .map((one) => ({ one, tier: tier(one), counts: counts(one) }))
    .sort((a, b) => a.tier - b.tier || a.counts - b.counts || a.one.someone.id - b.one.someone.id)
    .slice(0, most)
    .map(({ one }) => one);
}

function layer({ metres, carry, before }: Candidate): number {
  const size = carry === 'whole' ? Math.min(metres, 9) : metres;
  if (size <= (before?.video === 3 ? 6 : 5)) return 3;
  return size <= ((before?.video ?? 0) >= 2 ? 10 : 9) ? 2 : 1;
}

const isSame = (one: OracleHearing | undefined, two: OracleHearing | undefined) =>
  one?.audio === two?.audio &&
  one?.video === two?.video &&
  one?.screen === two?.screen &&
  one?.carry === two?.carry;
