/** Rings of equal area about somebody: in a crush each holds few enough to be sorted quickly. */
const RINGS = 64;

/**
 * Pairs in the order of their distances, and of ids where two are as far. Sorts ring by ring, and only what is still
 * wanted by then: where places are few, most pairs never are.
 */
export class NearestFirst<T extends { readonly id: number }> {
  private readonly rings: number[][] = Array.from({ length: RINGS }, () => []);
  private readonly ones: T[] = [];
  private readonly twos: T[] = [];
  private readonly squares: number[] = [];
  private readonly reach: number;

  /** @param radius greatest distance of a pair, in metres */
  constructor(radius: number) {
    this.reach = radius * radius;
  }

  /** @param squared distance of the two, squared */
  add(one: T, two: T, squared: number): void {
    const ring = this.rings[Math.min(RINGS - 1, Math.floor((squared / this.reach) * RINGS))];
    ring?.push(this.ones.length);
    this.ones.push(one);
    this.twos.push(two);
    this.squares.push(squared);
  }

  /** Gives `accept` each pair that `wanted` wants when it is its turn, and forgets all. */
  take(wanted: (one: T, two: T) => boolean, accept: (one: T, two: T) => void): void {
    const { ones, twos, squares } = this;
    if (ones.length === 0) return;
    const oneAt = (at: number) => ones[at] as T;
    const twoAt = (at: number) => twos[at] as T;
    for (const ring of this.rings) {
      const left = ring.filter((at) => wanted(oneAt(at), twoAt(at)));
      left.sort(
        (a, b) =>
          (squares[a] ?? 0) - (squares[b] ?? 0) || oneAt(a).id - oneAt(b).id || twoAt(a).id - twoAt(b).id,
      );
      for (const at of left) if (wanted(oneAt(at), twoAt(at))) accept(oneAt(at), twoAt(at));
      ring.length = 0;
    }
    ones.length = 0;
    twos.length = 0;
    squares.length = 0;
  }
}
