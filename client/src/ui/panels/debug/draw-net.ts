import type { Pen } from './canvas-pen.ts';
import { HISTORY_MS, type NetSample, roundTop } from './net-history.ts';

type Pick = (sample: NetSample) => number | undefined;

interface Lane {
  title: string;
  unit: string;
  /** The scale is at least this high. */
  least: number;
  /** The first is drawn whole, the second dashed. */
  lines: { name: string; pick: Pick }[];
}

const LANES: readonly Lane[] = [
  { title: 'Round trip', unit: 'ms', least: 50, lines: [{ name: '', pick: (s) => s.roundTripMs }] },
  {
    title: 'Shown behind',
    unit: 'ms',
    least: 100,
    lines: [
      { name: 'delay', pick: (s) => s.delayMs },
      { name: 'jitter (dashed)', pick: (s) => s.jitterMs },
    ],
  },
  {
    title: 'Poses',
    unit: 'kB/s',
    least: 1,
    lines: [{ name: '', pick: (s) => s.bytesPerSecond / 1000 }],
  },
];

const TITLE = 16;
const GAP = 6;

/** Draws the last half minute, newest at the right; corrections of our own place are lines through all lanes. */
export function drawNet(pen: Pen, samples: readonly NetSample[], nowMs: number): void {
  const { draw, ink, width, height } = pen;
  const lane = (height - GAP * (LANES.length - 1)) / LANES.length;
  const xOf = (atMs: number) => width - ((nowMs - atMs) / HISTORY_MS) * width;
  draw.strokeStyle = ink.warning;
  draw.lineWidth = 1;
  for (const { atMs, corrected } of samples) {
    if (corrected === 0) continue;
    draw.beginPath();
    draw.moveTo(xOf(atMs), 0);
    draw.lineTo(xOf(atMs), height);
    draw.stroke();
  }
  for (const [i, shown] of LANES.entries()) drawLane(pen, shown, samples, xOf, i * (lane + GAP), lane);
}

function drawLane(
  { draw, ink, width }: Pen,
  { title, unit, least, lines }: Lane,
  samples: readonly NetSample[],
  xOf: (atMs: number) => number,
  top: number,
  height: number,
): void {
  const values = lines.flatMap(({ pick }) => samples.map(pick)).filter((value) => value !== undefined);
  const most = roundTop(Math.max(0, ...values), least);
  const bottom = top + height;
  const room = height - TITLE;
  draw.globalAlpha = 0.3;
  draw.strokeStyle = ink.quiet;
  draw.lineWidth = 1;
  for (const y of [top + TITLE + 0.5, bottom - 0.5]) {
    draw.beginPath();
    draw.moveTo(0, y);
    draw.lineTo(width, y);
    draw.stroke();
  }
  draw.globalAlpha = 1;
  draw.font = `500 11px ${ink.font}`;
  draw.textBaseline = 'top';
  draw.fillStyle = ink.quiet;
  draw.textAlign = 'right';
  draw.fillText(`${most} ${unit}`, width, top + 1);
  draw.textAlign = 'left';
  const names = lines.map(({ name }) => name).filter((name) => name !== '');
  draw.fillStyle = ink.text;
  draw.fillText(names.length > 0 ? `${title}: ${names.join(', ')}` : title, 0, top + 1);
  draw.strokeStyle = ink.accent;
  draw.lineWidth = 1.5;
  draw.lineJoin = 'round';
  for (const [i, { pick }] of lines.entries()) {
    draw.setLineDash(i === 0 ? [] : [4, 3]);
    draw.beginPath();
    let pending = true;
    for (const sample of samples) {
      const value = pick(sample);
      if (value === undefined) {
        pending = true;
        continue;
      }
      draw[pending ? 'moveTo' : 'lineTo'](xOf(sample.atMs), bottom - (value / most) * room);
      pending = false;
    }
    draw.stroke();
  }
  draw.setLineDash([]);
}
