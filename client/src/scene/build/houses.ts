import { PALETTE } from '../palette.ts';
import type { Pen, Triple } from './pen.ts';
import { ball, box, cone, gable, pole, sphere } from './shapes.ts';

/** Share of a house's height that is wall; the rest is roof. */
const WALL_SHARE = 0.58;
/** From this variant on a house is a roof alone on its beams, for halls whose walls stand in the map one by one. */
export const ROOF_ONLY_VARIANT = 6;

/** Roofs of halls this wide carry a bell tower. */
const TOWER_WIDTH = 12;

/** A house looks towards +z. Even variants show their gable to the front, odd ones their eaves. */
export function drawHouse(pen: Pen): void {
  const { width, height, depth, variant } = pen.thing;
  const wallHeight = height * WALL_SHARE;
  pen.solid(pen.softBox(width, wallHeight, depth, 0.18), pen.pick(PALETTE.plaster), [0, wallHeight / 2, 0]);
  pen.solid(pen.softBox(width + 0.1, 0.45, depth + 0.1, 0.1), PALETTE.stoneDark, [0, 0.2, 0]);
  drawRoof(pen, variant % 2 === 0, wallHeight);
  drawFront(pen, wallHeight);
  for (const side of [-1, 1]) {
    const turn = (side * Math.PI) / 2;
    const count = Math.max(1, Math.floor(depth / 3.2));
    for (let i = 0; i < count; i++) {
      const along = ((i + 0.5) / count - 0.5) * depth;
      drawWindow(
        pen,
        [side * (width / 2), Math.min(wallHeight - 1, 1.75), along],
        turn,
        0.95,
        1.15,
        pen.random() > 0.6,
      );
    }
  }
  drawWindow(pen, [0, Math.min(wallHeight - 1, 1.75), -depth / 2], Math.PI, 1.1, 1.15, false);
}

/** The roof of a hall without walls of its own: gables and slopes above the wall tops. */
export function drawHallRoof(pen: Pen): void {
  const { width, height, depth } = pen.thing;
  const eaves = height * WALL_SHARE;
  drawRoof(pen, pen.thing.variant % 2 === 0, eaves);
  pen.solid(box(), PALETTE.woodDark, [0, eaves + 0.02, depth / 2], [width + 0.15, 0.3, 0.34]);
  pen.solid(box(), PALETTE.woodDark, [0, eaves + 0.02, -depth / 2], [width + 0.15, 0.3, 0.34]);
  pen.solid(box(), PALETTE.woodDark, [width / 2, eaves + 0.02, 0], [0.34, 0.3, depth]);
  pen.solid(box(), PALETTE.woodDark, [-width / 2, eaves + 0.02, 0], [0.34, 0.3, depth]);
  if (width < TOWER_WIDTH) return;
  // A little bell tower: the landmark one walks back to.
  const top = height;
  pen.solid(pen.softBox(1.5, 2, 1.5, 0.1), pen.pick(PALETTE.plaster), [0, top + 0.2, 0]);
  pen.glow(box(), PALETTE.glow, [0, top + 0.5, 0.755], [0.5, 0.7, 0.03]);
  pen.glow(box(), PALETTE.glow, [0, top + 0.5, -0.755], [0.5, 0.7, 0.03]);
  pen.solid(cone(4), pen.pick(PALETTE.roof), [0, top + 1.15, 0], [1.5, 1.5, 1.5], [0, Math.PI / 4, 0]);
  pen.solid(sphere(8, 6), PALETTE.bloom[1], [0, top + 2.75, 0], [0.16, 0.16, 0.16]);
}

