/** What comes before a value in the hash, so that values of different kinds never read alike. */
const TAG = { null: 1, false: 2, true: 3, number: 4, text: 5, list: 6, map: 7, set: 8, object: 9, nan: 10 };

const SEED_A = 0x9e3779b9;
const SEED_B = 0x7f4a7c15;

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);

const rotate = (word: number, by: number) => (word << by) | (word >>> (32 - by));

/** Makes every bit of a word depend on every other. */
function spread(word: number): number {
  const once = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}

/** Two lanes of 32 bits, each fed with every word. Finds differences; no protection from somebody who makes them up. */
class Hasher {
  private a = SEED_A;
  private b = SEED_B;
  /** What names of fields add, made once for each. */
  private readonly names = new Map<string, readonly [number, number]>();

  value(value: unknown): void {
    if (typeof value === 'number') this.number(value);
    else if (typeof value === 'string') this.text(value);
    else if (value === null) this.word(TAG.null);
    else if (typeof value === 'boolean') this.word(value ? TAG.true : TAG.false);
    else if (typeof value === 'object') this.object(value);
    else throw new TypeError(`a ${typeof value} has no hash`);
  }

  end(): string {
    const [first, second] = this.ends();
    const hex = (word: number) => (word >>> 0).toString(16).padStart(8, '0');
    return hex(first) + hex(second);
  }

  private ends(): [number, number] {
    return [spread(this.a ^ rotate(this.b, 7)), spread((this.a + this.b) | 0)];
  }

  private word(word: number): void {
    this.a = (Math.imul(rotate(this.a ^ Math.imul(word, 0xcc9e2d51), 13), 5) + 0xe6546b64) | 0;
    this.b = (Math.imul(rotate(this.b + Math.imul(word, 0x85ebca77), 17), 0x27d4eb2f) + 0x165667b1) | 0;
  }

  private number(value: number): void {
    if (Number.isNaN(value)) {
      this.word(TAG.nan);
      return;
    }
    float[0] = value;
    this.word(TAG.number);
    this.word(words[0] as number);
    this.word(words[1] as number);
  }

  private text(value: string): void {
    this.word(TAG.text);
    this.word(value.length);
    for (let i = 0; i < value.length; i++) this.word(value.charCodeAt(i));
  }

  private name(name: string): void {
    let ends = this.names.get(name);
    if (!ends) {
      const { a, b } = this;
      this.restart();
      this.text(name);
      ends = this.ends();
      this.names.set(name, ends);
      this.a = a;
      this.b = b;
    }
    this.word(ends[0]);
    this.word(ends[1]);
  }

  private object(value: object): void {
    if (Array.isArray(value)) {
      this.word(TAG.list);
      this.word(value.length);
      for (const item of value) this.value(item);
    } else if (value instanceof Map)
      this.unordered(TAG.map, value, ([key, item]) => {
        this.key(key);
        this.value(item);
      });
    else if (value instanceof Set) this.unordered(TAG.set, value, (item) => this.key(item));
    else {
      const fields = value as Record<string, unknown>;
      const names = Object.keys(fields).filter((name) => fields[name] !== undefined);
      this.unordered(TAG.object, names, (name) => {
        this.name(name);
        this.value(fields[name]);
      });
    }
  }

  private key(key: unknown): void {
    if (typeof key !== 'number' && typeof key !== 'string')
      throw new TypeError('only numbers and texts can be keys in a hash');
    this.value(key);
  }

  /** Each part is hashed for itself, and their sum counts: so no order does, and nothing needs to be sorted. */
  private unordered<T>(tag: number, parts: Iterable<T>, feed: (part: T) => void): void {
    const { a, b } = this;
    let count = 0;
    let sumA = 0;
    let sumB = 0;
    for (const part of parts) {
      this.restart();
      feed(part);
      const [first, second] = this.ends();
      sumA = (sumA + first) | 0;
      sumB = (sumB + second) | 0;
      count += 1;
    }
    this.a = a;
    this.b = b;
    for (const word of [tag, count, sumA, sumB]) this.word(word);
  }

  private restart(): void {
    this.a = SEED_A;
    this.b = SEED_B;
  }
}

/**
 * A hash of plain data in 16 hexadecimal digits. Numbers count by their bits (0 and −0 differ); the order of maps, sets
 * and keys doesn't, nor do keys that hold `undefined`.
 * @throws TypeError for what is no plain data
 */
export function hashValue(value: unknown): string {
  const hasher = new Hasher();
  hasher.value(value);
  return hasher.end();
}
