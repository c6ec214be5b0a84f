import { generate } from 'selfsigned';
import { expect, it, onTestFinished } from 'vitest';
import { ask } from './testing/ask.ts';
import { startWorld } from './testing/start-world.ts';

it('serves over HTTPS with a certificate, and sends no HSTS that would lock people out of a home-made one', async () => {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  const world = await startWorld({}, { cert, key });
  onTestFinished(world.stop);
  const { status, headers } = await ask(world.port, '/', { ca: cert, servername: 'localhost' });
  expect(status).toBe(200);
  expect(headers).not.toHaveProperty('strict-transport-security');
});

it('answers a request that offers another protocol as if it had not', async () => {
  const world = await startWorld();
  onTestFinished(world.stop);
  const { status } = await ask(world.port, '/healthz', {
    headers: { Connection: 'Upgrade', Upgrade: 'h2c' },
  });
  expect(status).toBe(200);
});
