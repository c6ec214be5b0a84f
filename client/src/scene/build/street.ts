import { PALETTE } from '../palette.ts';
import type { Pen } from './pen.ts';
import { ball, box, cone, lump, pole, sphere, turned } from './shapes.ts';

export function drawBench(pen: Pen): void {
  const { width, depth } = pen.thing;
  for (let i = 0; i < 3; i++)
    pen.solid(pen.softBox(width, 0.09, depth * 0.24, 0.03), PALETTE.woodLight, [
      0,
      0.46,
      (i - 0.7) * depth * 0.28 + 0.04,
    ]);
  for (let i = 0; i < 2; i++)
    pen.solid(
      pen.softBox(width, 0.16, 0.08, 0.03),
      PALETTE.woodLight,
      [0, 0.68 + i * 0.22, -depth * 0.42],
      [1, 1, 1],
      [-0.14, 0, 0],
    );
  for (const side of [-1, 1]) {
    pen.solid(pen.softBox(0.1, 0.46, depth * 0.8, 0.04), PALETTE.iron, [side * (width / 2 - 0.22), 0.22, 0]);
    pen.solid(
      pen.softBox(0.1, 0.6, 0.1, 0.04),
      PALETTE.iron,
      [side * (width / 2 - 0.22), 0.7, -depth * 0.44],
      [1, 1, 1],
      [-0.14, 0, 0],
    );
  }
}

export function drawLamp(pen: Pen): void {
  const { height, width } = pen.thing;
  const foot = Math.max(0.14, width / 2);
  pen.solid(pole(8, 0.5), PALETTE.iron, [0, 0, 0], [foot, 0.5, foot]);
  pen.solid(pole(7, 0.8), PALETTE.iron, [0, 0, 0], [0.075, height - 0.5, 0.075]);
  pen.solid(pole(8, 1.6), PALETTE.iron, [0, height - 0.62, 0], [0.12, 0.12, 0.12]);
  pen.glow(ball(pen.detail > 0 ? 2 : 1), PALETTE.glow, [0, height - 0.28, 0], [0.24, 0.26, 0.24]);
  pen.solid(cone(10), PALETTE.iron, [0, height - 0.1, 0], [0.3, 0.22, 0.3]);
}

/** Basin, column and upper bowl; the water itself is drawn apart. */
export function drawFountain(pen: Pen): void {
  const { width, height } = pen.thing;
  const r = width / 2;
  const sides = pen.detail > 0 ? 32 : 18;
  pen.solid(
    turned(
      [
        [r, 0],
        [r, 0.5],
        [r - 0.03, 0.6],
        [r - 0.12, 0.64],
        [r - 0.42, 0.64],
        [r - 0.5, 0.58],
        [r - 0.5, 0.1],
      ],
      sides,
    ),
    PALETTE.stoneLight,
    [0, 0, 0],
  );
  pen.solid(
    turned(
      [
        [r * 0.3, 0],
        [r * 0.2, 0.5],
        [r * 0.11, 0.9],
        [r * 0.1, height * 0.55],
        [r * 0.18, height * 0.62],
      ],
      14,
    ),
    PALETTE.stone,
    [0, 0, 0],
  );
  const rim = height * 0.72;
  pen.solid(
    turned(
      [
        [0.02, rim - 0.45],
        [r * 0.3, rim - 0.34],
        [r * 0.44, rim - 0.06],
        [r * 0.46, rim],
        [r * 0.42, rim + 0.01],
        [r * 0.36, rim - 0.1],
      ],
      sides,
    ),
    PALETTE.stoneLight,
    [0, 0, 0],
  );
  pen.solid(
    turned(
      [
        [r * 0.1, rim - 0.3],
        [r * 0.06, height * 0.9],
        [r * 0.1, height * 0.95],
        [0.01, height],
      ],
      10,
    ),
    PALETTE.stone,
    [0, 0, 0],
  );
}

