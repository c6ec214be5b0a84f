/** What JSON can hold. */
export type Packed = null | boolean | number | string | Packed[] | { [key: string]: Packed };

/** Deeper values are none of ours: a broken file must not use up the stack. */
const MAX_DEPTH = 64;

/** What can't be written or read, and where in the value it stands. */
export class PackProblem extends Error {
  constructor(path: string, fault: string) {
    super(`${path === '' ? '(top)' : path}: ${fault}`);
    this.name = 'PackProblem';
  }
}

/**
 * Turns plain data into what JSON can hold, so that `unpack` gives back the very same: maps and sets in their order,
 * −0 and numbers beyond the finite, and objects that stand in several places as one object again. Keys that hold
 * `undefined` are left out.
 * @throws PackProblem for functions, instances of classes, cycles, and keys that begin with `$`
 */
export function pack(value: unknown): Packed {
  const ids = idsOfShared(value);
  const written = new Set<object>();

  function packed(part: unknown, path: string): Packed {
    if (typeof part === 'number') return packNumber(part);
    if (part === null || typeof part === 'boolean' || typeof part === 'string') return part;
    if (typeof part !== 'object') throw new PackProblem(path, `a ${typeof part} can’t be written`);
    const id = ids.get(part);
    if (id === undefined) return body(part, path);
    if (written.has(part)) return { $same: id };
    written.add(part);
    return { $id: id, $is: body(part, path) };
  }

  function body(part: object, path: string): Packed {
    const each = (list: Iterable<unknown>) => [...list].map((item, i) => packed(item, `${path}[${i}]`));
    if (Array.isArray(part)) return each(part);
    if (part instanceof Map) return { $map: each(part.entries()) };
    if (part instanceof Set) return { $set: each(part) };
    const kind: unknown = Object.getPrototypeOf(part);
    if (kind !== Object.prototype && kind !== null)
      throw new PackProblem(path, 'only plain data can be written');
    const entries: [string, Packed][] = [];
    for (const [key, item] of Object.entries(part)) {
      if (key.startsWith('$')) throw new PackProblem(path, `the key ${key} can’t be written`);
      if (item !== undefined) entries.push([key, packed(item, `${path}.${key}`)]);
    }
    return Object.fromEntries(entries);
  }

  return packed(value, '');
}

/**
 * Gives back what `pack` was given.
 * @throws PackProblem where it was not made by `pack`
 */
export function unpack(value: unknown): unknown {
  const shared = new Map<unknown, unknown>();

  function unpacked(part: unknown, path: string, depth: number): unknown {
    if (depth > MAX_DEPTH) throw new PackProblem(path, 'it is nested too deep');
    if (typeof part !== 'object' || part === null) return part;
    const each = (list: unknown): unknown[] => {
      if (!Array.isArray(list)) throw new PackProblem(path, 'a list is missing');
      return list.map((item, i) => unpacked(item, `${path}[${i}]`, depth + 1));
    };
    if (Array.isArray(part)) return each(part);
    if ('$number' in part) return Number(part.$number);
    if ('$set' in part) return new Set(each(part.$set));
    if ('$map' in part) return new Map(each(part.$map).map((entry) => asPair(entry, path)));
    if ('$same' in part) {
      if (!shared.has(part.$same)) throw new PackProblem(path, 'it points to nothing before it');
      return shared.get(part.$same);
    }
    if ('$is' in part && '$id' in part) {
      const whole = unpacked(part.$is, path, depth + 1);
      shared.set(part.$id, whole);
      return whole;
    }
    return Object.fromEntries(
      Object.entries(part).map(([key, item]) => [key, unpacked(item, `${path}.${key}`, depth + 1)]),
    );
  }

  return unpacked(value, '', 0);
}

function packNumber(value: number): Packed {
  if (Object.is(value, -0)) return { $number: '-0' };
  return Number.isFinite(value) ? value : { $number: String(value) };
}

function asPair(entry: unknown, path: string): [unknown, unknown] {
  if (!Array.isArray(entry) || entry.length !== 2) throw new PackProblem(path, 'a map holds pairs');
  return [entry[0], entry[1]];
}

/** Numbers the objects that stand in more than one place. */
function idsOfShared(value: unknown): Map<object, number> {
  const seen = new Set<object>();
  const above = new Set<object>();
  const ids = new Map<object, number>();
  function look(part: unknown): void {
    if (typeof part !== 'object' || part === null) return;
    if (above.has(part)) throw new PackProblem('', 'a cycle can’t be written');
    if (seen.has(part)) {
      if (!ids.has(part)) ids.set(part, ids.size + 1);
      return;
    }
    seen.add(part);
    above.add(part);
    if (part instanceof Map) for (const entry of part) entry.forEach(look);
    else for (const item of part instanceof Set ? part : Object.values(part)) look(item);
    above.delete(part);
  }
  look(value);
  return ids;
}
