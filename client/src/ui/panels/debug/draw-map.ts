import type { Actions } from '../../../app/actions.ts';
import { personColour } from '../../../store/person-colours.ts';
import type { Pen } from './canvas-pen.ts';
import { boxCorners, type MapView, mapView } from './map-view.ts';

export type Facts = NonNullable<ReturnType<Actions['debug']>>;

/** How strongly a cell is filled, by how often it is told. */
const fillOf = (hertz: number) => (hertz >= 20 ? 0.2 : hertz >= 10 ? 0.11 : 0.045);

/** Draws cells, zones, radii, circles and people around us. @param reach metres from the middle to an edge */
export function drawMap(pen: Pen, facts: Facts, reach: number): void {
  const view = mapView(facts.me, Math.min(pen.width, pen.height), reach);
  drawCells(pen, view, facts);
  drawZones(pen, view, facts);
  drawRadii(pen, view, facts);
  drawCircles(pen, view, facts);
  drawPeople(pen, view, facts);
}

function label({ draw, ink }: Pen, text: string, x: number, y: number, colour: string): void {
  draw.save();
  draw.setLineDash([]);
  draw.font = `500 10px ${ink.font}`;
  draw.textAlign = 'center';
  draw.textBaseline = 'middle';
  // An edge in the ground's colour keeps it readable upon lines.
  draw.lineWidth = 3;
  draw.lineJoin = 'round';
  draw.strokeStyle = ink.ground;
  draw.strokeText(text, x, y);
  draw.fillStyle = colour;
  draw.fillText(text, x, y);
  draw.restore();
}

function drawCells(pen: Pen, view: MapView, { cells, cellMetres, me }: Facts): void {
  const { draw, ink } = pen;
  const side = cellMetres * view.scale;
  draw.lineWidth = 1;
  for (const { x, z, hertz } of cells) {
    const [left, top] = [view.x(x) - side / 2, view.y(z) - side / 2];
    draw.globalAlpha = fillOf(hertz);
    draw.fillStyle = ink.accent;
    draw.fillRect(left, top, side, side);
    draw.globalAlpha = 0.35;
    draw.strokeStyle = ink.quiet;
    draw.strokeRect(left, top, side, side);
    draw.globalAlpha = 1;
    const own = Math.abs(x - me.x) <= cellMetres / 2 && Math.abs(z - me.z) <= cellMetres / 2;
    if (side >= 26 && !own) label(pen, String(hertz), left + side / 2, top + 9, ink.quiet);
  }
}

function drawZones(pen: Pen, view: MapView, { zones }: Facts): void {
  const { draw, ink } = pen;
  draw.strokeStyle = ink.warning;
  draw.lineWidth = 1.25;
  draw.setLineDash([5, 3]);
  for (const zone of zones) {
    draw.beginPath();
    if (zone.shape === 'circle')
      draw.arc(view.x(zone.x), view.y(zone.z), (zone.width / 2) * view.scale, 0, Math.PI * 2);
    else
      for (const [i, corner] of boxCorners(zone).entries())
        draw[i === 0 ? 'moveTo' : 'lineTo'](view.x(corner.x), view.y(corner.z));
    draw.closePath();
    draw.stroke();
    if (zone.width * view.scale > 24)
      label(pen, `${zone.kind}: ${zone.name}`, view.x(zone.x), view.y(zone.z), ink.warning);
  }
  draw.setLineDash([]);
}

function drawRadii(pen: Pen, view: MapView, { me, radii }: Facts): void {
  const { draw, ink, width } = pen;
  const [x, y] = [view.x(me.x), view.y(me.z)];
  draw.strokeStyle = ink.text;
  draw.lineWidth = 1;
  for (const { label: name, metres } of radii) {
    const radius = metres * view.scale;
    draw.globalAlpha = 0.4;
    draw.beginPath();
    draw.arc(x, y, radius, 0, Math.PI * 2);
    draw.stroke();
    draw.globalAlpha = 1;
    if (radius > 30 && radius < width / 2) label(pen, `${name} ${metres} m`, x, y + radius - 7, ink.text);
  }
}

function drawCircles(pen: Pen, view: MapView, { circles }: Facts): void {
  const { draw, ink } = pen;
  for (const { id, locked, colour, outline } of circles) {
    draw.beginPath();
    for (const [i, corner] of outline.entries())
      draw[i === 0 ? 'moveTo' : 'lineTo'](view.x(corner.x), view.y(corner.z));
    draw.closePath();
    draw.fillStyle = colour;
    draw.globalAlpha = 0.3;
    draw.fill();
    draw.globalAlpha = 1;
    draw.strokeStyle = ink.text;
    draw.lineWidth = locked ? 2.5 : 1;
    draw.setLineDash(locked ? [] : [3, 3]);
    draw.stroke();
    draw.setLineDash([]);
    const top = outline.reduce((a, b) => (b.z < a.z ? b : a), outline[0] ?? { x: 0, z: 0 });
    label(pen, `circle ${id}${locked ? ' locked' : ''}`, view.x(top.x), view.y(top.z) - 8, ink.text);
  }
}

function drawPeople(pen: Pen, view: MapView, { people, me }: Facts): void {
  const { draw, ink } = pen;
  for (const { id, x, z, colour, speaking } of people) {
    const [px, py] = [view.x(x), view.y(z)];
    draw.beginPath();
    draw.arc(px, py, 4, 0, Math.PI * 2);
    draw.fillStyle = personColour(colour).hex;
    draw.fill();
    draw.lineWidth = speaking ? 2.5 : 1;
    draw.strokeStyle = speaking ? ink.voice : ink.text;
    draw.stroke();
    if (people.length <= 40) label(pen, String(id), px, py + 10, ink.text);
  }
  const [x, y] = [view.x(me.x), view.y(me.z)];
  draw.beginPath();
  for (const [turn, far] of [
    [0, 9],
    [2.5, 6],
    [-2.5, 6],
  ] as const)
    draw.lineTo(x + Math.sin(me.yaw + turn) * far, y + Math.cos(me.yaw + turn) * far);
  draw.closePath();
  draw.fillStyle = ink.accent;
  draw.fill();
  draw.lineWidth = 1;
  draw.strokeStyle = ink.text;
  draw.stroke();
}
