import type { ShownBody } from '../sim/types.ts';
import { store } from '../store/store.ts';
import type { Chatmux } from './chatmux.ts';

/** Numbers of this browser's own session: nothing that the page doesn't have anyway. */
function createInspection(app: Chatmux) {
  return {
    me: () => {
      const me = app.session?.sim?.me;
      return me && { ...me };
    },
    others: (): Record<string, ShownBody> =>
      Object.fromEntries([...(app.session?.sim?.others ?? [])].map(([id, body]) => [id, { ...body }])),
    view: () => app.session?.sim?.view,
    unanswered: () => app.session?.sim?.prediction.unanswered,
    corrections: () => app.session?.sim?.prediction.corrections,
    clock: () => {
      const clock = app.session?.sim?.clock;
      return clock && { delayMs: clock.delayMs, jitterMs: clock.jitterMs };
    },
    /** Names of those who are here, ourselves included, by id. */
    people: (): Record<string, string> =>
      Object.fromEntries(Object.values(store.getState().people).map(({ id, name }) => [id, name])),
    plan: () => app.session?.facts.plan,
    /** How much of each person's pictures we ask for, by how large they are drawn. */
    views: () => [...(app.session?.facts.views ?? [])].map(([id, view]) => ({ id, ...view })),
    voices: () => app.session?.media.inspect() ?? [],
    stats: () => app.session?.media.stats(),
  };
}
export type Inspection = ReturnType<typeof createInspection>;

/** Lets tests and curious people read those numbers from the console of a page opened with `?inspect`. */
export function exposeInspection(app: Chatmux): void {
  if (new URLSearchParams(location.search).has('inspect'))
    Object.assign(window, { chatmux: createInspection(app) });
}
