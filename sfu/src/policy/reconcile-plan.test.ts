import { MEDIA_SOURCES } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { priorityOf } from './picture-priority.ts';
import { type Listener, type OpenConsumer, reconcilePlan, type SpeakerProducer } from './reconcile-plan.ts';

const mic: SpeakerProducer = {
  id: 'bo-mic',
  from: 'bo',
  source: 'mic',
  layers: 1,
  paused: false,
  speaks: false,
};
const cam: SpeakerProducer = {
  id: 'bo-cam',
  from: 'bo',
  source: 'cam',
  layers: 3,
  paused: false,
  speaks: false,
};

function listener(parts: Partial<Listener> = {}): Listener {
  return { session: 'al', canReceive: true, wants: [], consumers: [], heldBack: new Set(), ...parts };
}

function consumer(parts: Partial<OpenConsumer> = {}): OpenConsumer {
  return {
    id: 'c1',
    producerId: 'bo-mic',
    ready: true,
    paused: true,
    layer: 1,
    view: 3,
    priority: 1,
    lags: false,
    overdue: false,
    ...parts,
  };
}

const prepare = { from: 'bo', audio: false, video: 0, screen: 0 } as const;
const hear = { ...prepare, audio: true } as const;
const see = { ...prepare, video: 2 } as const;

/** What is done, but for the shares of a weak line. */
const reconcile = (state: Parameters<typeof reconcilePlan>[0]) =>
  reconcilePlan(state).filter((action) => action.do !== 'set-priority');

