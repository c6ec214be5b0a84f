/** A whole number with its unit shortened: 1234567 becomes 1.2 M. */
export function short(value) {
  if (value < 1000) return String(Math.round(value * 10) / 10);
  const [power, unit] = value < 1e6 ? [1e3, 'k'] : value < 1e9 ? [1e6, 'M'] : [1e9, 'G'];
  return `${(value / power).toFixed(1)} ${unit}`;
}

/** A count with its noun: 1 person, 2 people. */
export const amount = (count, one, many) => `${count} ${count === 1 ? one : many}`;

export const milliseconds = (ms) => `${ms.toFixed(ms < 10 ? 2 : 1)} ms`;

/** Names and values, one below the other. */
export function showFacts(list, facts) {
  list.replaceChildren(
    ...Object.entries(facts).map(([name, value]) => {
      const pair = document.createElement('div');
      pair.append(element('dt', name), element('dd', value));
      return pair;
    }),
  );
}

/** A table whose caption stays. A cell is text or an element. */
export function showTable(table, heads, rows) {
  const head = document.createElement('thead');
  head.append(row(heads.map((name) => scoped(name, 'col'))));
  const body = document.createElement('tbody');
  for (const [name, ...cells] of rows)
    body.append(row([scoped(name, 'row'), ...cells.map((cell) => element('td', cell))]));
  if (rows.length === 0) body.append(row([scoped('none', 'row')]));
  table.replaceChildren(table.caption, head, body);
}

/** A bar that says how much of the most a count is. */
export function bar(count, most) {
  const meter = document.createElement('meter');
  meter.max = Math.max(1, most);
  meter.value = count;
  meter.setAttribute('aria-label', `${count} of ${most}`);
  return meter;
}

/** People, circles and interest cells from above. North is up: x to the right, z towards the reader. */
export function drawMap(canvas, room, cellMetres) {
  const { minX, maxX, minZ, maxZ } = room.bounds;
  const side = Math.max(maxX - minX, maxZ - minZ);
  const pixels = Math.round(canvas.clientWidth * devicePixelRatio);
  if (pixels === 0) return;
  canvas.width = pixels;
  canvas.height = pixels;
  const scale = pixels / side;
  const across = (x) => (x - minX) * scale;
  const down = (z) => (z - minZ) * scale;
  const style = getComputedStyle(canvas);
  const context = canvas.getContext('2d');
  context.lineWidth = devicePixelRatio;
  // A custom property is handed out as it was written, with its light-dark(), which a canvas doesn't understand.
  context.strokeStyle = style.borderTopColor;
  context.beginPath();
  const first = (metres) => Math.ceil(metres / cellMetres) * cellMetres;
  for (let x = first(minX); x <= maxX; x += cellMetres)
    line(context, across(x), down(minZ), across(x), down(maxZ));
  for (let z = first(minZ); z <= maxZ; z += cellMetres)
    line(context, across(minX), down(z), across(maxX), down(z));
  context.stroke();
  context.strokeRect(across(minX), down(minZ), (maxX - minX) * scale, (maxZ - minZ) * scale);

  const text = style.color;
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
  const colourOf = (circle) => (circle > 0 ? `hsl(${(circle * 137) % 360} 65% ${isDark ? 70 : 38}%)` : text);
  const radius = Math.max(2 * devicePixelRatio, 0.35 * scale);
  for (const [, x, z, circle, state] of room.places) {
    context.beginPath();
    context.arc(across(x), down(z), state === 2 ? radius * 1.6 : radius, 0, 2 * Math.PI);
    context.fillStyle = colourOf(circle);
    context.strokeStyle = colourOf(circle);
    if (state > 0) context.fill();
    else context.stroke();
  }
  canvas.setAttribute(
    'aria-label',
    `Map: ${amount(room.people, 'person', 'people')}, ${room.inCircles} of them in ${amount(room.circles, 'circle', 'circles')}, ${room.away} away`,
  );
}

function line(context, fromX, fromY, toX, toY) {
  context.moveTo(fromX, fromY);
  context.lineTo(toX, toY);
}

function element(name, content) {
  const made = document.createElement(name);
  made.append(content);
  return made;
}

function scoped(text, scope) {
  const head = element('th', text);
  head.scope = scope;
  return head;
}

function row(cells) {
  const made = document.createElement('tr');
  made.append(...cells);
  return made;
}
