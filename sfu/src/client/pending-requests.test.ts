import { ProblemError } from '@chatmux/schema';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PendingRequests } from './pending-requests.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('gives each reply to the one who asked', async () => {
  const pending = new PendingRequests(5000);
  const ids: number[] = [];
  const first = pending.ask((id) => ids.push(id));
  const second = pending.ask((id) => ids.push(id));
  const [firstId = -1, secondId = -1] = ids;
  expect(pending.resolve(secondId, 'b')).toBe(true);
  expect(pending.resolve(firstId, 'a')).toBe(true);
  expect(await Promise.all([first, second])).toEqual(['a', 'b']);
  expect(pending.resolve(firstId, 'again')).toBe(false);
});

it('gives up after its time with media-down', async () => {
  const pending = new PendingRequests(5000);
  const late = expect(pending.ask(() => undefined)).rejects.toMatchObject({ code: 'media-down' });
  await vi.advanceTimersByTimeAsync(5000);
  await late;
});

it('rejects all that waits at once', async () => {
  const pending = new PendingRequests(5000);
  const all = [pending.ask(() => undefined), pending.ask(() => undefined)];
  pending.rejectAll(new ProblemError('media-down', 'lost'));
  for (const one of all) await expect(one).rejects.toMatchObject({ code: 'media-down', message: 'lost' });
  expect(vi.getTimerCount()).toBe(0);
});
