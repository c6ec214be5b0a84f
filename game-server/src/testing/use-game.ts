import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@chatmux/config';
import type { JoinOptions } from '@chatmux/schema';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { type GameServer, startGameServer } from '../start-game-server.ts';
import { Guest, openGuests } from './guest.ts';

/** Seconds a seat is kept in tests. */
export const GRACE_SECONDS = 2;

/**
 * Starts a whole game server for the tests of a file, without an SFU. Every test ends with an empty room: what one left
 * behind would be another's ghost.
 * @param settings as an operator gives them
 */
export function useGame(settings: Readonly<Record<string, string>> = {}) {
  let game: GameServer | undefined;
  let folder = '';
  const errors: unknown[] = [];
  const said: string[] = [];
  const url = () => game?.url ?? '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chatmux-room-'));
    const env = {
      DATA_DIR: folder,
      MEDIA: 'direct',
      RECONNECT_SECONDS: String(GRACE_SECONDS),
      ...settings,
    };
    const config = { ...parseConfig(env), port: 0 };
    const quiet = { info: (text: string) => said.push(text), warn: () => undefined, debug: () => undefined };
    const log = { ...quiet, error: (text: string, error?: unknown) => errors.push(text, error) };
    game = await startGameServer(config, log, { joinLimit: { burst: 10_000, perSecond: 1000 } });
  });
  afterAll(async () => {
    await game?.stop();
    await rm(folder, { recursive: true });
  });
  afterEach(async () => {
    await Promise.all([...openGuests].map((guest) => guest.leave()));
    const health = async () => (await fetch(`${url()}/healthz`)).json();
    await vi.waitFor(async () => expect(await health()).toMatchObject({ people: 0 }), {
      timeout: (GRACE_SECONDS + 3) * 1000,
    });
  });

  return {
    url,
    /** @param cookie of a page that is signed in */
    join: (part?: Partial<JoinOptions>, cookie?: string) => Guest.join(url(), part, cookie),
    /** Of the link by which somebody becomes the owner, as it was said at the start. */
    ownerSecret: () =>
      said.flatMap((line) => /Owner link: .*#\/invite\/(\S+)/.exec(line)?.[1] ?? [])[0] ?? '',
    /** Call it last. */
    expectNoErrors: () => it('none of all this was an error of the server', () => expect(errors).toEqual([])),
  };
}
