import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AccountServer, ApiVisitor, startAccountServer } from '../../testing/account-server.ts';
import { apiRoutes } from './api-routes.ts';

/** Questions of each kind; for long: FUZZ_RUNS=200000. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 1000);

let server: AccountServer;
let inside: ApiVisitor;
let outside: ApiVisitor;
beforeAll(async () => {
  server = await startAccountServer();
  inside = new ApiVisitor(server);
  await inside.join();
  outside = new ApiVisitor(server);
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
/** Bodies that have the names of those that count, with anything for their values. */
const body = fc.oneof(
  fc.dictionary(word, value),
  fc.record(
    {
      name: value,
      colour: value,
      ceremony: word,
      passkey: value,
      passkeyName: value,
      code: value,
      id: value,
    },
    { requiredKeys: [] },
  ),
);

it(`answers ${RUNS} questions of any shape with a reason, and never with a fault of its own`, async () => {
  const paths = [...apiRoutes(server.accounts, server.friends, server.order)].filter(
    ([, { method }]) => method === 'POST',
  );
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

/** What an attacker does to bytes: changes, cuts, repeats, adds. */
const harm = fc.oneof(
  fc.record({ does: fc.constant('set' as const), at: fc.nat(), to: fc.nat(255) }),
  fc.record({ does: fc.constant('cut' as const), at: fc.nat() }),
  fc.record({ does: fc.constant('add' as const), at: fc.nat(), bytes: fc.uint8Array({ maxLength: 60 }) }),
  fc.record({ does: fc.constant('drop' as const), at: fc.nat(), count: fc.nat(30) }),
);
type Harm = typeof harm extends fc.Arbitrary<infer Value> ? Value : never;

function harmed(text: string, harms: readonly Harm[]): string {
  let data = Buffer.from(text, 'base64url');
  for (const one of harms) {
    const at = data.length === 0 ? 0 : one.at % data.length;
    if (one.does === 'set' && data.length > 0) data[at] = one.to;
    if (one.does === 'cut') data = data.subarray(0, at);
    if (one.does === 'add') data = Buffer.concat([data.subarray(0, at), one.bytes, data.subarray(at)]);
    if (one.does === 'drop') data = Buffer.concat([data.subarray(0, at), data.subarray(at + one.count)]);
  }
  return data.toString('base64url');
}

it(`answers ${RUNS} real ceremonies whose answer was tampered with, and lets nobody in by them`, async () => {
  const answers = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('register', 'sign-in', 'confirm'),
      fc.constantFrom('clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'),
      fc.array(harm, { minLength: 1, maxLength: 4 }),
      async (kind, field, harms) => {
        const who = kind === 'confirm' ? inside : new ApiVisitor(server, outside.origin, inside.key);
        const path = { register: '/api/identity', 'sign-in': '/api/sign-in', confirm: '/api/confirm' }[kind];
        const begun = await who.ask(`${path}/begin`, kind === 'register' ? { name: 'Eve', colour: 1 } : {});
        const { ceremony, options } = begun.body;
        const key = kind === 'register' ? new ApiVisitor(server).key : who.key;
        const passkey = (kind === 'register' ? key.create(options) : key.get(options)) as {
          response: Record<string, unknown>;
        };
        const whole = passkey.response[field];
        if (typeof whole !== 'string') return;
        const broken = harmed(whole, harms);
        if (broken === whole) return;
        passkey.response[field] = broken;
        const { status, body: said } = await who.ask(path, { ceremony, passkey });
        const what = `${kind} ${status === 200 ? 'done' : said.code}`;
        answers.set(what, (answers.get(what) ?? 0) + 1);
        expect(status, what).toBeLessThan(500);
        // What a new key says of itself is signed by nobody: another model, another name for it, are its own business.
        if (kind !== 'register') expect(status, `${kind} ${field} ${JSON.stringify(harms)}`).not.toBe(200);
      },
    ),
    { numRuns: RUNS },
  );
  expect(server.errors).toEqual([]);
  // It was not all refused at the edge, for its shape.
  for (const what of ['register not-yours', 'sign-in not-yours', 'confirm not-yours'])
    expect(answers.get(what), what).toBeGreaterThan(RUNS / 50);
}, 600_000);

it(`takes ${RUNS} requests with any headers for what they are`, async () => {
  const header = fc.string({
    unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)),
  });
  const secret = inside.cookie ?? '';
  const cookie = fc
    .array(fc.oneof(header, fc.constantFrom(secret, '; ', '=', '%', '__Host-chatmux=', 'chatmux=')))
    .map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(cookie, header, header, fc.boolean(), async (cookies, type, agent, isPost) => {
      const headers = { Cookie: cookies, 'User-Agent': agent, ...(isPost && { 'Content-Type': type }) };
      const visitor = new ApiVisitor(server);
      const { status } = await visitor.ask(
        isPost ? '/api/sign-in/begin' : '/api/me',
        isPost ? {} : undefined,
        { headers },
      );
      expect(status).toBeLessThan(500);
    }),
    { numRuns: RUNS },
  );
  expect(server.errors).toEqual([]);
}, 600_000);
