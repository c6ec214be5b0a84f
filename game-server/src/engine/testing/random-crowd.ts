import { parseWorldMap, STEPS_PER_TICK } from '@chatmux/schema';
import type { Command } from '../../world/types.ts';

const area = { shape: 'box', turn: 0 };
const wall = { look: 'wall', height: 3, solid: 'box' };

/** A small place with one zone of each kind and some walls, so that a crowd meets every rule. */
export const YARD = parseWorldMap(
  {
    format: 1,
    id: 'yard',
    name: 'Yard',
    bounds: { minX: -30, maxX: 30, minZ: -30, maxZ: 30 },
    spawn: { x: 0, z: 0, radius: 6, turn: 30 },
    grounds: [],
    things: [
      { ...wall, x: 5, z: -8, turn: 35, width: 8, depth: 0.5 },
      { ...wall, x: -7, z: 4, width: 3, depth: 3, solid: 'circle' },
    ],
    zones: [
      { ...area, kind: 'room', id: 'room', name: 'Room', x: 14, z: 0, width: 8, depth: 8 },
      { ...area, kind: 'hall', id: 'hall', name: 'Hall', x: -14, z: 0, width: 12, depth: 16 },
      {
        ...area,
        kind: 'stage',
        id: 'stage',
        name: 'Stage',
        x: -14,
        z: 5,
        width: 6,
        depth: 3,
        hall: 'hall',
        megaphone: true,
      },
      { ...area, kind: 'quiet', id: 'corner', name: 'Corner', x: 0, z: 14, width: 10, depth: 6, turn: 20 },
      {
        ...area,
        kind: 'portal',
        id: 'gate',
        name: 'Gate',
        x: 0,
        z: -14,
        width: 4,
        depth: 2,
        to: { world: 'yard', portal: 'gate' },
        arrive: { x: 2, z: 2, turn: 90 },
      },
    ],
  },
  'yard.json',
);

/** Numbers from 0 to below 1 that follow from a seed alone. */
function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
  };
}

interface Member {
  readonly id: number;
  seq: number;
  step: number;
  away: boolean;
}

/** People who come, walk, gather, talk, lock, knock, block, drop, return and leave, as a seed wants. */
export class RandomCrowd {
  private readonly random: () => number;
  private readonly size: number;
  private readonly members = new Map<number, Member>();
  private visits = 0;

  constructor(seed: number, size: number) {
    this.random = seeded(seed);
    this.size = size;
  }

  /** What is asked in the next tick. */
  next(): Command[] {
    const commands: Command[] = [];
    if (this.members.size < this.size && this.chance(0.3)) commands.push(this.join());
    for (const member of this.members.values()) {
      member.step += STEPS_PER_TICK;
      commands.push(...this.actOf(member));
    }
    if (this.chance(0.005)) commands.push({ type: 'replan' });
    return commands;
  }

  private chance(share: number): boolean {
    return this.random() < share;
  }

  private upTo(count: number): number {
    return Math.floor(this.random() * count);
  }

  private join(): Command {
    let id = 1;
    while (this.members.has(id)) id += 1;
    this.visits += 1;
    this.members.set(id, { id, seq: -1, step: 0, away: false });
    const at = { x: this.random() * 32 - 16, z: this.random() * 32 - 16, yaw: this.random() - 0.5 };
    return {
      type: 'join',
      id,
      session: `${id}.${this.visits}`,
      name: `P${this.visits}`,
      colour: id % 12,
      at,
    };
  }

  private actOf(member: Member): Command[] {
    const { id } = member;
    const act = this.random();
    if (act < 0.0008) {
      this.members.delete(id);
      return [{ type: 'leave', id }];
    }
    if (member.away) {
      if (act > 0.05) return [];
      Object.assign(member, { away: false, seq: -1, step: 0 });
      return [{ type: 'return', id, ...(this.chance(0.5) && { as: { name: `Q${id}`, colour: 3 } }) }];
    }
    if (act < 0.002) {
      member.away = true;
      return [{ type: 'drop', id }];
    }
    if (act < 0.01)
      return [{ type: 'devices', id, mic: this.chance(0.8), cam: this.chance(0.5), screen: id % 3 === 0 }];
    if (act < 0.014) return [{ type: 'status', id, deaf: this.chance(0.2), busy: this.chance(0.2) }];
    if (act < 0.03) return [{ type: 'speaking', id, on: this.chance(0.5) }];
    if (act < 0.031) return [{ type: 'block', id, other: 1 + this.upTo(this.size), on: this.chance(0.4) }];
    if (act < 0.033)
      return [
        {
          type: 'identify',
          id,
          identity: ['', 'a', 'b'][this.upTo(3)] ?? '',
          as: { name: `I${id}`, colour: 2 },
        },
      ];
    if (act < 0.08) return [{ type: 'circle', id, ask: this.ask() }];
    if (act < 0.083) return [{ type: 'line', id, full: this.chance(0.5) }];
    if (act < 0.18) return [this.input(member)];
    return [];
  }

  private ask(): Extract<Command, { type: 'circle' }>['ask'] {
    const circle = 1 + this.upTo(4);
    const id = 1 + this.upTo(this.size);
    const asks = [
      { do: 'lock' },
      { do: 'unlock' },
      { do: 'knock', circle },
      { do: 'let-in', id },
      { do: 'turn-away', id },
    ] as const;
    return asks[this.upTo(asks.length)] ?? asks[0];
  }

  private input(member: Member): Command {
    member.seq += 1;
    const gait = this.chance(0.5) ? 0 : this.chance(0.7) ? 1 : 2;
    // Now and then one claims more than time allows, or something older.
    const step = Math.max(0, member.step + (this.chance(0.02) ? this.upTo(400) - 100 : 0));
    return {
      type: 'input',
      id: member.id,
      input: { seq: member.seq, step, gait, heading: this.upTo(65536) },
    };
  }
}