function drawRoof(pen: Pen, gableToFront: boolean, eaves: number): void {
  const { width, depth, height } = pen.thing;
  const roof = pen.pick(PALETTE.roof);
  const rise = height - eaves;
  const span = gableToFront ? width : depth;
  const length = gableToFront ? depth : width;
  const turn = gableToFront ? 0 : Math.PI / 2;
  pen.solid(
    gable(),
    pen.pick(PALETTE.plaster),
    [0, eaves - 0.02, 0],
    [span, rise, length - 0.02],
    [0, turn, 0],
  );
  const slope = Math.atan2(rise, span / 2);
  const overhang = 0.45;
  const long = Math.hypot(rise, span / 2) + overhang;
  for (const side of [-1, 1]) {
    // The slab's middle lies half its length down the slope, and half its thickness out of it.
    const alongX = side * (Math.cos(slope) * (long / 2) - 0.04) + side * Math.sin(slope) * 0.1;
    const y = height - Math.sin(slope) * (long / 2) + Math.cos(slope) * 0.1 + 0.05;
    const where: Triple = gableToFront ? [alongX, y, 0] : [0, y, alongX];
    const tilt: Triple = gableToFront ? [0, 0, -side * slope] : [side * slope, 0, 0];
    const size: Triple = gableToFront ? [long, 0.24, length + 0.9] : [length + 0.9, 0.24, long];
    pen.solid(pen.softBox(size[0], size[1], size[2], 0.1), roof, where, [1, 1, 1], tilt, (out, at) => {
      out.multiplyScalar(0.86 + 0.2 * Math.min(1, Math.max(0, (at.y - eaves) / rise)));
    });
    if (pen.detail > 1) {
      // Rows of tiles, as thin lines of shade.
      for (let row = 1; row < 4; row++) {
        const down = (row / 4) * long;
        const across = side * Math.cos(slope) * down + side * Math.sin(slope) * 0.225;
        const high = height - Math.sin(slope) * down + Math.cos(slope) * 0.225 + 0.045;
        const rowSize: Triple = gableToFront ? [0.16, 0.05, length + 0.86] : [length + 0.86, 0.05, 0.16];
        pen.solid(box(), roof, gableToFront ? [across, high, 0] : [0, high, across], rowSize, tilt, (out) => {
          out.multiplyScalar(0.8);
        });
      }
    }
  }
  const ridge: Triple = gableToFront ? [0.34, 0.22, length + 0.96] : [length + 0.96, 0.22, 0.34];
  pen.solid(
    pen.softBox(ridge[0], ridge[1], ridge[2], 0.1),
    roof,
    [0, height + 0.1, 0],
    [1, 1, 1],
    [0, 0, 0],
    (out) => {
      out.multiplyScalar(1.08);
    },
  );
  if (pen.thing.variant >= ROOF_ONLY_VARIANT) return;
  const chimneyX = span * 0.24;
  const where: Triple = gableToFront
    ? [chimneyX, height - rise * 0.3, -length * 0.22]
    : [length * 0.3, height - rise * 0.3, -chimneyX];
  pen.solid(pen.softBox(0.7, 1.7, 0.7, 0.08), PALETTE.stoneWarm, where);
  pen.solid(pen.softBox(0.85, 0.25, 0.85, 0.08), PALETTE.stoneDark, [where[0], where[1] + 0.9, where[2]]);
}

function drawFront(pen: Pen, wallHeight: number): void {
  const { width, depth, variant, height } = pen.thing;
  const front = depth / 2;
  const doorX = variant % 3 === 0 ? 0 : (variant % 3 === 1 ? 1 : -1) * width * 0.24;
  const door = pen.pick(PALETTE.door);
  pen.solid(pen.softBox(1.5, 2.4, 0.16, 0.07), PALETTE.cream, [doorX, 1.2, front]);
  pen.solid(pen.softBox(1.15, 2.15, 0.2, 0.06), door, [doorX, 1.1, front + 0.02]);
  pen.solid(sphere(6, 5), PALETTE.bloom[1], [doorX + 0.4, 1.05, front + 0.14], [0.06, 0.06, 0.06]);
  pen.solid(pen.softBox(1.9, 0.16, 0.8, 0.06), PALETTE.stone, [doorX, 0.08, front + 0.35]);
  // A small roof over the door.
  pen.solid(
    pen.softBox(1.9, 0.12, 0.8, 0.05),
    pen.pick(PALETTE.roof),
    [doorX, 2.62, front + 0.32],
    [1, 1, 1],
    [0.32, 0, 0],
  );
  pen.glow(sphere(6, 5), PALETTE.glow, [doorX - 0.95, 2.0, front + 0.14], [0.11, 0.14, 0.11]);
  const windows = Math.max(1, Math.floor(width / 2.6));
  for (let i = 0; i < windows; i++) {
    const x = ((i + 0.5) / windows - 0.5) * width * 0.92;
    if (Math.abs(x - doorX) < 1.5) continue;
    drawWindow(pen, [x, 1.7, front], 0, 1.05, 1.2, pen.random() > 0.45, 'flowers');
  }
  if (wallHeight > 4.2)
    for (let i = 0; i < windows; i++)
      drawWindow(
        pen,
        [((i + 0.5) / windows - 0.5) * width * 0.92, 3.75, front],
        0,
        0.95,
        1.05,
        pen.random() > 0.6,
      );
  if (variant % 2 === 0) {
    const y = wallHeight + (height - wallHeight) * 0.36;
    pen.solid(sphere(14, 8), PALETTE.cream, [0, y, front], [0.56, 0.56, 0.07]);
    pen.glow(
      sphere(12, 6),
      pen.random() > 0.5 ? PALETTE.glow : PALETTE.glass,
      [0, y, front + 0.04],
      [0.42, 0.42, 0.06],
    );
  }
}

