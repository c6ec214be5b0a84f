import type { PictureCodec } from '@chatmux/schema';

/** All must have preferred VP9 for so long: each change is a moment without a new picture. */
const SETTLE_MS = 5000;
/** After each way back twice as long, up to this. */
const MOST_SETTLE_MS = 320_000;

interface Told {
  codec: PictureCodec;
  /** Since when all would take VP9; undefined while somebody would not. */
  agreedSinceMs: number | undefined;
  /** How long all must agree. */
  settleMs: number;
}

const NEW: Told = { codec: 'vp8', agreedSinceMs: undefined, settleMs: SETTLE_MS };

/** Which codec each camera of a room is to be sent in. Rules: SPEC.md, [SC]. Times in milliseconds. */
export class SharedCodecs {
  readonly #told = new Map<string, Told>();

  /**
   * @param sessions all of the room, by id
   * @param wants by listener: those they are to see now or in a moment
   * @returns what each session is to be told
   */
  update(
    sessions: ReadonlyMap<string, { readonly prefers: PictureCodec }>,
    wants: ReadonlyMap<string, readonly { readonly from: string }[]>,
    nowMs: number,
  ): { readonly session: string; readonly codec: PictureCodec }[] {
    const changes: { session: string; codec: PictureCodec }[] = [];
    for (const id of this.#told.keys()) if (!sessions.has(id)) this.#told.delete(id);
    const willing = [...sessions].filter(([, { prefers }]) => prefers === 'vp9').map(([id]) => id);
    if (willing.length === 0 && this.#told.size === 0) return changes;
    const watchers = watchersOf(wants);
    for (const id of new Set([...willing, ...this.#told.keys()])) {
      const before = this.#told.get(id) ?? NEW;
      const after = next(before, sessions, id, watchers.get(id) ?? [], nowMs);
      if (after.codec !== before.codec) changes.push({ session: id, codec: after.codec });
      this.#told.set(id, after);
    }
    return changes;
  }

  /** It begins anew, in VP8. */
  forget(session: string): void {
    this.#told.delete(session);
  }
}

function next(
  before: Told,
  sessions: ReadonlyMap<string, { readonly prefers: PictureCodec }>,
  id: string,
  watchers: readonly string[],
  nowMs: number,
): Told {
  const agrees = (one: string) => sessions.get(one)?.prefers === 'vp9';
  if (!agrees(id) || !watchers.every(agrees)) {
    const fellBack = before.codec === 'vp9';
    const settleMs = fellBack ? Math.min(2 * before.settleMs, MOST_SETTLE_MS) : before.settleMs;
    return { codec: 'vp8', agreedSinceMs: undefined, settleMs };
  }
  if (watchers.length === 0) return { ...before, agreedSinceMs: undefined };
  const agreedSinceMs = before.agreedSinceMs ?? nowMs;
  const codec = nowMs - agreedSinceMs >= before.settleMs ? 'vp9' : before.codec;
  return { ...before, codec, agreedSinceMs };
}

function watchersOf(wants: ReadonlyMap<string, readonly { readonly from: string }[]>): Map<string, string[]> {
  const watchers = new Map<string, string[]>();
  for (const [listener, list] of wants)
    for (const { from } of list) {
      const known = watchers.get(from);
      if (known) known.push(listener);
      else watchers.set(from, [listener]);
    }
  return watchers;
}
