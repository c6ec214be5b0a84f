import { expect, it } from 'vitest';
import { turnServer } from './turn-credentials.ts';

const turn = { urls: ['turn:turn.example.org:3478'], secret: 'a secret of many letters', ttlSeconds: 3600 };

it('names the end and the session, and signs both with the secret', async () => {
  const server = turnServer(turn, '12.3', 1_700_000_000_500);
  expect(server).toMatchObject({ urls: ['turn:turn.example.org:3478'], username: '1700003600:12.3' });
  // The other way round, by another implementation; the browser test asks a real coturn.
  const bytes = (text: string) => new TextEncoder().encode(text);
  const hmac = { name: 'HMAC', hash: 'SHA-1' };
  const key = await crypto.subtle.importKey('raw', bytes(turn.secret), hmac, false, ['verify']);
  const signature = Buffer.from(server.credential ?? '', 'base64');
  expect(await crypto.subtle.verify('HMAC', key, signature, bytes('1700003600:12.3'))).toBe(true);
});

it('differs by session, and by the second', () => {
  const names = [turnServer(turn, '1.1', 0), turnServer(turn, '1.2', 0), turnServer(turn, '1.1', 1000)].map(
    ({ credential }) => credential,
  );
  expect(new Set(names).size).toBe(3);
});