export function drawTable(pen: Pen): void {
  const { width, height } = pen.thing;
  const r = width / 2;
  pen.solid(pole(18), PALETTE.woodLight, [0, height - 0.1, 0], [r, 0.1, r]);
  pen.solid(pole(8, 0.6), PALETTE.woodDark, [0, 0, 0], [r * 0.4, height - 0.1, r * 0.4]);
  pen.solid(pole(8, 1.2), PALETTE.cloth[1], [r * 0.3, height, r * 0.2], [0.09, 0.16, 0.09]);
  pen.solid(lump(1, 2, 0.1), PALETTE.bloom[0], [r * 0.3, height + 0.22, r * 0.2], [0.14, 0.12, 0.14]);
}

export function drawStall(pen: Pen): void {
  const { width, height, depth, variant } = pen.thing;
  const cloth = pen.pick(PALETTE.cloth);
  pen.solid(pen.softBox(width - 0.2, 0.95, depth * 0.5, 0.06), PALETTE.wood, [0, 0.47, depth * 0.18]);
  pen.solid(pen.softBox(width, 0.1, depth * 0.58, 0.04), PALETTE.woodLight, [0, 0.98, depth * 0.18]);
  for (const x of [-1, 1])
    for (const z of [-1, 1])
      pen.solid(
        box(),
        PALETTE.woodDark,
        [x * (width / 2 - 0.1), height * 0.42, z * (depth / 2 - 0.1)],
        [0.12, height * 0.84, 0.12],
      );
  const stripes = Math.max(4, Math.round(width / 0.45));
  const stripe = width / stripes;
  const slope = 0.34;
  for (let i = 0; i < stripes; i++) {
    const x = ((i + 0.5) / stripes - 0.5) * (width + 0.3);
    const hex = i % 2 === 0 ? cloth : PALETTE.cream;
    pen.solid(
      box(),
      hex,
      [x, height - 0.25, 0.1],
      [stripe * 1.08, 0.06, (depth + 0.9) / Math.cos(slope)],
      [slope, 0, 0],
    );
    pen.solid(
      sphere(8, 5),
      hex,
      [x, height - 0.25 - Math.tan(slope) * (depth / 2 + 0.45), depth / 2 + 0.54],
      [stripe * 0.53, 0.22, 0.04],
    );
  }
  const wares = [PALETTE.bloom[4], PALETTE.bloom[1], '#c95d4f', '#8fb04f', PALETTE.cloth[5]];
  const crates = Math.max(2, Math.floor(width / 0.85));
  for (let i = 0; i < crates; i++) {
    const x = ((i + 0.5) / crates - 0.5) * (width - 0.3);
    pen.solid(
      pen.softBox(0.66, 0.2, 0.6, 0.04),
      PALETTE.wood,
      [x, 1.1, depth * 0.22],
      [1, 1, 1],
      [0.14, 0, 0],
    );
    const hex = wares[(i + variant) % wares.length] ?? PALETTE.cream;
    const fruits = pen.detail > 0 ? 8 : 3;
    for (let j = 0; j < fruits; j++)
      pen.solid(
        ball(pen.detail > 1 ? 1 : 0),
        hex,
        [x + ((j % 4) - 1.5) * 0.14, 1.24, depth * 0.22 + (Math.floor(j / 4) - 0.5) * 0.24],
        [0.095, 0.095, 0.095],
      );
  }
}

/** A board on two posts; the words are drawn apart. */
export function drawSign(pen: Pen): void {
  const { width, height } = pen.thing;
  const board = signBoard(height);
  for (const side of [-1, 1])
    pen.solid(pole(6, 0.9), PALETTE.woodDark, [side * (width / 2 - 0.16), 0, 0], [0.07, height, 0.07]);
  pen.solid(pen.softBox(width, board.height, 0.12, 0.05), PALETTE.wood, [0, board.y, 0.02]);
}

/** Middle and height of a sign's board. */
export function signBoard(height: number): { y: number; height: number } {
  const boardHeight = Math.min(0.75, height * 0.42);
  return { y: height - boardHeight / 2 - 0.08, height: boardHeight };
}

