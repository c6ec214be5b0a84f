import { STEPS_PER_TICK } from '@chatmux/schema';
import { runTick } from '../../../../game-server/src/systems/schedule.ts';
import { createWorld } from '../../../../game-server/src/world/create-world.ts';
import type { Command } from '../../../../game-server/src/world/types.ts';
import { type Area, placeIn, RandomWalk } from '../../bots/random-walk.ts';
import { seededNumbers } from '../../bots/seeded-numbers.ts';
import { fieldFor } from '../arms/field.ts';

/** A heartbeat for each this many ticks, as a browser sends it while its person walks. */
const HEARTBEAT_TICKS = 5;
/** One in this many speaks at a time. */
const SPEAKERS = 10;

interface Walker {
  id: number;
  walk: RandomWalk;
  seq: number;
}

/** A world full of people who walk and talk, without any network: the whole schedule of systems, and nothing else. */
export class WalkingWorld {
  private readonly world;
  private readonly walkers: Walker[] = [];
  private tick = 0;
  private waiting: Command[] = [];

  /** @param areas people are shared out among them, and stay in theirs */
  constructor(people: number, areas: readonly Area[], seed: number) {
    this.world = createWorld(fieldFor(around(areas)));
    const random = seededNumbers(seed);
    const gaits = { walk: 1, run: 0, stand: 0 };
    for (let id = 1; id <= people; id++) {
      const area = areas[id % areas.length];
      if (!area) throw new RangeError('people need an area to walk in');
      const at = placeIn(area, random);
      this.walkers.push({ id, walk: new RandomWalk({ area, gaits }, at, random), seq: 0 });
      this.waiting.push(
        {
          type: 'join',
          id,
          session: `${id}.1`,
          name: `P${id}`,
          colour: id % 12,
          at: { ...at, yaw: 0 },
        },
        { type: 'devices', id, mic: true, cam: id % 2 === 0, screen: false },
        { type: 'speaking', id, on: id % SPEAKERS === 0 },
      );
    }
  }

  /** Runs one tick. @returns milliseconds of processor time it took, inputs aside */
  run(): number {
    const commands = this.waiting;
    this.waiting = [];
    const step = this.tick * STEPS_PER_TICK;
    this.tick += 1;
    for (const walker of this.walkers) {
      const { id, walk } = walker;
      const changed = walk.advance(step) || walker.seq === 0;
      if (!changed && (this.tick + id) % HEARTBEAT_TICKS !== 0) continue;
      const input = { seq: walker.seq++, step: changed ? walk.from : step, ...walk.held };
      commands.push({ type: 'input', id, input });
    }
    const before = process.cpuUsage();
    const effects = runTick(this.world, commands);
    const { user, system } = process.cpuUsage(before);
    const refused = effects.find((effect) => effect.type === 'problem');
    if (refused) throw new Error(`somebody was refused: ${JSON.stringify(refused)}`);
    this.world.changed.clear();
    return (user + system) / 1000;
  }
}

function around(areas: readonly Area[]): Area {
  return {
    minX: Math.min(...areas.map((area) => area.minX)),
    maxX: Math.max(...areas.map((area) => area.maxX)),
    minZ: Math.min(...areas.map((area) => area.minZ)),
    maxZ: Math.max(...areas.map((area) => area.maxZ)),
  };
}
