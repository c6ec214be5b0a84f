import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask } from './testing/ask.ts';
import { startWorld, type TestWorld } from './testing/start-world.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

it('says that people may be sent here', async () => {
  expect(JSON.parse((await ask(world.port, '/readyz')).text)).toEqual({ status: 'ready' });
});

it('says why people should not be sent here', async () => {
  const away = await startWorld({ whyNotReady: async () => 'The media server is away.' });
  const { status, text } = await ask(away.port, '/readyz');
  await away.stop();
  expect(status).toBe(503);
  expect(JSON.parse(text)).toEqual({ code: 'not-ready', message: 'The media server is away.' });
});

it('tells how the server is', async () => {
  const { status, headers, text } = await ask(world.port, '/healthz');
  expect(status).toBe(200);
  expect(headers['cache-control']).toBe('no-store');
  expect(JSON.parse(text)).toEqual({
    status: 'ok',
    uptimeSeconds: 12,
    people: 3,
    media: { mode: 'auto', sfu: 'up' },
  });
});
