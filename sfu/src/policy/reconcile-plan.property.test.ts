import { MEDIA_SOURCES, type MediaSource, type Want } from '@chatmux/schema';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type Action,
  type Listener,
  type MediaState,
  type OpenConsumer,
  reconcilePlan,
} from './reconcile-plan.ts';

const people = ['al', 'bo', 'cy', 'di'] as const;
const person = fc.constantFrom(...people);
const video = fc.constantFrom(0, 1, 2, 3);
const screen = fc.constantFrom(0, 1, 2);
const want = fc.record({ from: person, audio: fc.boolean(), video, screen });
const source = fc.constantFrom(...MEDIA_SOURCES);
const isSound = (name: string) => name.endsWith('mic') || name.endsWith('screen-audio');

const producer = fc
  .record({
    from: person,
    source,
    layers: fc.integer({ min: 1, max: 3 }),
    paused: fc.boolean(),
    speaks: fc.boolean(),
  })
  .map((parts) => ({
    ...parts,
    id: `${parts.from}-${parts.source}`,
    layers: isSound(parts.source) ? 1 : parts.layers,
  }));

const consumer = fc
  .record({
    id: fc.uuid(),
    producerId: fc.tuple(person, source).map(([from, name]) => `${from}-${name}`),
    ready: fc.boolean(),
    paused: fc.boolean(),
    layer: fc.integer({ min: 1, max: 3 }),
    view: fc.constantFrom(0, 1, 2, 3),
    priority: fc.integer({ min: 1, max: 255 }),
    lags: fc.boolean(),
    overdue: fc.boolean(),
  })
  // The shell never resumes what isn't confirmed, and sound has one layer.
  .map((parts) => ({
    ...parts,
    paused: parts.paused || !parts.ready,
    layer: isSound(parts.producerId) ? 1 : parts.layer,
  }));

const listener = (session: string) =>
  fc
    .record({
      canReceive: fc.boolean(),
      wants: fc.array(want, { maxLength: 5 }),
      consumers: fc.array(consumer, { maxLength: 8 }),
      heldBack: fc.subarray(['al-mic', 'bo-cam', 'cy-mic', 'di-screen']).map((ids) => new Set(ids)),
    })
    // Without a receive transport there are no consumers.
    .map((parts): Listener => ({ ...parts, session, consumers: parts.canReceive ? parts.consumers : [] }));

const state: fc.Arbitrary<MediaState> = fc.record({
  producers: fc.uniqueArray(producer, { selector: ({ id }) => id }),
  listeners: fc.tuple(...people.map(listener)),
});

/** Does to plain data what the shell does to mediasoup. */
function apply(before: MediaState, actions: readonly Action[]): MediaState {
  const producers = new Map(before.producers.map((each) => [each.id, each]));
  const listeners = new Map(
    before.listeners.map((each) => [each.session, { ...each, consumers: [...each.consumers] }]),
  );
  let opened = 0;
  for (const action of actions) {
    switch (action.do) {
      case 'pause-producer':
      case 'resume-producer': {
        const found = producers.get(action.producerId);
        if (!found) throw new Error('acts on a producer that does not exist');
        producers.set(found.id, { ...found, paused: action.do === 'pause-producer' });
        break;
      }
      case 'open': {
        const { producerId, layer } = action;
        const id = `new-${opened++}`;
        const fresh = {
          ready: false,
          paused: true,
          lags: false,
          overdue: false,
          view: 3,
          priority: 1,
        } as const;
        const consumer = { id, producerId, layer, ...fresh };
        listeners.get(action.session)?.consumers.push(consumer);
        break;
      }
      default: {
        const consumers = listeners.get(action.session)?.consumers ?? [];
        const index = consumers.findIndex(({ id }) => id === action.consumerId);
        const found = consumers[index];
        if (!found) throw new Error('acts on a consumer that does not exist');
        if (action.do === 'close') consumers.splice(index, 1);
        else if (action.do === 'set-layer') consumers[index] = { ...found, layer: action.layer, lags: false };
        else if (action.do === 'set-priority') consumers[index] = { ...found, priority: action.priority };
        else consumers[index] = { ...found, paused: action.do === 'pause' };
      }
    }
  }
  return { producers: [...producers.values()], listeners: [...listeners.values()] };
}

/** All browsers confirm what they were told of. */
function confirmAll(before: MediaState): MediaState {
  const confirm = (each: OpenConsumer) => ({ ...each, ready: true, overdue: false });
  return {
    ...before,
    listeners: before.listeners.map((each) => ({ ...each, consumers: each.consumers.map(confirm) })),
  };
}

/** What a want and a view say of each source. */
function isPlayed(of: MediaSource, { audio, video, screen }: Want, view = 3): boolean {
  const drawn = view > 0;
  return { mic: audio, cam: drawn && video > 0, screen: drawn && screen > 0, 'screen-audio': screen > 1 }[of];
}

/** Written apart from the rules' code: what each listener should be receiving. */
function expectWanted({ producers, listeners }: MediaState): void {
  for (const { session, wants, consumers, canReceive, heldBack } of listeners) {
    for (const each of producers) {
      const wish = wants.findLast(({ from }) => from === each.from && from !== session);
      const found = consumers.filter(({ producerId }) => producerId === each.id);
      if (!wish) expect(found).toEqual([]);
      else if (canReceive && !heldBack.has(each.id)) expect(found).toHaveLength(1);
      for (const one of found) {
        const plays = wish !== undefined && isPlayed(each.source, wish, one.view);
        expect(one.paused).toBe(!plays);
        if (plays && each.source === 'cam')
          expect(one.layer).toBe(Math.min(wish.video, each.layers, one.view));
        if (plays && each.source === 'screen') expect(one.layer).toBe(Math.min(each.layers, one.view));
      }
    }
    const known = new Set(producers.map(({ id }) => id));
    expect(consumers.filter(({ producerId }) => !known.has(producerId))).toEqual([]);
  }
  for (const each of producers) {
    const heard = listeners.some(({ session, wants, consumers }) => {
      const wish = wants.findLast(({ from }) => from === each.from && from !== session);
      const view = consumers.find(({ producerId }) => producerId === each.id)?.view;
      return wish !== undefined && isPlayed(each.source, wish, view);
    });
    expect(each.paused).toBe(!heard);
  }
}

// A failure prints its seed and path; put them here to run it again.
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

it(`[RP15] reaches what is wanted, and then has nothing to do (FUZZ_SEED=${SEED})`, () => {
  fc.assert(
    fc.property(state, (start) => {
      const first = apply(start, reconcilePlan(start));
      expect(reconcilePlan(first)).toEqual([]);
      const confirmed = confirmAll(first);
      const last = apply(confirmed, reconcilePlan(confirmed));
      expectWanted(last);
      expect(reconcilePlan(last)).toEqual([]);
    }),
    { seed: SEED, numRuns: 1000 },
  );
});
