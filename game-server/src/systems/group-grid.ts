/** Side of a square, in metres: some more than the join radius, so that few squares hold all neighbours. */
const SQUARE_METRES = 4;
/** Squares a side before they repeat, a power of two: a kilometre. Those that share a number only cost a look. */
const SIDE = 256;
const NONE = -1;

/** A whole number of 32 bits, for quick loops. */
const lineOf = (metres: number) => Math.floor(metres / SQUARE_METRES) | 0;
const squareOf = (column: number, line: number) => (column & (SIDE - 1)) | ((line & (SIDE - 1)) * SIDE);

/**
 * Finds who is near a place. Each item has a row from `add` until `remove`; those of a square hang on one chain. Numbers
 * lie in flat lists, since a crowd that walks asks for its neighbours thousands of times a tick.
 */
export class GroupGrid<T> {
  private readonly heads = new Int32Array(SIDE * SIDE).fill(NONE);
  /** How many stand in a square and the eight about it: most who walk alone need no closer look. */
  private readonly crowds = new Uint16Array(SIDE * SIDE);
  private readonly items: (T | undefined)[] = [];
  private readonly free: number[] = [];
  private next = new Int32Array(64);
  private squares = new Int32Array(64);
  private xs = new Float64Array(64);
  private zs = new Float64Array(64);

  /** Gives the item a row; it is found nowhere until it is put somewhere. */
  add(item: T): number {
    const row = this.free.pop() ?? this.items.length;
    this.items[row] = item;
    if (row >= this.next.length) this.grow();
    this.squares[row] = NONE;
    return row;
  }

  put(row: number, x: number, z: number): void {
    this.xs[row] = x;
    this.zs[row] = z;
    const square = squareOf(lineOf(x), lineOf(z));
    if (square === this.squares[row]) return;
    this.count(square, 1);
    this.unchain(row);
    this.squares[row] = square;
    this.next[row] = this.heads[square] ?? NONE;
    this.heads[square] = row;
  }

  remove(row: number): void {
    this.unchain(row);
    this.items[row] = undefined;
    this.free.push(row);
  }

  /**
   * Appends everyone within a radius of a row’s place to a list, itself included, in no particular order.
   * @param radius at most the side of a square
   */
  find(row: number, radius: number, found: T[]): void {
    if ((this.crowds[this.squares[row] ?? 0] ?? 0) < 2) return;
    const x = this.xs[row] ?? 0;
    const z = this.zs[row] ?? 0;
    const reach = radius * radius;
    const lastColumn = lineOf(x + radius);
    const lastLine = lineOf(z + radius);
    for (let line = lineOf(z - radius); line <= lastLine; line++)
      for (let column = lineOf(x - radius); column <= lastColumn; column++) {
        let other = this.heads[squareOf(column, line)] ?? NONE;
        for (; other !== NONE; other = this.next[other] ?? NONE) {
          const dx = (this.xs[other] ?? 0) - x;
          const dz = (this.zs[other] ?? 0) - z;
          if (dx * dx + dz * dz > reach) continue;
          const item = this.items[other];
          if (item !== undefined) found.push(item);
        }
      }
  }

  private count(square: number, by: number): void {
    const column = square & (SIDE - 1);
    const line = (square - column) / SIDE;
    for (let down = line - 1; down <= line + 1; down++)
      for (let right = column - 1; right <= column + 1; right++) {
        const about = squareOf(right, down);
        this.crowds[about] = (this.crowds[about] ?? 0) + by;
      }
  }

  private unchain(row: number): void {
    const square = this.squares[row] ?? NONE;
    if (square === NONE) return;
    const after = this.next[row] ?? NONE;
    this.squares[row] = NONE;
    this.count(square, -1);
    if (this.heads[square] === row) {
      this.heads[square] = after;
      return;
    }
    let before = this.heads[square] ?? NONE;
    while (before !== NONE && this.next[before] !== row) before = this.next[before] ?? NONE;
    if (before !== NONE) this.next[before] = after;
  }

  private grow(): void {
    const rows = this.next.length * 2;
    const longer = <L extends Int32Array | Float64Array>(list: L, wider: L): L => {
      wider.set(list);
      return wider;
    };
    this.next = longer(this.next, new Int32Array(rows));
    this.squares = longer(this.squares, new Int32Array(rows));
    this.xs = longer(this.xs, new Float64Array(rows));
    this.zs = longer(this.zs, new Float64Array(rows));
  }
}
