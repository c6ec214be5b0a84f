import type { SfuEvent } from '@chatmux/schema';
import { expect, it } from 'vitest';
import { RoomLinks } from './room-links.ts';

const closed = (consumerId: string): SfuEvent => ({
  event: 'consumer-closed',
  room: 'plaza',
  session: 'al',
  consumerId,
});

function link() {
  const got: string[] = [];
  return {
    got,
    send: (event: SfuEvent) => void got.push(event.event === 'consumer-opened' ? '' : event.consumerId),
  };
}

it('sends events to the connection that spoke for the room last', () => {
  const links = new RoomLinks();
  const [first, second] = [link(), link()];
  links.adopt('plaza', first);
  links.deliver(closed('a'));
  links.adopt('plaza', second);
  links.deliver(closed('b'));
  expect([first.got, second.got]).toEqual([['a'], ['b']]);
});

it('keeps events while nobody is there, in their order', () => {
  const links = new RoomLinks();
  const [first, second] = [link(), link()];
  links.adopt('plaza', first);
  links.drop(first, 0);
  links.deliver(closed('a'));
  links.deliver(closed('b'));
  links.adopt('plaza', second);
  expect(second.got).toEqual(['a', 'b']);
});

it('names rooms as abandoned after the grace time, unless somebody came', () => {
  const links = new RoomLinks();
  const [first, second] = [link(), link()];
  links.adopt('plaza', first);
  links.adopt('garden', first);
  links.drop(first, 1000);
  expect(links.abandoned(11_000, 10_000)).toEqual([]);
  links.adopt('garden', second);
  expect(links.abandoned(11_001, 10_000)).toEqual(['plaza']);
});

it('leaves rooms of another connection alone when one is dropped', () => {
  const links = new RoomLinks();
  const [first, second] = [link(), link()];
  links.adopt('plaza', first);
  links.adopt('plaza', second);
  links.drop(first, 0);
  links.deliver(closed('a'));
  expect(second.got).toEqual(['a']);
});
