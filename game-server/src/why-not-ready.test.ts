import { expect, it } from 'vitest';
import { readiness } from './why-not-ready.ts';

type Asked = Parameters<typeof readiness>[0];
const well: Asked = {
  identities: { find: async () => undefined },
  needsSfu: true,
  isSfuUp: () => true,
  isStopping: () => false,
  onError: () => undefined,
};
const broken = {
  find: async () => {
    throw new Error('the disk is gone');
  },
};

it.each<[string, Partial<Asked>, string | undefined]>([
  ['when all is well', {}, undefined],
  ['without an SFU it can do without', { needsSfu: false, isSfuUp: () => false }, undefined],
  ['while it stops', { isStopping: () => true }, 'The server is stopping.'],
  ['without the SFU it needs', { isSfuUp: () => false }, 'The media server is away.'],
  ['without a database', { identities: broken }, 'The database does not answer.'],
])('%s it says so', async (_, change, words) => {
  expect(await readiness({ ...well, ...change })()).toBe(words);
});
