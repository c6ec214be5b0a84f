import { amount, bar, drawMap, milliseconds, short, showFacts, showTable } from './charts.js';

const TOKEN = 'chatmux-admin-token';
const POLL_MS = 1000;
const byId = (id) => document.getElementById(id);

let before;
let latest;
let timer;
let paused = false;

byId('ask').addEventListener('submit', (event) => {
  event.preventDefault();
  sessionStorage.setItem(TOKEN, byId('token').value.trim());
  void poll();
});
byId('forget').addEventListener('click', () => forget('The token is forgotten.', false));
byId('pause').addEventListener('click', () => {
  paused = !paused;
  byId('pause').setAttribute('aria-pressed', String(paused));
  say(paused ? 'Paused.' : '');
  if (!paused) void poll();
});
byId('rooms').addEventListener('change', () => latest && show(latest));
byId('dump').addEventListener('click', () => void downloadDump());
document.addEventListener('visibilitychange', () => void poll());
if (sessionStorage.getItem(TOKEN)) void poll();

function say(words, isFault = false) {
  const said = byId('said');
  if (said.textContent !== words) said.textContent = words;
  said.classList.toggle('fault', isFault);
}

function forget(why, isFault = true) {
  sessionStorage.removeItem(TOKEN);
  clearTimeout(timer);
  before = undefined;
  latest = undefined;
  open(false);
  byId('token').value = '';
  byId('token').focus();
  say(why, isFault);
}

function open(isOpen) {
  byId('ask').hidden = isOpen;
  for (const id of ['shown', 'pause', 'forget']) byId(id).hidden = !isOpen;
}

/** @returns what was asked for; undefined where it was refused, which was said */
async function ask(path) {
  const token = sessionStorage.getItem(TOKEN);
  const answer = await fetch(path, { headers: { Authorization: `Bearer ${token}` }, cache: 'no-store' });
  if (answer.ok) return answer;
  const { message } = await answer.json();
  if (answer.status === 401 || answer.status === 429) forget(message);
  else say(message, true);
  return undefined;
}

async function poll() {
  clearTimeout(timer);
  if (paused || document.hidden || !sessionStorage.getItem(TOKEN)) return;
  try {
    const answer = await ask('/admin/state.json');
    if (!answer) return;
    if (!latest) say('');
    before = latest;
    latest = await answer.json();
    open(true);
    show(latest);
    if (byId('said').classList.contains('fault')) say('');
  } catch {
    say('The server can’t be reached. Trying again.', true);
  }
  timer = setTimeout(poll, POLL_MS);
}

async function downloadDump() {
  const roomId = byId('rooms').value;
  try {
    const answer = await ask(`/admin/rooms/${encodeURIComponent(roomId)}/dump.json`);
    if (!answer) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await answer.blob());
    link.download = `${roomId}.dump.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  } catch {
    say('The server can’t be reached: there is no dump.', true);
  }
}

function show(state) {
  const { process, rooms } = state;
  const seconds = before ? (state.atMs - before.atMs) / 1000 : 0;
  const cpu = before && seconds > 0 ? (process.cpuSeconds - before.process.cpuSeconds) / seconds : undefined;
  showFacts(byId('process'), {
    Running: duration(process.uptimeSeconds),
    People: String(rooms.reduce((sum, room) => sum + room.people, 0)),
    Worlds: String(rooms.length),
    'Processor, cores': cpu === undefined ? '…' : cpu.toFixed(2),
    'Event loop busy': `${Math.round(process.loop.busy * 100)} %`,
    'Event loop delay, p99': milliseconds(process.loop.delayMs.p99),
    Memory: `${short(process.memoryBytes)}B`,
    'Media server': { up: 'connected', down: 'not connected', none: 'none' }[state.sfu],
  });
  listRooms(rooms);
  const room = rooms.find(({ roomId }) => roomId === byId('rooms').value);
  byId('room').hidden = !room;
  byId('no-room').hidden = room !== undefined;
  if (room) showRoom(room, state.cellMetres, seconds);
}

/** Fills the choice, without touching it while nothing changed: it may be open. */
function listRooms(rooms) {
  const select = byId('rooms');
  const labels = rooms.map(
    (room) => `${room.world}, copy ${room.copy}: ${amount(room.people, 'person', 'people')}`,
  );
  const same =
    rooms.length === select.options.length &&
    rooms.every((room, i) => select.options[i].value === room.roomId);
  if (!same) {
    const chosen = select.value;
    select.replaceChildren(
      ...rooms.map((room) => new Option('', room.roomId, false, room.roomId === chosen)),
    );
  }
  labels.forEach((label, i) => {
    if (select.options[i].text !== label) select.options[i].text = label;
  });
}

function showRoom(room, cellMetres, seconds) {
  const old = before?.rooms.find(({ roomId }) => roomId === room.roomId);
  const rate = (now, then) => (old && seconds > 0 ? short(Math.max(0, now - then) / seconds) : '…');
  showFacts(byId('facts'), {
    People: `${room.people} (${room.away} away)`,
    Connections: String(room.connections),
    Circles: `${room.circles}, with ${amount(room.inCircles, 'person', 'people')}`,
    'Largest circle': String(room.largestCircle),
    Tick: `${room.tick} (${rate(room.tick, old?.tick)} a second)`,
    'A tick takes, p50': milliseconds(room.tickMs.p50),
    'A tick takes, p99': milliseconds(room.tickMs.p99),
    'A tick is late, p99': milliseconds(room.lateMs.p99),
  });
  drawMap(byId('map'), room, cellMetres);
  const most = Math.max(...room.tickMs.bars.map(({ count }) => count));
  showTable(
    byId('ticks'),
    ['Up to', 'Ticks', 'Share'],
    room.tickMs.bars.map(({ upTo, count }) => [
      upTo === null ? 'longer' : `${upTo} ms`,
      String(count),
      bar(count, most),
    ]),
  );
  showTable(
    byId('sent'),
    ['Kind', 'Bytes a second', 'Messages a second', 'Bytes in all'],
    Object.entries(room.sent).map(([kind, { bytes, messages }]) => [
      kind,
      rate(bytes, old?.sent[kind].bytes),
      rate(messages, old?.sent[kind].messages),
      short(bytes),
    ]),
  );
  showTable(
    byId('plans'),
    ['Of', 'Median', 'p99', 'Most'],
    Object.entries(room.plans).map(([of, { p50, p99, max }]) => [of, String(p50), String(p99), String(max)]),
  );
  const counted = (id, name, field) =>
    showTable(
      byId(id),
      [name, 'A second', 'In all'],
      Object.entries(room[field]).map(([key, count]) => [
        key,
        rate(count, old?.[field][key] ?? 0),
        short(count),
      ]),
    );
  counted('received', 'Type', 'received');
  counted('refused', 'Code', 'refused');
}

function duration(seconds) {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours} h ${minutes} min` : minutes > 0 ? `${minutes} min` : `${seconds} s`;
}
