import { PALETTE } from '../palette.ts';
import type { Paint } from './mesh-builder.ts';
import type { Pen } from './pen.ts';
import { ball, box, flame, hull, lump, pole, sail, sphere } from './shapes.ts';

/** A bent trunk with a crown of hanging fronds. */
export function drawPalm(pen: Pen): void {
  const { width, height } = pen.thing;
  const trunk = Math.max(0.13, width / 2);
  const lean = pen.random() * Math.PI * 2;
  const bend = height * 0.12;
  const pieces = pen.detail > 0 ? 6 : 3;
  const at = (part: number) => {
    const away = bend * part * part;
    return { x: Math.sin(lean) * away, y: (height - 0.5) * part, z: Math.cos(lean) * away };
  };
  for (let i = 0; i < pieces; i++) {
    const [from, to] = [at(i / pieces), at((i + 1) / pieces)];
    const tilt = Math.atan2(Math.hypot(to.x - from.x, to.z - from.z), to.y - from.y);
    const radius = trunk * (1.1 - 0.5 * (i / pieces));
    pen.solid(
      pole(7, 0.82),
      i % 2 ? '#9c7a58' : '#a98864',
      [from.x, from.y, from.z],
      [radius, (to.y - from.y) * 1.12, radius],
      [tilt, 0, 0],
      undefined,
      lean,
    );
  }
  const top = at(1);
  const colour = pen.pick(PALETTE.palm);
  const fronds = pen.detail > 0 ? 9 : 6;
  const reach = height * 0.36;
  const start = pen.random() * 6;
  const bright: Paint = (out, p, normal) => {
    out.multiplyScalar(0.86 + 0.16 * normal.y + 0.08 * Math.min(1, (p.y - top.y + 1) / 2));
  };
  for (let i = 0; i < fronds; i++) {
    const angle = start + (i / fronds) * Math.PI * 2 + (pen.random() - 0.5) * 0.3;
    const rise = i % 3 === 0 ? 0.5 : 0.12;
    // Two leaves end to end: one goes up and out, one hangs down from there.
    for (const [from, long, tilt, wide] of [
      [0.02, 0.56, -rise, 0.17],
      [0.5, 0.6, 0.55 - rise * 0.3, 0.14],
    ] as const) {
      const middle = (from + long / 2) * reach;
      const y = from === 0.02 ? (rise * long * reach) / 2 : rise * 0.5 * reach - 0.12 * reach;
      pen.leaf(
        sphere(6, 4),
        colour,
        [top.x + Math.sin(angle) * middle, top.y + 0.12 + y, top.z + Math.cos(angle) * middle],
        [reach * wide, 0.05, (long * reach) / 1.8],
        // About x once turned: the leaf's own z points outwards.
        [tilt, 0, 0],
        bright,
        angle,
      );
    }
  }
  for (let i = 0; i < 3; i++)
    pen.solid(
      ball(1),
      '#7a5a3e',
      [top.x + Math.sin(i * 2.1) * 0.18, top.y - 0.08, top.z + Math.cos(i * 2.1) * 0.18],
      [0.14, 0.16, 0.14],
    );
}

/** A striped sunshade on a pole. */
export function drawParasol(pen: Pen): void {
  const { width, height } = pen.thing;
  const cloth = pen.pick(PALETTE.cloth);
  pen.solid(pole(7), PALETTE.cream, [0, 0, 0], [0.05, height, 0.05]);
  const parts = 10;
  const rise = width * 0.2;
  for (let i = 0; i < parts; i++)
    pen.solid(
      sail(parts),
      i % 2 ? PALETTE.cream : cloth,
      [0, height - rise, 0],
      [width / 2, rise, width / 2],
      [0, 0, 0],
      (out, at) => {
        out.multiplyScalar(0.9 + (0.14 * (at.y - height + rise)) / rise);
      },
      (i / parts) * Math.PI * 2,
    );
  pen.solid(ball(1), cloth, [0, height + 0.02, 0], [0.09, 0.12, 0.09]);
}

