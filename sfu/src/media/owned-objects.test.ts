import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { OwnedObjects } from './owned-objects.ts';

it('knows what is open, and forgets what was closed', () => {
  const owned = new OwnedObjects();
  const [one, other] = ['one', 'other'].map((id) => ({ id, observer: new EventEmitter() }));
  if (!one || !other) throw new Error('there are two');
  owned.add(one);
  owned.add(other);
  one.observer.emit('close');
  expect(['one', 'other', 'none'].map((id) => owned.has(id))).toEqual([false, true, false]);
});
