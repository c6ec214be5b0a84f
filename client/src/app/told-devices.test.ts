import type { DevicesMessage } from '@chatmux/schema';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ToldDevices } from './told-devices.ts';

const [OFF, ON] = [false, true].map((mic) => ({ mic, cam: false, screen: false }));
let sent: DevicesMessage[];
let told: ToldDevices;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  told = new ToldDevices((devices) => sent.push(devices));
});
afterEach(() => vi.useRealTimers());

it('tells what holds again, once, where the server refused a change', () => {
  told.tell(ON as DevicesMessage);
  told.tell(OFF as DevicesMessage);
  told.refused();
  told.tell(ON as DevicesMessage);
  told.refused();
  vi.advanceTimersByTime(10_000);
  expect(sent).toEqual([ON, OFF, ON, ON]);
});

it('says nothing once it is over', () => {
  told.tell(ON as DevicesMessage);
  told.refused();
  told.close();
  vi.advanceTimersByTime(10_000);
  expect(sent).toEqual([ON]);
});