/** A round arch one walks through; its feet are as wide as `depth`. */
export function drawArch(pen: Pen): void {
  const { width, height, depth } = pen.thing;
  const foot = depth;
  const half = width / 2 - foot / 2;
  const spring = height * 0.62;
  for (const side of [-1, 1]) {
    pen.solid(pen.softBox(foot, spring, depth, 0.1), PALETTE.stoneLight, [side * half, spring / 2, 0]);
    pen.solid(pen.softBox(foot + 0.2, 0.5, depth + 0.2, 0.1), PALETTE.stone, [side * half, 0.25, 0]);
    pen.solid(pen.softBox(foot + 0.16, 0.25, depth + 0.16, 0.08), PALETTE.stone, [side * half, spring, 0]);
  }
  const stones = 13;
  for (let i = 0; i < stones; i++) {
    const angle = ((i + 0.5) / stones) * Math.PI;
    const x = Math.cos(angle) * half;
    const y = spring + Math.sin(angle) * (height - spring - foot / 2);
    pen.solid(
      pen.softBox((half * Math.PI) / stones, foot * 0.8, depth * 0.9, 0.08),
      i % 2 ? PALETTE.stoneLight : PALETTE.stone,
      [x, y, 0],
      [1, 1, 1],
      [0, 0, Math.atan2(Math.cos(angle) * (height - spring - foot / 2), -Math.sin(angle) * half)],
    );
  }
  for (let i = 0; i < (pen.detail > 0 ? 16 : 6); i++) {
    const angle = pen.random() * Math.PI;
    const x = Math.cos(angle) * half;
    const y = spring + Math.sin(angle) * (height - spring - 0.1);
    const size = 0.22 + pen.random() * 0.22;
    pen.leaf(
      lump(1, i, 0.12),
      pen.pick(PALETTE.leaf, 1),
      [x, y, (pen.random() - 0.5) * depth],
      [size * 1.3, size, size],
    );
  }
}

/** A shell to play in front of: a curved back and a canopy that reaches forward. The floor is a ground of its own. */
export function drawStage(pen: Pen): void {
  const { width, height, depth } = pen.thing;
  const cloth = pen.pick(PALETTE.cloth);
  pen.solid(pen.softBox(width, 0.35, depth, 0.08), PALETTE.woodDark, [0, 0.17, 0]);
  pen.solid(pen.softBox(width, height, depth * 0.3, 0.1), PALETTE.wood, [0, height / 2, -depth * 0.34]);
  for (const side of [-1, 1])
    pen.solid(pen.softBox(depth * 0.3, height, depth, 0.1), PALETTE.wood, [
      side * (width / 2 - depth * 0.15),
      height / 2,
      0,
    ]);
  const folds = Math.round(width / 0.5);
  for (let i = 0; i < folds; i++) {
    const x = ((i + 0.5) / folds - 0.5) * (width - depth * 0.6);
    pen.solid(
      pole(7),
      cloth,
      [x, 0.3, -depth * 0.14],
      [0.3, height - 0.5, i % 2 === 0 ? 0.26 : 0.12],
      [0, 0, 0],
      (out) => {
        out.multiplyScalar(i % 2 === 0 ? 1.05 : 0.78);
      },
    );
  }
  const strips = Math.round(width / 0.7);
  for (let i = 0; i < strips; i++) {
    const x = ((i + 0.5) / strips - 0.5) * (width + 0.4);
    pen.solid(
      box(),
      i % 2 === 0 ? PALETTE.cream : cloth,
      [x, height + 0.25, depth * 0.3],
      [(width + 0.4) / strips, 0.1, depth * 1.9],
      [-0.22, 0, 0],
    );
  }
  for (let i = 0; i <= 8; i++)
    pen.glow(
      ball(1),
      PALETTE.glow,
      [(i / 8 - 0.5) * width, height + 0.36 - Math.sin((i / 8) * Math.PI) * 0.12, depth * 1.2],
      [0.09, 0.09, 0.09],
    );
}
