import { expect, it } from 'vitest';
import { Heartbeat, PING_MS, SILENT_MS } from './heartbeat.ts';

const MINUTE = 60_000;

it('calls a connection dead when its pings stay unanswered, and not before', () => {
  const heart = new Heartbeat(0);
  const verdicts: [number, string][] = [];
  for (let now = PING_MS; now <= PING_MS + SILENT_MS + PING_MS; now += PING_MS)
    verdicts.push([now, heart.turn(now)]);
  const dead = verdicts.find(([, verdict]) => verdict === 'dead')?.[0] ?? Number.POSITIVE_INFINITY;
  expect(dead).toBeGreaterThanOrEqual(PING_MS + SILENT_MS);
  expect(dead).toBeLessThanOrEqual(2 * PING_MS + SILENT_MS);
});

it('keeps a healthy connection of a hidden page, whose timers run once a minute', () => {
  const heart = new Heartbeat(0);
  for (let now = MINUTE; now < 60 * MINUTE; now += MINUTE) {
    expect(heart.turn(now)).toBe('ask');
    heart.heard();
  }
});

it('keeps one whose answers wait behind the late timer, as after sleep', () => {
  const heart = new Heartbeat(0);
  expect(heart.turn(PING_MS)).toBe('ask');
  // Asleep for ten minutes with the answer on its way; the timer runs before it is handed on.
  let now = 10 * MINUTE;
  expect(heart.turn(now)).toBe('ask');
  heart.heard();
  now += PING_MS;
  expect(heart.turn(now)).toBe('ask');
});

it('finds a dead one after sleep, a silent span later', () => {
  const heart = new Heartbeat(0);
  heart.turn(PING_MS);
  const woken = 10 * MINUTE;
  const verdicts = [0, 1, 2, 3, 4].map((turn) => heart.turn(woken + turn * PING_MS));
  expect(verdicts).toEqual(['ask', 'ask', 'ask', 'ask', 'dead']);
});

it('finds a dead one of a hidden page as well', () => {
  const heart = new Heartbeat(0);
  expect([1, 2, 3].map((minute) => heart.turn(minute * MINUTE))).toEqual(['ask', 'ask', 'dead']);
});
