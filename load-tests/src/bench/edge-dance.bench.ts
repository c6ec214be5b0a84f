import { type Band, HEAR, JOIN_METRES, LEAVE_METRES, PREPARE, SEE } from '@chatmux/engine';
import { TICK_HZ, WALK_SPEED } from '@chatmux/schema';
import { CircleField } from '../../../game-server/src/testing/circle-field.ts';
import { seededRandom } from '../../../game-server/src/testing/circle-life.ts';
import { SmallWorld } from '../../../game-server/src/testing/small-world.ts';
import type { Hearing } from '../../../game-server/src/world/types.ts';
import { median, span } from './measure/stats.ts';

const ROUNDS = 5;
const BAR = 0.1;
const TICKS = 60 * TICK_HZ;
const DANCERS = 480;
/** Metres between two dancers: none comes near another. */
const APART = 40;
/** Pairs about the bands of the media plan, in rows; none is in another's widest band. */
const PAIRS = 144;
const PAIRS_A_ROW = 12;
const PAIRS_APART = 60;
const STRIDE = WALK_SPEED / TICK_HZ;
/** How far a dancer walks to either side of the edge, in metres. */
const SWAY = { least: 0.5, most: 1 };
/** Longest rest at a turning point, in ticks. */
const LONGEST_REST = TICK_HZ;

/** How often something changed between in and out: by our rule, and by one that remembers nothing. */
interface Changes {
  ours: number;
  memoryless: number;
}

/** Walks to and fro about an edge at walking pace, turning and resting where chance says. */
class Dancer {
  distance: number;
  private target: number;
  private rest = 0;
  private readonly edge: number;
  private readonly sway: number;
  private readonly random: () => number;

  constructor(edge: number, random: () => number) {
    this.edge = edge;
    this.random = random;
    this.sway = SWAY.least + random() * (SWAY.most - SWAY.least);
    this.distance = this.somewhere();
    this.target = this.somewhere();
  }

  private somewhere(): number {
    return this.edge + (this.random() * 2 - 1) * this.sway;
  }

  step(): void {
    if (this.rest > 0) {
      this.rest -= 1;
      return;
    }
    const left = this.target - this.distance;
    this.distance += Math.sign(left) * Math.min(STRIDE, Math.abs(left));
    if (this.distance !== this.target) return;
    this.target = this.somewhere();
    this.rest = Math.floor(this.random() * LONGEST_REST);
  }
}

/** Counts how often an answer changes; the first answer is no change. */
class Flips {
  count = 0;
  private last: boolean | undefined;

  see(now: boolean): void {
    if (this.last !== undefined && now !== this.last) this.count += 1;
    this.last = now;
  }
}

/** Dancers about the radii of circles of two. Memoryless: in the circle is who is within the join radius. */
function danceAboutCircles(seed: number): Changes {
  const random = seededRandom(seed);
  const field = new CircleField();
  // About the join radius, the leave radius, and anywhere between.
  const edges = [JOIN_METRES, LEAVE_METRES, () => JOIN_METRES + random() * (LEAVE_METRES - JOIN_METRES)];
  const dances = Array.from({ length: DANCERS }, (_, i) => {
    const edge = edges[i % edges.length] ?? JOIN_METRES;
    const dancer = new Dancer(typeof edge === 'number' ? edge : edge(), random);
    const [host, other, id] = [3 * i + 1, 3 * i + 2, 3 * i + 3];
    field.join(host, 0, i * APART);
    field.join(other, 0, i * APART);
    field.join(id, dancer.distance, i * APART);
    return { dancer, host, id, z: i * APART, ours: new Flips(), memoryless: new Flips() };
  });
  for (let tick = 0; tick < TICKS; tick++) {
    for (const { dancer, id, z } of dances) {
      dancer.step();
      field.put(id, dancer.distance, z);
    }
    field.tick();
    for (const { dancer, host, id, ours, memoryless } of dances) {
      ours.see(field.circle(id) !== 0 && field.circle(id) === field.circle(host));
      memoryless.see(dancer.distance <= JOIN_METRES);
    }
  }
  return total(dances);
}

/** Dancers about the edges of one band of the media plan, in the whole schedule. Memoryless: in is who is within the first edge. */
function danceAboutBand(band: Band, isIn: (hearing: Hearing) => boolean, seed: number): Changes {
  const random = seededRandom(seed);
  const small = new SmallWorld();
  const between = () => band.enter + random() * (band.leave - band.enter);
  const dances = Array.from({ length: PAIRS }, (_, i) => {
    const edge = [band.enter, band.leave, between()][i % 3] ?? band.enter;
    const x = ((i % PAIRS_A_ROW) - PAIRS_A_ROW / 2) * PAIRS_APART;
    const z = (Math.floor(i / PAIRS_A_ROW) - PAIRS_A_ROW / 2) * PAIRS_APART;
    const dancer = new Dancer(edge, random);
    return { dancer, host: 2 * i + 1, id: 2 * i + 2, x, z, ours: new Flips(), memoryless: new Flips() };
  });
  small.tick(
    ...dances.flatMap(({ dancer, host, id, x, z }) => [
      small.join(host, x, z),
      small.join(id, x + dancer.distance, z),
    ]),
  );
  for (let tick = 0; tick < TICKS; tick++) {
    for (const { dancer, id, x, z } of dances) {
      dancer.step();
      small.put(id, x + dancer.distance, z);
    }
    small.tick();
    for (const { dancer, host, id, ours, memoryless } of dances) {
      const hearing = small.hearing(host, id);
      ours.see(hearing !== undefined && isIn(hearing));
      memoryless.see(dancer.distance <= band.enter);
    }
  }
  return total(dances);
}

function total(dances: readonly { ours: Flips; memoryless: Flips }[]): Changes {
  const sum = (of: keyof Changes) => dances.reduce((count, dance) => count + dance[of].count, 0);
  return { ours: sum('ours'), memoryless: sum('memoryless') };
}

/** Each edge people can dance about: a round of it with a seed. */
const PARTS: { name: string; dance: (seed: number) => Changes }[] = [
  { name: 'edge-dance-circles', dance: danceAboutCircles },
  { name: 'edge-dance-voices', dance: (seed) => danceAboutBand(HEAR, ({ audio }) => audio, seed) },
  { name: 'edge-dance-faces', dance: (seed) => danceAboutBand(SEE, ({ video }) => video > 0, seed) },
  { name: 'edge-dance-prepared', dance: (seed) => danceAboutBand(PREPARE, () => true, seed) },
];

/** How often people who sway about an edge change sides, against a rule without memory, hysteresis or dwell. */
export default function edgeDance() {
  const rounds = PARTS.map(() => [] as Changes[]);
  for (let round = 0; round < ROUNDS; round++)
    PARTS.forEach(({ dance }, part) => {
      rounds[part]?.push(dance(1 + round));
    });
  return PARTS.map(({ name }, part) => {
    const changes = rounds[part] ?? [];
    const ratios = changes.map(({ ours, memoryless }) => ours / memoryless);
    const value = median(ratios);
    const count = (of: keyof Changes) => changes.reduce((sum, round) => sum + round[of], 0);
    return {
      name,
      value,
      unit: `changes of sides ÷ without hysteresis (${span(ratios)}; ${count('ours')} and ${count('memoryless')})`,
      bar: `≤ ${BAR}`,
      // A rule under which nobody ever changes sides would pass as well, and mean nothing.
      pass: value <= BAR && count('ours') > 0,
    };
  });
}
