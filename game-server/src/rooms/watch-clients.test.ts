import { type Client, ClientState } from '@colyseus/core';
import { expect, it, vi } from 'vitest';
import { ClientWatch, STUCK_SECONDS } from './watch-clients.ts';

/** As much of a client as the watch looks at. */
function setUp() {
  const ref = { bufferedAmount: 0, terminate: vi.fn() };
  const client = { state: ClientState.JOINED, ref } as Partial<Record<keyof Client, unknown>> as Client;
  const watch = new ClientWatch();
  const reasons: string[] = [];
  return {
    ref,
    reasons,
    look: (bytes: number) => {
      ref.bufferedAmount = bytes;
      watch.look([client], (_, reason) => reasons.push(reason));
    },
  };
}

it('ends the line of one who takes nothing for a while', () => {
  const { look, reasons, ref } = setUp();
  for (let second = 0; second <= STUCK_SECONDS; second++) {
    expect(reasons).toEqual([]);
    look(70_000);
  }
  expect(reasons).toEqual(['does not read']);
  expect(ref.terminate).toHaveBeenCalledOnce();
});

it('bears with one who is slow, and takes something now and then', () => {
  const { look, reasons } = setUp();
  for (let second = 0; second < 200; second++) look(second % 10 === 0 ? 60_000 : 70_000);
  expect(reasons).toEqual([]);
});

it('ends the line of one for whom too much waits, at once', () => {
  const { look, reasons } = setUp();
  look(2_000_000);
  expect(reasons).toEqual(['does not read']);
});
