import { expect, it } from 'vitest';
import { priorityOf } from './picture-priority.ts';

const face = { source: 'cam', speaks: false } as const;
const speaker = { source: 'cam', speaks: true } as const;
const screen = { source: 'screen', speaks: false } as const;

it('[RP19] puts near faces before far ones, and who speaks before who is silent beside them', () => {
  const order = [priorityOf(face, 1), priorityOf(face, 2), priorityOf(face, 3), priorityOf(speaker, 3)];
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(new Set(order).size).toBe(order.length);
  expect(priorityOf(speaker, 1)).toBeGreaterThan(priorityOf(face, 2));
});

it('[RP19] puts every screen before every face, and stays within what mediasoup takes', () => {
  expect(priorityOf(screen, 1)).toBeGreaterThan(priorityOf(speaker, 3));
  expect(priorityOf(screen, 3)).toBeGreaterThan(priorityOf(screen, 1));
  expect(priorityOf(screen, 3)).toBeLessThanOrEqual(255);
  expect(priorityOf(face, 1)).toBeGreaterThanOrEqual(1);
});
