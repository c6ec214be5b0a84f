import type { PersonId } from '@chatmux/schema';
import { expect, it } from 'vitest';
import { RoomVoices } from './room-voices.ts';

function setUp({ heard = true } = {}) {
  const told: [PersonId, boolean][] = [];
  const media = { heard };
  const voices = new RoomVoices(
    () => media.heard,
    (id, on) => told.push([id, on]),
  );
  return { told, media, voices };
}

it('believes the media server, not what somebody says of themselves', () => {
  const { told, voices } = setUp();
  voices.say(1, true);
  expect(told).toEqual([]);
  voices.hear(new Set([2]));
  voices.hear(new Set([2, 3]));
  voices.hear(new Set([3]));
  expect(told).toEqual([
    [2, true],
    [3, true],
    [2, false],
  ]);
});

it('forgets whom a media server heard that has gone', () => {
  const { told, media, voices } = setUp();
  voices.hear(new Set([1]));
  media.heard = false;
  voices.hear(new Set());
  voices.settle();
  media.heard = true;
  voices.hear(new Set());
  voices.settle();
  expect(told).toEqual([
    [1, true],
    [1, false],
  ]);
});

it('believes people themselves where the media server doesn’t carry them', () => {
  const { told, voices } = setUp({ heard: false });
  voices.hear(new Set([2]));
  voices.say(1, true);
  voices.say(1, true);
  voices.say(1, false);
  expect(told).toEqual([
    [1, true],
    [1, false],
  ]);
});

it('[RV1] goes by what they said last when media leaves the media server, and back', () => {
  const { told, media, voices } = setUp();
  voices.say(1, true);
  voices.hear(new Set([2]));
  told.length = 0;
  media.heard = false;
  voices.settle();
  expect(told.toSorted()).toEqual([
    [1, true],
    [2, false],
  ]);
  told.length = 0;
  media.heard = true;
  voices.settle();
  expect(told.toSorted()).toEqual([
    [1, false],
    [2, true],
  ]);
});

it('[RV2] repeats who speaks, and forgets who left', () => {
  const { told, voices } = setUp();
  voices.hear(new Set([1, 2]));
  voices.forget(1);
  told.length = 0;
  voices.repeat();
  expect(told).toEqual([[2, true]]);
});