describe('reconcilePlan', () => {
  it('[RP1] opens a consumer for each producer of a wanted speaker, playing or prepared', () => {
    const actions = reconcile({ producers: [mic, cam], listeners: [listener({ wants: [hear] })] });
    expect(actions.filter((action) => action.do === 'open')).toEqual([
      { do: 'open', session: 'al', producerId: 'bo-mic', layer: 1 },
      { do: 'open', session: 'al', producerId: 'bo-cam', layer: 1 },
    ]);
  });

  it('[RP2] opens a camera at the layer wanted', () => {
    const actions = reconcile({ producers: [cam], listeners: [listener({ wants: [see] })] });
    expect(actions).toEqual([{ do: 'open', session: 'al', producerId: 'bo-cam', layer: 2 }]);
  });

  it('[RP3] opens nothing for who can’t receive, and nothing that is held back', () => {
    const deaf = listener({ wants: [hear], canReceive: false });
    expect(reconcile({ producers: [mic], listeners: [deaf] })).toEqual([]);
    const held = listener({ wants: [hear], heldBack: new Set(['bo-mic']) });
    expect(reconcile({ producers: [mic], listeners: [held] })).toEqual([]);
  });

  it('[RP4] never lets a listener receive itself', () => {
    const self = listener({ session: 'bo', wants: [hear] });
    expect(reconcile({ producers: [{ ...mic, paused: true }], listeners: [self] })).toEqual([]);
  });

  it('[RP5] closes what comes from a speaker no longer wanted', () => {
    const actions = reconcile({
      producers: [mic],
      listeners: [listener({ consumers: [consumer({ paused: false })] })],
    });
    expect(actions).toContainEqual({ do: 'close', session: 'al', consumerId: 'c1' });
  });

  it('[RP6] closes a consumer whose producer is gone', () => {
    const actions = reconcile({
      producers: [],
      listeners: [listener({ wants: [hear], consumers: [consumer()] })],
    });
    expect(actions).toEqual([{ do: 'close', session: 'al', consumerId: 'c1' }]);
  });

  it('[RP7] resumes what is wanted and confirmed', () => {
    const actions = reconcile({
      producers: [mic],
      listeners: [listener({ wants: [hear], consumers: [consumer()] })],
    });
    expect(actions).toEqual([{ do: 'resume', session: 'al', consumerId: 'c1' }]);
  });

  it('[RP7] leaves what the browser has not confirmed paused', () => {
    const waiting = consumer({ ready: false });
    expect(
      reconcile({ producers: [mic], listeners: [listener({ wants: [hear], consumers: [waiting] })] }),
    ).toEqual([]);
  });

  it('[RP8] pauses what is only prepared', () => {
    const state = {
      producers: [mic],
      listeners: [listener({ wants: [prepare], consumers: [consumer({ paused: false })] })],
    };
    expect(reconcile(state)).toContainEqual({ do: 'pause', session: 'al', consumerId: 'c1' });
  });

  it.each([
    { wanted: 3, has: 3, now: 1, layer: 3 },
    { wanted: 3, has: 2, now: 1, layer: 2 },
    { wanted: 1, has: 3, now: 3, layer: 1 },
  ] as const)('[RP9] sets layer $layer when $wanted is wanted of $has', ({ wanted, has, now, layer }) => {
    const playing = consumer({ producerId: 'bo-cam', paused: false, layer: now });
    const wants = [{ ...prepare, video: wanted }];
    const actions = reconcile({
      producers: [{ ...cam, layers: has }],
      listeners: [listener({ wants, consumers: [playing] })],
    });
    expect(actions).toEqual([{ do: 'set-layer', session: 'al', consumerId: 'c1', layer }]);
  });

  it('[RP9] leaves the layer while no picture is wanted', () => {
    const resting = consumer({ producerId: 'bo-cam', layer: 3 });
    const state = {
      producers: [{ ...cam, paused: true }],
      listeners: [listener({ wants: [hear], consumers: [resting] })],
    };
    expect(reconcile(state)).toEqual([]);
  });

  it.each([
    { want: prepare, plays: [] },
    { want: hear, plays: ['mic'] },
    { want: see, plays: ['cam'] },
    { want: { ...prepare, screen: 1 }, plays: ['screen'] },
    { want: { ...prepare, screen: 2 }, plays: ['screen', 'screen-audio'] },
  ] as const)('[RP16] plays $plays and nothing else', ({ want, plays }) => {
    const producers = MEDIA_SOURCES.map((source) => ({ ...mic, id: source, source, paused: true }));
    const consumers = producers.map(({ id }) => consumer({ id, producerId: id }));
    const actions = reconcile({ producers, listeners: [listener({ wants: [want], consumers })] });
    const played = actions.flatMap((action) => (action.do === 'resume' ? action.consumerId : []));
    expect(played).toEqual(plays);
    expect(actions).toHaveLength(plays.length * 2);
  });

  it('[RP9] shows a screen in its highest layer', () => {
    const screen: SpeakerProducer = { ...cam, id: 'bo-screen', source: 'screen', layers: 2 };
    const playing = consumer({ producerId: 'bo-screen', paused: false, layer: 1 });
    const wants = [{ ...prepare, screen: 1 } as const];
    expect(
      reconcile({ producers: [screen], listeners: [listener({ wants, consumers: [playing] })] }),
    ).toEqual([{ do: 'set-layer', session: 'al', consumerId: 'c1', layer: 2 }]);
  });

  it('[RP17] asks again for a layer that has not come', () => {
    const playing = consumer({ producerId: 'bo-cam', paused: false, layer: 2, lags: true });
    expect(
      reconcile({ producers: [cam], listeners: [listener({ wants: [see], consumers: [playing] })] }),
    ).toEqual([{ do: 'set-layer', session: 'al', consumerId: 'c1', layer: 2 }]);
  });

  it('[RP10] pauses a producer nobody plays and resumes it when one does', () => {
    expect(reconcile({ producers: [mic], listeners: [listener({ wants: [see] })] })).toContainEqual({
      do: 'pause-producer',
      session: 'bo',
      producerId: 'bo-mic',
    });
    const crowd = [listener({ wants: [prepare] }), listener({ session: 'cy', wants: [hear] })];
    expect(reconcile({ producers: [{ ...mic, paused: true }], listeners: crowd })).toContainEqual({
      do: 'resume-producer',
      session: 'bo',
      producerId: 'bo-mic',
    });
  });

  it.each([
    [consumer({ id: 'a', ready: false }), consumer({ id: 'b', ready: true, paused: false }), 'a'],
    [consumer({ id: 'a', ready: true, paused: false }), consumer({ id: 'b', ready: false }), 'b'],
  ])('[RP11] keeps one of two, the confirmed one', (first, second, closed) => {
    const state = { producers: [mic], listeners: [listener({ wants: [hear], consumers: [first, second] })] };
    expect(reconcile(state)).toEqual([{ do: 'close', session: 'al', consumerId: closed }]);
  });

  it('[RP12] replaces a consumer that was never confirmed', () => {
    const late = consumer({ ready: false, overdue: true });
    expect(
      reconcile({ producers: [mic], listeners: [listener({ wants: [hear], consumers: [late] })] }),
    ).toEqual([
      { do: 'close', session: 'al', consumerId: 'c1' },
      { do: 'open', session: 'al', producerId: 'bo-mic', layer: 1 },
    ]);
  });

  it('[RP13] lets the last of two wants count', () => {
    const twice = listener({ wants: [hear, prepare], consumers: [consumer()] });
    expect(reconcile({ producers: [{ ...mic, paused: true }], listeners: [twice] })).toEqual([]);
  });

  it('[RP14] frees before it opens', () => {
    const leaving = consumer({ id: 'c9', producerId: 'di-mic', paused: false });
    const di: SpeakerProducer = { ...mic, id: 'di-mic', from: 'di' };
    const resting = consumer({ id: 'c2', paused: true });
    const listeners = [
      listener({ wants: [hear, see] }),
      listener({ session: 'cy', wants: [hear], consumers: [leaving, resting] }),
    ];
    const order = reconcile({ producers: [{ ...mic, paused: true }, di], listeners }).map(
      (action) => action.do,
    );
    expect(order).toEqual(['close', 'resume-producer', 'resume', 'open', 'pause-producer']);
  });

  it.each([
    { wanted: 3, view: 1, layer: 1 },
    { wanted: 1, view: 3, layer: 1 },
    { wanted: 2, view: 2, layer: 2 },
  ] as const)('[RP18] gives no more than is of use, nor than is wanted: $wanted and $view', (row) => {
    const playing = consumer({ producerId: 'bo-cam', paused: false, layer: 3, view: row.view });
    const wants = [{ ...prepare, video: row.wanted }];
    expect(reconcile({ producers: [cam], listeners: [listener({ wants, consumers: [playing] })] })).toEqual([
      { do: 'set-layer', session: 'al', consumerId: 'c1', layer: row.layer },
    ]);
  });

  it('[RP18] pauses a picture that is of no use, and its producer with it when it was the only one', () => {
    const unseen = consumer({ producerId: 'bo-cam', paused: false, layer: 2, view: 0 });
    const actions = reconcile({
      producers: [cam],
      listeners: [listener({ wants: [see], consumers: [unseen] })],
    });
    expect(actions).toEqual([
      { do: 'pause', session: 'al', consumerId: 'c1' },
      { do: 'pause-producer', session: 'bo', producerId: 'bo-cam' },
    ]);
  });

  it('[RP18] leaves the sound of a screen that is of no use', () => {
    const sound: SpeakerProducer = { ...mic, id: 'bo-sound', source: 'screen-audio' };
    const unseen = consumer({ producerId: 'bo-sound', paused: false, view: 0 });
    const wants = [{ ...prepare, screen: 2 as const }];
    expect(reconcile({ producers: [sound], listeners: [listener({ wants, consumers: [unseen] })] })).toEqual(
      [],
    );
  });

  it('[RP19] says the share of a picture when it changes, of sound never', () => {
    const playing = consumer({ producerId: 'bo-cam', paused: false, layer: 2 });
    const state = (speaks: boolean, priority: number) => ({
      producers: [{ ...cam, speaks }],
      listeners: [listener({ wants: [see], consumers: [{ ...playing, priority }] })],
    });
    const [silent, speaking] = [false, true].map((speaks) => priorityOf({ source: 'cam', speaks }, 2));
    expect(reconcilePlan(state(false, 1))).toEqual([
      { do: 'set-priority', session: 'al', consumerId: 'c1', priority: silent },
    ]);
    expect(reconcilePlan(state(true, silent ?? 0))).toEqual([
      { do: 'set-priority', session: 'al', consumerId: 'c1', priority: speaking },
    ]);
    expect(reconcilePlan(state(true, speaking ?? 0))).toEqual([]);
    const heard = listener({ wants: [hear], consumers: [consumer({ paused: false })] });
    expect(reconcilePlan({ producers: [{ ...mic, speaks: true }], listeners: [heard] })).toEqual([]);
  });
});
