import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Sfu } from './start-sfu.ts';
import { connectTestGameServer, startTestSfu, type TestGameServer } from './testing/sfu-under-test.ts';
import { joinAs } from './testing/test-person.ts';
import { openVoice, type Voice } from './testing/voice.ts';

const ROOM = 'plaza';
let sfu: Sfu;
let game: TestGameServer;
const voices: Voice[] = [];

beforeEach(async () => {
  sfu = await startTestSfu({ healMs: 100 });
  game = await connectTestGameServer(sfu.controlPort);
});

afterEach(async () => {
  for (const voice of voices.splice(0)) voice.close();
  await game.client.close();
  await sfu.close();
});

/** Joins with a microphone that somebody hears. */
async function speaker(name: string, ssrc: number): Promise<Voice> {
  await joinAs(game, name);
  const { room, session } = sfu.rooms.session(ROOM, name);
  const voice = await openVoice(session.home.router, ssrc);
  voices.push(voice);
  room.watchProducer(session, 'mic', voice.producer);
  return voice;
}

async function heardBy(listener: string, ...from: string[]): Promise<void> {
  await joinAs(game, listener);
  const wants = from.map((each) => ({ from: each, audio: true, video: 0 as const, screen: 0 as const }));
  game.client.plan(ROOM, [{ session: listener, wants }]);
  await vi.waitFor(() => {
    for (const each of from)
      expect(sfu.rooms.session(ROOM, each).session.producers.get('mic')?.paused).toBe(false);
  });
}

const spokenNow = () => game.speaking.at(-1)?.sessions;

it('tells who speaks, from the loudness in their packets, and when they fall silent', async () => {
  const [bo, cy] = [await speaker('bo', 1), await speaker('cy', 2)];
  await heardBy('al', 'bo', 'cy');
  bo.speak(-30);
  cy.speak(-80);
  await vi.waitFor(() => expect(spokenNow()).toEqual(['bo']), 3000);
  cy.speak(-40);
  await vi.waitFor(() => expect(spokenNow()).toEqual(['bo', 'cy']), 3000);
  bo.speak(-127);
  await vi.waitFor(() => expect(spokenNow()).toEqual(['cy']), 3000);
  cy.hush();
  await vi.waitFor(() => expect(spokenNow()).toEqual([]), 3000);
  // Nothing was told twice.
  expect(game.speaking).toHaveLength(4);
});

it('knows at once when a microphone ends or its owner leaves', async () => {
  const bo = await speaker('bo', 1);
  await heardBy('al', 'bo');
  bo.speak(-30);
  await vi.waitFor(() => expect(spokenNow()).toEqual(['bo']), 3000);
  game.client.closeSession(ROOM, 'bo');
  bo.producer.close();
  await vi.waitFor(() => expect(spokenNow()).toEqual([]), 400);
});

it('says nothing of people who are silent', async () => {
  const [bo, cy] = [await speaker('bo', 1), await speaker('cy', 2)];
  await heardBy('al', 'bo', 'cy');
  bo.speak(-127);
  cy.speak(-30);
  await vi.waitFor(() => expect(spokenNow()).toEqual(['cy']), 3000);
  expect(game.speaking).toHaveLength(1);
});

it('finds a voice that starts soon', async () => {
  const bo = await speaker('bo', 1);
  await heardBy('al', 'bo');
  const delays: number[] = [];
  for (let round = 0; round < 8; round++) {
    const told = game.speaking.length;
    bo.speak(-30);
    const startMs = performance.now();
    await vi.waitFor(() => expect(game.speaking.length).toBeGreaterThan(told), {
      timeout: 3000,
      interval: 5,
    });
    delays.push((game.speaking.at(-1)?.atMs ?? 0) - startMs);
    bo.hush();
    await vi.waitFor(() => expect(spokenNow()).toEqual([]), { timeout: 3000, interval: 7 + 13 * round });
  }
  delays.sort((a, b) => a - b);
  console.info(
    `from the first packet to the game server: ${delays.map((each) => Math.round(each)).join(', ')} ms`,
  );
  // Far above what is usual: only what can't be right fails here.
  expect(delays[4]).toBeLessThan(1000);
});
