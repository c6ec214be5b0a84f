import type { SfuEvent, SfuRoomEvent } from '@chatmux/schema';
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
    isOpen: true,
    send(event: SfuEvent | SfuRoomEvent) {
      if (!this.isOpen) return false;
      if (event.event === 'levels') got.push(`speaking: ${event.speaking}`);
      else if (event.event === 'consumer-closed') got.push(event.consumerId);
      return true;
    },
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

it('keeps what a closing connection doesn’t take', () => {
  const links = new RoomLinks();
  const [first, second] = [link(), link()];
  links.adopt('plaza', first);
  first.isOpen = false;
  links.deliver(closed('a'));
  links.drop(first, 0);
  links.deliver(closed('b'));
  links.adopt('plaza', second);
  expect([first.got, second.got]).toEqual([[], ['a', 'b']]);
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

it('tells the next link who speaks now, and nothing of before', () => {
  const links = new RoomLinks();
  const [first, second] = [link(), link()];
  links.tellSpeaking('plaza', ['nobody is there to hear it']);
  links.adopt('plaza', first);
  links.tellSpeaking('plaza', ['al']);
  links.drop(first, 0);
  links.tellSpeaking('plaza', ['al', 'bo']);
  links.tellSpeaking('plaza', ['bo']);
  links.adopt('plaza', second);
  links.adopt('plaza', second);
  expect([first.got, second.got]).toEqual([['speaking: al'], ['speaking: bo']]);
});
