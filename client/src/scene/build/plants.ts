import { PALETTE } from '../palette.ts';
import { bumps } from '../seeded-random.ts';
import type { Paint } from './mesh-builder.ts';
import type { Pen } from './pen.ts';
import { ball, cone, lump, pole, sphere } from './shapes.ts';

/** Leaves: lighter and warmer where the sky sees them, deeper below; a little unevenness so no crown is one colour. */
function crownPaint(bottom: number, top: number): Paint {
  return (out, at, normal) => {
    const height = Math.min(1, Math.max(0, (at.y - bottom) / (top - bottom)));
    const light = 0.82 + 0.2 * height + 0.07 * normal.y + 0.05 * bumps(at.x * 2, at.y * 2, at.z * 2);
    out.multiplyScalar(light);
    out.r *= 0.97 + 0.08 * height;
  };
}

export function drawTree(pen: Pen): void {
  const { width, height } = pen.thing;
  const crown = Math.max(1.1, height * 0.3);
  const middle = height - crown * 0.95;
  const trunk = Math.max(0.14, width / 2);
  const paint = crownPaint(middle - crown, height);
  pen.solid(pole(7, 0.6), PALETTE.trunk, [0, 0, 0], [trunk, middle, trunk]);
  if (pen.detail > 0)
    pen.solid(
      pole(5, 0.5),
      PALETTE.trunk,
      [0, middle * 0.55, 0],
      [trunk * 0.5, crown, trunk * 0.5],
      [0.2, pen.random() * 6, 0.7],
    );
  const colour = pen.pick(PALETTE.leaf);
  const size = pen.detail > 0 ? 2 : 1;
  pen.leaf(
    lump(size, pen.thing.variant, 0.12),
    colour,
    [0, middle, 0],
    [crown, crown * 0.92, crown],
    [0, pen.random() * 6, 0],
    paint,
  );
  const others = pen.detail > 0 ? 4 : 2;
  const start = pen.random() * 6;
  for (let i = 0; i < others; i++) {
    const angle = start + (i * Math.PI * 2) / others + pen.random() * 0.5;
    const small = crown * (0.52 + pen.random() * 0.16);
    const away = crown * 0.72;
    const rise = (pen.random() - 0.55) * crown * 0.7;
    pen.leaf(
      lump(pen.detail > 1 ? 2 : 1, i + pen.thing.variant, 0.14),
      colour,
      [Math.sin(angle) * away, middle + rise, Math.cos(angle) * away],
      [small, small * 0.9, small],
      [0, angle, 0],
      paint,
    );
  }
}

export function drawPine(pen: Pen): void {
  const { width, height } = pen.thing;
  const trunk = Math.max(0.14, width / 2);
  const colour = pen.pick(PALETTE.pine);
  pen.solid(pole(6, 0.8), PALETTE.trunk, [0, 0, 0], [trunk, height * 0.3, trunk]);
  const layers = pen.detail > 0 ? 4 : 3;
  const paint = crownPaint(height * 0.1, height);
  for (let i = 0; i < layers; i++) {
    const part = i / layers;
    const radius = height * 0.26 * (1 - part * 0.72);
    const tall = height * 0.42 * (1 - part * 0.35);
    const y = height * (0.16 + part * 0.62);
    pen.leaf(
      cone(pen.detail > 0 ? 10 : 7),
      colour,
      [0, y, 0],
      [radius, tall, radius],
      [0, pen.random() * 3, 0],
      paint,
    );
  }
}

export function drawBush(pen: Pen): void {
  const { width, height } = pen.thing;
  const colour = pen.pick(PALETTE.leaf, 1);
  const paint = crownPaint(-0.1, height);
  const parts = pen.detail > 0 ? 3 : 1;
  for (let i = 0; i < parts; i++) {
    const angle = (i * Math.PI * 2) / 3 + pen.random();
    const radius = (width / 2) * (i === 0 ? 0.85 : 0.55);
    const away = i === 0 ? 0 : width * 0.28;
    pen.leaf(
      lump(pen.detail > 1 ? 2 : 1, i + pen.thing.variant, 0.12),
      colour,
      [Math.sin(angle) * away, radius * 0.35, Math.cos(angle) * away],
      [radius, Math.min(radius, height * 0.66), radius],
      [0, angle, 0],
      paint,
    );
  }
}

export function drawHedge(pen: Pen): void {
  const { width, height, depth } = pen.thing;
  const paint = crownPaint(-0.2, height);
  pen.solid(
    pen.softBox(width, height, depth, 0.22),
    PALETTE.hedge,
    [0, height / 2 - 0.05, 0],
    [1, 1, 1],
    [0, 0, 0],
    paint,
  );
  if (pen.detail === 0) return;
  const along = Math.max(1, Math.round(width / 0.9));
  for (let i = 0; i < along; i++) {
    const x = ((i + 0.5) / along - 0.5) * width;
    const radius = depth * (0.4 + pen.random() * 0.14);
    pen.solid(
      lump(1, i, 0.1),
      PALETTE.hedge,
      [x, height - 0.16, (pen.random() - 0.5) * depth * 0.2],
      [0.62, radius * 0.7, radius],
      [0, i, 0],
      paint,
    );
  }
}

export function drawFlowers(pen: Pen): void {
  const { width, depth, height } = pen.thing;
  const bloom = pen.pick(PALETTE.bloom);
  const other = pen.pick(PALETTE.bloom, 2);
  const paint = crownPaint(-0.1, height);
  pen.solid(sphere(14, 6), '#6f8f49', [0, 0, 0], [width * 0.54, 0.16, depth * 0.56], [0, 0, 0], paint);
  const count = Math.min(44, Math.ceil(width * depth * (pen.detail > 0 ? 9 : 3)));
  for (let i = 0; i < count; i++) {
    const around = i * 2.399963;
    const away = Math.sqrt((i + 0.5) / count) * 0.48;
    const x = Math.sin(around) * away * width;
    const z = Math.cos(around) * away * depth;
    const tall = height * (0.5 + pen.random() * 0.5);
    if (i % 2 === 0)
      pen.leaf(ball(0), '#7fa552', [x, tall * 0.25, z], [0.17, tall * 0.45, 0.17], [0, i, 0], paint);
    const size = 0.07 + pen.random() * 0.05;
    pen.leaf(
      ball(0),
      i % 3 === 0 ? other : bloom,
      [x, tall, z],
      [size, size * 0.75, size],
      [0, i, 0],
      noShade,
    );
  }
}

const noShade: Paint = (out) => {
  out.multiplyScalar(1);
};

export function drawRock(pen: Pen): void {
  const { width, height, depth } = pen.thing;
  pen.solid(
    lump(pen.detail > 0 ? 2 : 1, pen.thing.variant, 0.16),
    PALETTE.stoneDark,
    [0, height * 0.3, 0],
    [width * 0.52, height * 0.68, depth * 0.52],
    [0, pen.random() * 6, 0],
  );
}
