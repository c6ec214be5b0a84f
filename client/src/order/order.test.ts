import { ProblemError } from '@chatmux/schema';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AskApi } from '../account/account-api.ts';
import type { OrderState } from '../store/order.ts';
import { inviteAddress, isInvite, readInvite } from './invite.ts';
import { createOrder } from './order.ts';

const SECRET = 'Ab3-_'.padEnd(22, 'x');
const ORDER = { role: 'owner', locked: true, people: [], sanctions: [], invites: [], log: [] } as const;

describe('keeping order', () => {
  let state: Partial<OrderState>;
  let asked: [string, object | undefined][];
  let where: string | undefined;
  let answer: () => Promise<object>;
  const ask: AskApi = async (path, schema, body) => {
    asked.push([path, body]);
    return schema.parse(await answer()) as never;
  };
  const order = () =>
    createOrder({ ask, where: () => where, onChange: (change) => Object.assign(state, change) });

  beforeEach(() => {
    [state, asked, where] = [{}, [], 'plaza'];
    answer = async () => ({ order: ORDER, secret: SECRET });
  });

  it('asks of the world one is in, and shows how things stand then', async () => {
    const does = order();
    await does.load();
    await does.appoint('ann', 'member');
    await does.lift(3);
    await does.lock(true);
    await does.revoke('x');
    expect(asked).toEqual([
      ['/api/world/order', { world: 'plaza' }],
      ['/api/world/appoint', { world: 'plaza', id: 'ann', role: 'member' }],
      ['/api/world/lift', { world: 'plaza', sanction: 3 }],
      ['/api/world/lock', { world: 'plaza', locked: true }],
      ['/api/world/revoke', { world: 'plaza', invite: 'x' }],
    ]);
    expect(state).toEqual({ order: ORDER, busy: false, problem: undefined });
  });

  it('tells the secret of a new invite', async () => {
    await order().invite('member', 2, 24);
    expect(asked).toEqual([['/api/world/invite', { world: 'plaza', role: 'member', uses: 2, hours: 24 }]]);
    expect(state.secret).toBe(SECRET);
  });

  it('says why something was not done, and leaves the rest as it was', async () => {
    answer = () => Promise.reject(new ProblemError('not-yours', 'Only owners of this world may do that.'));
    await order().lock(false);
    expect(state).toEqual({ busy: false, problem: 'Only owners of this world may do that.' });
    vi.spyOn(console, 'error').mockReturnValueOnce();
    answer = () => Promise.reject(new Error('broken'));
    await order().lock(false);
    expect(state.problem).toBe('That could not be done.');
  });

  it('drops what comes once one is elsewhere', async () => {
    for (const leaves of [async () => ({ order: ORDER }), () => Promise.reject(new Error('late'))]) {
      where = 'plaza';
      answer = () => {
        where = 'beach';
        return leaves();
      };
      await order().load();
      expect(state).toEqual({ busy: false });
    }
  });

  it('is one thing at a time, and nothing where one is in no world', async () => {
    const does = order();
    await Promise.all([does.lock(true), does.lock(false)]);
    expect(asked).toHaveLength(1);
    where = undefined;
    await does.load();
    expect(asked).toHaveLength(1);
  });
});

describe('the address of an invite', () => {
  it('is read as it was made', () => {
    const address = new URL(inviteAddress('https://chat.example.org/', SECRET));
    expect(address.href).toBe(`https://chat.example.org/#/invite/${SECRET}`);
    expect(readInvite(address.hash)).toBe(SECRET);
    expect(readInvite(`${address.hash}/`)).toBe(SECRET);
  });

  it.each([
    '',
    '#',
    '#/plaza',
    '#/invite/',
    `#/invite/${SECRET}x`,
    `#/invite/${SECRET}/2`,
    '#/invite/<script>',
  ])('holds none: %s', (hash) => expect(readInvite(hash)).toBeUndefined());

  it('is known for one where it is not whole', () => {
    expect(['#/invite/half', '#/invite/', '#/invites', '#/plaza'].map(isInvite)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