function drawWindow(
  pen: Pen,
  where: Triple,
  turn: number,
  width: number,
  height: number,
  lit: boolean,
  trim: 'bare' | 'shutters' | 'flowers' = 'shutters',
): void {
  const [x, y, z] = where;
  const out = (distance: number): Triple => [x + Math.sin(turn) * distance, y, z + Math.cos(turn) * distance];
  const facing: Triple = [0, turn, 0];
  pen.solid(box(), PALETTE.cream, out(0.02), [width + 0.24, height + 0.24, 0.14], facing);
  pen.glow(box(), lit ? PALETTE.glow : PALETTE.glass, out(0.085), [width, height, 0.02], facing);
  if (pen.detail > 0) {
    pen.solid(box(), PALETTE.cream, out(0.1), [0.07, height, 0.03], facing);
    pen.solid(box(), PALETTE.cream, out(0.1), [width, 0.07, 0.03], facing);
  }
  if (pen.detail === 0 || trim === 'bare') return;
  const shutter = pen.pick(PALETTE.door, 3);
  const aside = Math.cos(turn);
  for (const side of [-1, 1]) {
    const shift = side * (width / 2 + 0.32);
    const [sx, sy, sz] = out(0.06);
    pen.solid(
      box(),
      shutter,
      [sx + shift * aside, sy, sz - shift * Math.sin(turn)],
      [0.42, height + 0.15, 0.1],
      facing,
    );
  }
  if (trim !== 'flowers') return;
  const [fx, fy, fz] = out(0.25);
  pen.solid(box(), PALETTE.wood, [fx, fy - height / 2 - 0.2, fz], [width + 0.2, 0.24, 0.32], facing);
  for (let i = 0; i < 5; i++) {
    const shift = (i / 4 - 0.5) * width;
    const hex = pen.pick(PALETTE.bloom, i % 2);
    pen.solid(
      ball(0),
      i % 2 === 0 ? '#7fa552' : hex,
      [fx + shift, fy - height / 2 - 0.02, fz + 0.02],
      [0.16, 0.15, 0.15],
    );
  }
}

/** A free wall: plaster on a stone foot, a beam on top; odd variants have a window. */
export function drawWall(pen: Pen): void {
  const { width, height, depth, variant } = pen.thing;
  pen.solid(pen.softBox(width, height, depth, 0.05), pen.pick(PALETTE.plaster), [0, height / 2, 0]);
  pen.solid(pen.softBox(width + 0.06, 0.5, depth + 0.12, 0.06), PALETTE.stoneDark, [0, 0.24, 0]);
  if (height < 2) {
    pen.solid(pen.softBox(width + 0.1, 0.16, depth + 0.16, 0.06), PALETTE.stoneLight, [0, height, 0]);
    return;
  }
  const posts = Math.max(1, Math.round(width / 3));
  for (let i = 0; i <= posts; i++)
    pen.solid(
      box(),
      PALETTE.woodDark,
      [(i / posts - 0.5) * (width - 0.2), height / 2, 0],
      [0.2, height, depth + 0.08],
    );
  if (variant % 2 === 0) return;
  for (let i = 0; i < posts; i++) {
    const x = ((i + 0.5) / posts - 0.5) * width;
    drawWindow(pen, [x, 1.8, depth / 2], 0, 1.1, 1.2, true, 'bare');
    drawWindow(pen, [x, 1.8, -depth / 2], Math.PI, 1.1, 1.2, true, 'bare');
  }
}

/** A round column with foot and head. */
export function drawPillar(pen: Pen): void {
  const { width, height } = pen.thing;
  const radius = width / 2;
  pen.solid(pole(10, 0.88), PALETTE.stoneLight, [0, 0, 0], [radius * 0.86, height, radius * 0.86]);
  pen.solid(pole(10), PALETTE.stone, [0, 0, 0], [radius, 0.28, radius]);
  pen.solid(pole(10), PALETTE.stone, [0, height - 0.22, 0], [radius * 1.05, 0.22, radius * 1.05]);
}
