import type { PictureCodec } from '@chatmux/schema';

/** All must have preferred VP9 for so long: each change is a moment without a new picture. */
const SETTLE_MS = 5000;
/** After each way back twice as long, up to this; what lasted this long begins anew. */
const MOST_SETTLE_MS = 320_000;

interface Told {
  codec: PictureCodec;
  /** Since when all would take VP9; undefined while somebody would not. */
  agreedSinceMs: number | undefined;
  /** How long all must agree. */
  settleMs: number;
}

const NEW: Told = { codec: 'vp8', agreedSinceMs: undefined, settleMs: SETTLE_MS };

interface Preferring {
  readonly prefers: PictureCodec;
}

/** Which codec each camera of a room is to be sent in. Rules: SPEC.md, [SC]. Times in milliseconds. */
export class SharedCodecs {
  readonly #told = new Map<string, Told>();

  /**
   * @param sessions all of the room, by id
   * @param wants by listener: those they are to see now or in a moment
   * @returns what each session is to be told; once also what it begins with
   */
  update(
    sessions: ReadonlyMap<string, Preferring>,
    wants: ReadonlyMap<string, readonly { readonly from: string }[]>,
    nowMs: number,
  ): { readonly session: string; readonly codec: PictureCodec }[] {
    const changes: { session: string; codec: PictureCodec }[] = [];
    for (const id of this.#told.keys()) if (!sessions.has(id)) this.#told.delete(id);
    const ids = new Set(this.#told.keys());
    for (const [id, { prefers }] of sessions) if (prefers === 'vp9') ids.add(id);
    if (ids.size === 0) return changes;
    const watchers = watchersOf(ids, wants);
    for (const id of ids) {
      const before = this.#told.get(id);
      const after = next(before ?? NEW, sessions, id, watchers.get(id) ?? [], nowMs);
      // What was told to a session before this one may be taken for news by a browser that is just joining.
      if (after.codec !== before?.codec) changes.push({ session: id, codec: after.codec });
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
  sessions: ReadonlyMap<string, Preferring>,
  id: string,
  watchers: readonly string[],
  nowMs: number,
): Told {
  const preferenceOf = (one: string) => sessions.get(one)?.prefers;
  if (preferenceOf(id) !== 'vp9' || watchers.some((one) => preferenceOf(one) === 'vp8'))
    return { codec: 'vp8', agreedSinceMs: undefined, settleMs: settleAfter(before, nowMs) };
  // Who hasn't joined yet gets nothing from us: that holds back a change, and is no reason for one.
  if (watchers.length === 0 || watchers.some((one) => preferenceOf(one) === undefined))
    return before.codec === 'vp9' ? before : { ...before, agreedSinceMs: undefined };
  const agreedSinceMs = before.agreedSinceMs ?? nowMs;
  const codec = nowMs - agreedSinceMs >= before.settleMs ? 'vp9' : before.codec;
  return { ...before, codec, agreedSinceMs };
}

function settleAfter({ codec, agreedSinceMs, settleMs }: Told, nowMs: number): number {
  if (codec === 'vp8') return settleMs;
  const lasted = agreedSinceMs !== undefined && nowMs - agreedSinceMs >= MOST_SETTLE_MS;
  return Math.min(2 * (lasted ? SETTLE_MS : settleMs), MOST_SETTLE_MS);
}

function watchersOf(
  ids: ReadonlySet<string>,
  wants: ReadonlyMap<string, readonly { readonly from: string }[]>,
): Map<string, string[]> {
  const watchers = new Map<string, string[]>();
  for (const [listener, list] of wants)
    for (const { from } of list) {
      if (!ids.has(from)) continue;
      const known = watchers.get(from);
      if (known) known.push(listener);
      else watchers.set(from, [listener]);
    }
  return watchers;
}
