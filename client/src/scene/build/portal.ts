import type { WorldThing } from '@chatmux/schema';
import { PALETTE } from '../palette.ts';
import type { Pen } from './pen.ts';
import { ball, lump } from './shapes.ts';

/** The opening of a portal: a round arch that springs from upright sides. Metres. */
export interface PortalOpening {
  readonly halfWidth: number;
  /** Where the sides end and the arch begins. */
  readonly spring: number;
  /** The arch's rise above that. */
  readonly rise: number;
  /** Middle of the board with the name above it, and the board's size. */
  readonly board: { readonly y: number; readonly width: number; readonly height: number };
}

const FOOT = 0.62;
const BOARD_HEIGHT = 0.62;

/** Measures of a portal, from the feet's outer edges to the top of its board. */
export function portalOpening({ width, height }: Pick<WorldThing, 'width' | 'height'>): PortalOpening {
  const halfWidth = width / 2 - FOOT;
  const crown = height - BOARD_HEIGHT - FOOT * 0.7;
  const rise = Math.min(halfWidth, crown * 0.55);
  return {
    halfWidth,
    spring: crown - rise,
    rise,
    board: { y: height - BOARD_HEIGHT / 2, width: Math.min(width, 3.4), height: BOARD_HEIGHT },
  };
}

/** The two colours of a portal's light: deep, and bright. */
export function portalColours(thing: Pick<WorldThing, 'variant'>): readonly [string, string] {
  return PALETTE.portal[thing.variant % PALETTE.portal.length] ?? PALETTE.portal[0];
}

/** A stone arch with a bright inner edge, vines, two lanterns and a board. Its light is drawn apart. */
export function drawPortal(pen: Pen): void {
  const { depth, width } = pen.thing;
  const { halfWidth, spring, rise, board } = portalOpening(pen.thing);
  const [, bright] = portalColours(pen.thing);
  const side = halfWidth + FOOT / 2;
  for (const hand of [-1, 1]) {
    pen.solid(pen.softBox(FOOT, spring, depth, 0.12), PALETTE.stoneLight, [hand * side, spring / 2, 0]);
    pen.solid(pen.softBox(FOOT + 0.24, 0.4, depth + 0.24, 0.12), PALETTE.stone, [hand * side, 0.2, 0]);
    pen.solid(pen.softBox(FOOT + 0.14, 0.2, depth + 0.14, 0.08), PALETTE.stone, [hand * side, spring, 0]);
    pen.glow(ball(1), bright, [hand * (side + 0.02), spring + 0.02, depth / 2 + 0.12], [0.13, 0.16, 0.13]);
    pen.glow(ball(1), bright, [hand * (side + 0.02), spring + 0.02, -depth / 2 - 0.12], [0.13, 0.16, 0.13]);
    // The bright inner edge, so that the way through reads from afar and by day.
    pen.glow(pen.softBox(0.06, spring, 0.2, 0.03), bright, [hand * (halfWidth - 0.03), spring / 2, 0], ONE);
  }
  const stones = pen.detail > 0 ? 11 : 7;
  const [midX, midY] = [side, rise + FOOT / 2];
  for (let i = 0; i < stones; i++) {
    const angle = ((i + 0.5) / stones) * Math.PI;
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
    const along = Math.atan2(cos * midY, -sin * midX);
    pen.solid(
      pen.softBox(((midX + midY) * Math.PI) / 2 / stones + 0.05, FOOT, depth * 0.94, 0.09),
      i % 2 ? PALETTE.stoneLight : PALETTE.stone,
      [cos * midX, spring + sin * midY, 0],
      ONE,
      [0, 0, along],
    );
    const [lineX, lineY] = [halfWidth - 0.03, rise - 0.03];
    pen.glow(
      pen.softBox(((lineX + lineY) * Math.PI) / 2 / stones + 0.04, 0.06, 0.2, 0.03),
      bright,
      [cos * lineX, spring + sin * lineY, 0],
      ONE,
      [0, 0, Math.atan2(cos * lineY, -sin * lineX)],
    );
  }
  if (pen.thing.text) {
    pen.solid(pen.softBox(board.width, board.height, 0.16, 0.06), PALETTE.wood, [0, board.y, depth * 0.5]);
    pen.solid(pen.softBox(board.width, board.height, 0.16, 0.06), PALETTE.wood, [0, board.y, -depth * 0.5]);
    pen.solid(pen.softBox(board.width - 0.3, board.height * 0.7, depth, 0.06), PALETTE.woodDark, [
      0,
      board.y,
      0,
    ]);
  }
  const leaves = pen.detail > 0 ? 12 : 5;
  for (let i = 0; i < leaves; i++) {
    const angle = Math.PI * (0.05 + pen.random() * 0.24) + (i % 2 ? Math.PI * 0.68 : 0);
    const size = 0.16 + pen.random() * 0.16;
    pen.leaf(
      lump(1, i, 0.12),
      pen.pick(PALETTE.leaf, 1),
      [
        Math.cos(angle) * (midX + 0.12) * (0.98 + 0.04 * pen.random()),
        spring + Math.sin(angle) * (midY + 0.12),
        (pen.random() - 0.5) * depth,
      ],
      [size * 1.3, size, size],
    );
  }
  for (const hand of [-1, 1])
    pen.leaf(
      lump(pen.detail > 0 ? 2 : 1, 3, 0.12),
      pen.pick(PALETTE.leaf),
      [hand * (width / 2 + 0.15), 0.2, depth * 0.35],
      [0.42, 0.36, 0.38],
    );
}

const ONE = [1, 1, 1] as const;
