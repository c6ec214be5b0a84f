import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { areaFor } from '../arms/field.ts';
import { ArmRun, poseBytesIn, told } from './arm-run.ts';
import { rateOf, shareOf } from './cost.ts';

const PEOPLE = 20;
const WINDOW = { settleMs: 300, measureMs: 700 };
const ARMS = ['input-only', 'full', 'view', 'ours-counting'] as const;

describe('an arm run', () => {
  let run: ArmRun;
  beforeAll(async () => {
    const area = areaFor(PEOPLE);
    run = await ArmRun.start(ARMS.map((arm) => ({ arm, people: PEOPLE, area, decode: true })));
  });
  afterAll(() => run.stop());

  it.each(ARMS)('lets %s tick, and takes every input', async (arm) => {
    const { server, bots } = await run.look(arm, WINDOW);
    expect(bots).toMatchObject({ people: PEOPLE, lost: 0 });
    expect(rateOf(server)).toBeGreaterThan(5);
    expect(shareOf(server)).toBeGreaterThan(0);
    // A heartbeat of each in a quarter of a second, and what changes besides.
    expect(server.inputs).toBeGreaterThan(PEOPLE * 2);
    expect(Math.abs(server.inputs - bots.inputs)).toBeLessThan(PEOPLE * 2);
  });

  it('tells nobody anything where only inputs are taken', async () => {
    const { bots, server } = await run.look('input-only', WINDOW);
    expect(bots.traffic).toEqual({});
    expect(server.told).toBe(0);
  });

  it('sends everybody the whole state in each tick', async () => {
    const window = await run.look('full', WINDOW);
    expect(window.server.told).toBe(window.server.ticks * PEOPLE);
    // Everybody walks: seven bytes at least for each.
    expect(told(window).bytes / told(window).messages).toBeGreaterThan(PEOPLE * 7);
  });

  it('sends each what is near where views limit it', async () => {
    const window = await run.look('view', WINDOW);
    const { bytes, messages } = told(window);
    expect(window.server.told).toBe(window.server.ticks * PEOPLE);
    expect(bytes / messages).toBeGreaterThan(7);
    expect(bytes / messages).toBeLessThan(PEOPLE * 8);
  });

  it('tells poses by our frames, which can be read, and counts what they owe', async () => {
    const window = await run.look('ours-counting', WINDOW);
    const { traffic } = window.bots;
    expect(told(window).messages).toBeGreaterThan(PEOPLE * 4);
    expect(traffic.acknowledgement?.messages).toBeGreaterThan(PEOPLE * 2);
    expect(poseBytesIn(traffic)).toBeLessThan(told(window).bytes);
    expect(window.server.owedBytes).toBeGreaterThan(0);
    expect(poseBytesIn(traffic)).toBeGreaterThan(window.server.owedBytes);
  });

  it('says nothing of an arm that is not there', async () => {
    await expect(run.look('nothing', WINDOW)).rejects.toThrow('nothing');
  });
});
