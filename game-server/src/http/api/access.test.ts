import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AccountServer, ApiVisitor, startAccountServer } from '../../testing/account-server.ts';
import { apiRoutes } from './api-routes.ts';

let server: AccountServer;
beforeAll(async () => {
  server = await startAccountServer();
});
afterAll(() => server.stop());

const ELSEWHERE = { Origin: 'https://example.org' };
/** Who may ask, and how their page asks. */
const ASKERS = {
  'signed out': { signedIn: false, headers: {} },
  'signed in': { signedIn: true, headers: {} },
  'signed in for an hour': { signedIn: true, headers: {} },
  'signed in, page of another origin': { signedIn: true, headers: ELSEWHERE },
  'signed in, no origin named': { signedIn: true, headers: { Origin: undefined } },
} as const;

/** What is said of an empty body. A body with a shape is refused as `bad-message`: who asks was let through to it. */
async function answerTo(path: string, method: string, asker: keyof typeof ASKERS): Promise<string> {
  const visitor = new ApiVisitor(server);
  const { signedIn, headers } = ASKERS[asker];
  if (signedIn) await visitor.join();
  if (asker === 'signed in for an hour') server.clock.ms += 3_600_000;
  const answer = await visitor.ask(path, method === 'POST' ? {} : undefined, {
    headers,
    method,
  });
  return answer.status === 200 ? 'done' : `${answer.status} ${answer.body.code}`;
}

it('says who may ask what, in ACCESS.md', async () => {
  const askers = Object.keys(ASKERS) as (keyof typeof ASKERS)[];
  const lines = [
    '# Who may ask what',
    '',
    'Written by `access.test.ts`: each row is a question with an empty body, each cell what was answered.',
    '`400 bad-message` means that who asks was let through, and the body was not.',
    '',
    `| question | ${askers.join(' | ')} |`,
    `|---|${askers.map(() => '---|').join('')}`,
  ];
  for (const [path, { method }] of apiRoutes(server.accounts, server.friends, server.order)) {
    const cells: string[] = [];
    for (const asker of askers) cells.push(await answerTo(path, method, asker));
    lines.push(`| ${method} ${path} | ${cells.join(' | ')} |`);
    if (method === 'POST')
      for (const cell of cells.slice(3)) expect(cell, `${path} from elsewhere`).toBe('403 not-yours');
    expect(await answerTo(path, method === 'POST' ? 'GET' : 'POST', 'signed in'), path).toMatch(/^405/);
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./ACCESS.md');
}, 30_000);
