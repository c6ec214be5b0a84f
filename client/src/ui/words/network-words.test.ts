import { describe, expect, it } from 'vitest';
import type { AppState, ConnectionState } from '../../store/types.ts';
import { enteringWords, mediaWords, networkWords, SLOW_ROUND_TRIP_MS } from './network-words.ts';

const on = { mode: 'sfu', state: 'on' } as const;
const connection = (
  state: ConnectionState,
  more: Partial<AppState['connection']> = {},
): AppState['connection'] => ({ state, roundTripMs: undefined, problem: undefined, ...more });

describe('mediaWords', () => {
  it('names the way voices take only once it works', () => {
    expect(mediaWords({ mode: 'sfu', state: 'on' }).text).toBe('Voice through the server');
    expect(mediaWords({ mode: 'direct', state: 'on' }).text).toBe('Connected to people directly');
    for (const mode of ['sfu', 'direct'] as const) {
      for (const state of ['idle', 'connecting'] as const) {
        expect(mediaWords({ mode, state })).toEqual({ tone: 'waiting', text: 'Voice is connecting…' });
      }
      expect(mediaWords({ mode, state: 'failed' }).text).toMatch(/^No voice: /);
    }
  });

  it('says when it is our own wish that there are none', () => {
    const failed = { mode: 'direct', state: 'failed' } as const;
    expect(mediaWords(failed, false).text).toMatch(/you want no direct connections/);
    expect(networkWords(connection('online'), failed, 'good', false).text).toMatch(/you want no direct/);
    expect(mediaWords({ mode: 'sfu', state: 'failed' }, false).text).toMatch(/voice server/);
  });

  it('says so when there is no way at all, whatever the state', () => {
    for (const state of ['idle', 'connecting', 'on', 'failed'] as const) {
      expect(mediaWords({ mode: 'none', state }).text).toMatch(/^No voice: /);
    }
  });
});

describe('networkWords', () => {
  it('puts a lost connection before voice', () => {
    expect(networkWords(connection('reconnecting'), on).text).toBe('Connection lost. Reconnecting…');
    expect(networkWords(connection('offline'), on)).toMatchObject({ tone: 'danger', canRetry: true });
  });

  it('says when the network is too weak for voices, and only while there are any', () => {
    expect(networkWords(connection('online'), on, 'good').tone).toBe('good');
    expect(networkWords(connection('online'), on, 'weak')).toMatchObject({ tone: 'warning' });
    expect(networkWords(connection('online'), on, 'lost')).toMatchObject({ tone: 'danger' });
    expect(networkWords(connection('online'), { mode: 'sfu', state: 'connecting' }, 'lost').tone).toBe(
      'waiting',
    );
    expect(networkWords(connection('reconnecting'), on, 'lost').text).toBe('Connection lost. Reconnecting…');
  });

  it("uses the server's own sentence when it gave one", () => {
    const problem = { code: 'world-full', message: 'The town is full.' } as const;
    expect(networkWords(connection('offline', { problem }), on).text).toBe('The town is full.');
  });

  it('names the round trip only when it is felt', () => {
    const words = (roundTripMs: number) => networkWords(connection('online', { roundTripMs }), on).text;
    expect(words(SLOW_ROUND_TRIP_MS - 1)).toBe('Voice through the server');
    expect(words(SLOW_ROUND_TRIP_MS + 0.4)).toBe(`Slow connection: ${SLOW_ROUND_TRIP_MS} ms`);
  });

  it('finds missing voice worse than slowness', () => {
    const words = networkWords(connection('online', { roundTripMs: 900 }), { mode: 'sfu', state: 'failed' });
    expect(words.text).toMatch(/^No voice: /);
  });
});

it('enteringWords has a sentence for each state', () => {
  for (const state of ['idle', 'connecting', 'online', 'reconnecting', 'offline'] as const) {
    expect(enteringWords(state)).toMatch(/…$/);
  }
});