/** A rowing boat, drawn up on the sand or afloat. */
export function drawBoat(pen: Pen): void {
  const { width, height, depth } = pen.thing;
  const cloth = pen.pick(PALETTE.cloth);
  const size = [width, height, depth] as const;
  const steps = pen.detail > 0 ? 14 : 8;
  const sheer: Paint = (out, at) => {
    out.multiplyScalar(0.82 + 0.26 * Math.min(1, Math.max(0, at.y / height)));
  };
  pen.solid(hull(steps, 0, 1, false), cloth, [0, 0, 0], size, undefined, sheer);
  // A pale band below the rim, the inside, and the rim itself.
  pen.solid(hull(steps, 0.72, 0.9, false), PALETTE.cream, [0, 0, 0], [width * 1.02, height, depth * 1.01]);
  pen.solid(hull(steps, 0.12, 1, true), PALETTE.woodLight, [0, 0, 0], [width * 0.94, height, depth * 0.97]);
  pen.solid(hull(steps, 0.96, 1.06, false), PALETTE.wood, [0, 0, 0], [width * 1.05, height, depth * 1.02]);
  pen.solid(hull(steps, 0.96, 1.06, true), PALETTE.wood, [0, 0, 0], [width * 0.93, height, depth * 0.96]);
  for (const [z, part] of [
    [-0.24, 0.8],
    [0.06, 0.9],
    [0.3, 0.68],
  ] as const)
    pen.solid(pen.softBox(width * part, 0.06, 0.28, 0.03), PALETTE.woodLight, [0, height * 0.6, z * depth]);
  for (const side of [-1, 1]) {
    pen.solid(
      pole(5),
      PALETTE.cream,
      [side * width * 0.2, height * 0.7, -depth * 0.3],
      [0.035, depth * 0.6, 0.035],
      [Math.PI / 2, 0, 0],
      undefined,
      side * 0.06,
    );
    pen.solid(pen.softBox(0.2, 0.04, 0.45, 0.03), PALETTE.cream, [
      side * (width * 0.2 + 0.1),
      height * 0.7,
      depth * 0.33,
    ]);
  }
}

/** Logs, stones around them and a steady flame. */
export function drawCampfire(pen: Pen): void {
  const { width, height } = pen.thing;
  const radius = width / 2;
  const stones = pen.detail > 0 ? 11 : 7;
  for (let i = 0; i < stones; i++) {
    const angle = (i / stones) * Math.PI * 2;
    pen.solid(
      lump(1, i, 0.16),
      i % 2 ? PALETTE.stoneDark : PALETTE.stoneWarm,
      [Math.sin(angle) * radius, 0.1, Math.cos(angle) * radius],
      [0.2, 0.19, 0.2],
      [0, i, 0],
    );
  }
  for (let i = 0; i < 5; i++)
    pen.solid(
      pole(6, 0.9),
      i % 2 ? PALETTE.woodDark : PALETTE.trunk,
      [Math.sin(i * 1.257) * radius * 0.62, 0.02, Math.cos(i * 1.257) * radius * 0.62],
      [0.1, radius * 1.05, 0.1],
      [-0.95, 0, 0],
      undefined,
      i * 1.257,
    );
  // Pale tongues stand before darker ones, seen from every side.
  for (const [count, away, size, hex] of [
    [1, 0, 1, '#ff8a3d'],
    [3, 0.17, 0.72, '#ff9f4a'],
    [5, 0.27, 0.5, '#ffc163'],
    [6, 0.35, 0.3, '#ffe39c'],
  ] as const)
    for (let i = 0; i < count; i++) {
      const angle = ((i + away * 3) / count) * Math.PI * 2;
      pen.glow(
        flame(),
        hex,
        [Math.sin(angle) * away * radius, 0.16, Math.cos(angle) * away * radius],
        [radius * 0.34 * size, height * size, radius * 0.34 * size],
      );
    }
}

/** Posts with a rope that sags between them. */
export function drawFence(pen: Pen): void {
  const { width, height } = pen.thing;
  const gaps = Math.max(1, Math.round(width / 2.2));
  for (let i = 0; i <= gaps; i++) {
    const x = (i / gaps - 0.5) * width;
    pen.solid(
      pole(7, 0.86),
      PALETTE.wood,
      [x, 0, 0],
      [0.11, height, 0.11],
      [(pen.random() - 0.5) * 0.08, 0, 0],
    );
    pen.solid(ball(1), PALETTE.woodLight, [x, height, 0], [0.11, 0.07, 0.11]);
  }
  const pieces = pen.detail > 0 ? 5 : 2;
  for (let i = 0; i < gaps; i++)
    for (const level of [0.82, 0.46])
      for (let k = 0; k < pieces; k++) {
        const at = (part: number) => ({
          x: ((i + part) / gaps - 0.5) * width,
          y: height * level - Math.sin(part * Math.PI) * 0.12,
        });
        const [from, to] = [at(k / pieces), at((k + 1) / pieces)];
        pen.solid(
          box(),
          PALETTE.pathEdge,
          [(from.x + to.x) / 2, (from.y + to.y) / 2, 0],
          [Math.hypot(to.x - from.x, to.y - from.y) + 0.02, 0.05, 0.05],
          [0, 0, Math.atan2(to.y - from.y, to.x - from.x)],
        );
      }
}

/** Floats on a rope: as far as one wades. */
export function drawBuoys(pen: Pen): void {
  const { width } = pen.thing;
  const count = Math.max(2, Math.round(width / 1.1));
  pen.solid(box(), PALETTE.cream, [0, 0.06, 0], [width, 0.035, 0.035]);
  for (let i = 0; i < count; i++)
    pen.solid(
      sphere(8, 6),
      i % 2 ? PALETTE.cream : PALETTE.cloth[0],
      [((i + 0.5) / count - 0.5) * width, 0.07, 0],
      [0.2, 0.13, 0.13],
    );
}
