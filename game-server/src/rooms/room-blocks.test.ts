import { EventEmitter } from 'node:events';
import { beforeEach, expect, it } from 'vitest';
import { BlockList } from './block-list.ts';
import { blockName, type LastingBlocks, RoomBlocks } from './room-blocks.ts';
import { type Seat, Seats } from './seats.ts';

const [ANN, BOB] = ['identity of Ann', 'identity of Bob'];

let list: BlockList;
let kept: Set<string>;
let events: LastingBlocks['events'];
beforeEach(() => {
  list = new BlockList();
  kept = new Set();
  events = new EventEmitter() as LastingBlocks['events'];
  // As the server does, for all rooms.
  events.on('block', ({ by, of, on }) => {
    if (!on) list.forgive(blockName(by, of));
  });
});

/** Made anywhere: in a world, or over HTTP. */
function change(by: string, of: string, on: boolean): void {
  if (on) kept.add(blockName(by, of));
  else kept.delete(blockName(by, of));
  events.emit('block', { by, of, on });
}

const lasting = (): LastingBlocks => ({
  events,
  blocksAround: async (id) =>
    [...kept]
      .filter((name) => name.includes(id))
      .map((name) => (name === blockName(ANN, BOB) ? { by: ANN, of: BOB } : { by: BOB, of: ANN })),
  block: async (by, of) => change(by, of, true),
  unblock: async (by, of) => change(by, of, false),
});

/** A room; `blocked` tells who blocks whom there, as the engine was told last. */
function openRoom() {
  const seats = new Seats();
  const told = new Map<string, boolean>();
  const blocks = new RoomBlocks(list, lasting(), seats, {
    enqueue(command) {
      if (command.type === 'block') told.set(`${command.id} ${command.other}`, command.on);
    },
  });
  let next = 1;
  async function sit(browser: string, identityId?: string): Promise<Seat> {
    const id = next++;
    const seat = seats.add(
      id,
      `${id}`,
      { guestHash: browser, addressHash: '' },
      { sessionId: `c${id}` } as never,
      0,
    );
    blocks.bring(seat);
    if (identityId !== undefined) await signIn(seat, identityId);
    return seat;
  }
  async function signIn(seat: Seat, identityId: string) {
    seat.signedIn = { identityId, idHash: 'session' };
    await blocks.bringAll(seat);
  }
  const blocked = (one: Seat, two: Seat) => told.get(`${one.id} ${two.id}`) ?? false;
  return { sit, signIn, blocked, blocks };
}

it('an unblock counts for who is away, too, on whatever device they were blocked', async () => {
  const first = openRoom();
  const [ann, bob, phone] = [
    await first.sit('a', ANN),
    await first.sit('b', BOB),
    await first.sit('b on a phone', BOB),
  ];
  await first.blocks.set(ann, bob, true);
  expect([first.blocked(ann, bob), first.blocked(ann, phone)]).toEqual([true, true]);
  // Bob is elsewhere when Ann unblocks him in her list.
  first.blocks.close();
  change(ANN, BOB, false);
  const second = openRoom();
  const again = [await second.sit('a', ANN), await second.sit('b', BOB), await second.sit('b on a phone')];
  expect(second.blocked(again[0] as Seat, again[1] as Seat)).toBe(false);
  expect(second.blocked(again[0] as Seat, again[2] as Seat)).toBe(false);
});

it.each(['made while they stand there', 'made before they came'])(
  'a block that was %s is not shaken off by signing out and going elsewhere',
  async (when) => {
    const first = openRoom();
    if (when.endsWith('came')) change(ANN, BOB, true);
    const [ann, bob] = [await first.sit('a', ANN), await first.sit('b', BOB)];
    if (when.endsWith('there')) change(ANN, BOB, true);
    expect(first.blocked(ann, bob)).toBe(true);
    const second = openRoom();
    const elsewhere = await second.sit('a', ANN);
    const guest = await second.sit('b');
    expect(second.blocked(elsewhere, guest)).toBe(true);
  },
);

it('blocks of guests stay theirs', async () => {
  const room = openRoom();
  const [ann, bob] = [await room.sit('a'), await room.sit('b')];
  await room.blocks.set(ann, bob, true);
  change(ANN, BOB, false);
  const again = await room.sit('b');
  expect(room.blocked(ann, again)).toBe(true);
  await room.blocks.set(ann, bob, false);
  expect(room.blocked(ann, await room.sit('b'))).toBe(false);
});

it('forgets with the oldest causes what could not be forgiven any more', () => {
  for (let count = 0; count <= 20_000; count += 1)
    list.set(`guest ${count}`, 'other', true, `cause ${count}`);
  expect([list.has('guest 0', 'other'), list.has('guest 1', 'other')]).toEqual([false, true]);
});
