import { accountRequests } from '@chatmux/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AccountServer, ApiVisitor, startAccountServer } from '../../testing/account-server.ts';
import { accountRoutes } from './account-routes.ts';

/** Questions asked; for long: FUZZ_RUNS=200000. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 2000);

let server: AccountServer;
beforeAll(async () => {
  server = await startAccountServer();
});
afterAll(() => server.stop());

const word = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.base64String({ maxLength: 60 }),
  fc.constant('A'.repeat(22)),
  fc.constant('public-key'),
  fc.constant('0'.repeat(64)),
  fc.constant('__proto__'),
);
const value = fc.oneof(word, fc.integer(), fc.double(), fc.constant(null), fc.boolean(), fc.jsonValue());
const answer = fc.record(
  {
    clientDataJSON: word,
    attestationObject: word,
    authenticatorData: word,
    signature: word,
    userHandle: word,
  },
  { requiredKeys: [] },
);
const passkey = fc.record(
  { id: word, rawId: word, type: word, response: fc.oneof(answer, value), clientExtensionResults: value },
  { requiredKeys: [] },
);
/** Bodies that have the names of those that count, with anything for their values. */
const body = fc.oneof(
  fc.dictionary(word, value),
  fc.record(
    {
      name: value,
      colour: value,
      ceremony: word,
      passkey: fc.oneof(passkey, value),
      passkeyName: value,
      code: value,
      id: value,
    },
    { requiredKeys: [] },
  ),
);

it(`answers ${RUNS} questions of any shape with a reason, and never with a fault of its own`, async () => {
  expect(Object.keys(accountRequests).length).toBeGreaterThan(0);
  const paths = [...accountRoutes(server.accounts)].filter(([, { method }]) => method === 'POST');
  const inside = new ApiVisitor(server);
  await inside.join();
  const outside = new ApiVisitor(server);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.boolean(), body, async ([path], signedIn, content) => {
      // These would end the session that asks the others.
      if (signedIn && /delete|sign-out/.test(path)) return;
      const { status, body: said } = await (signedIn ? inside : outside).ask(path, content);
      expect(status, `${path} ${JSON.stringify(content)}`).toBeLessThan(500);
      if (status !== 200) expect(said.code).toEqual(expect.any(String));
    }),
    { numRuns: RUNS },
  );
  expect(server.errors).toEqual([]);
}, 600_000);
