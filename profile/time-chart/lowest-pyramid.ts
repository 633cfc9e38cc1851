/** Values that one value of the level above stands for, as a shift. */
const SHIFT = 4;
const MASK = (1 << SHIFT) - 1;

/**
 * A column of 16-bit numbers with the minimum of every 16 above it, of every 256 above that, and so on: a fifteenth more
 * memory, for which the lowest of a range and the next value below a limit are found in logarithmic time.
 */
export class LowestPyramid {
  readonly #levels: readonly Uint16Array[];

  constructor(values: Uint16Array) {
    const levels = [values];
    for (let below = values; below.length > 1; ) {
      const level = new Uint16Array(Math.ceil(below.length / (1 << SHIFT)));
      for (let at = 0; at < level.length; at++) {
        const end = Math.min(below.length, (at + 1) << SHIFT);
        let lowest = 0xffff;
        for (let child = at << SHIFT; child < end; child++)
          if ((below[child] as number) < lowest) lowest = below[child] as number;
        level[at] = lowest;
      }
      levels.push(level);
      below = level;
    }
    this.#levels = levels;
  }

  get length(): number {
    return (this.#levels[0] as Uint16Array).length;
  }

  at(row: number): number {
    return (this.#levels[0] as Uint16Array)[row] as number;
  }

  /** The lowest of `from…to)`; 65,535 of nothing. */
  lowest(from: number, to: number): number {
    let lowest = 0xffff;
    let start = from;
    let end = to;
    for (let level = 0; start < end; level++) {
      const values = this.#levels[level] as Uint16Array;
      for (; start < end && (start & MASK) !== 0; start++)
        if ((values[start] as number) < lowest) lowest = values[start] as number;
      for (; start < end && (end & MASK) !== 0; end--)
        if ((values[end - 1] as number) < lowest) lowest = values[end - 1] as number;
      start >>>= SHIFT;
      end >>>= SHIFT;
    }
    return lowest;
  }

  /** The first row from `from` on with a value below the limit; the length where there is none. */
  nextBelow(from: number, limit: number): number {
    let at = from;
    for (let level = 0; level < this.#levels.length; level++) {
      const values = this.#levels[level] as Uint16Array;
      const end = Math.min((at | MASK) + 1, values.length);
      for (; at < end; at++) if ((values[at] as number) < limit) return this.#firstBelow(level, at, limit);
      if (at >= values.length) return this.length;
      at >>>= SHIFT;
    }
    return this.length;
  }

  /** The last row up to `from` with a value below the limit; -1 where there is none. */
  lastBelow(from: number, limit: number): number {
    let at = from;
    for (let level = 0; level < this.#levels.length; level++) {
      const values = this.#levels[level] as Uint16Array;
      const start = at & ~MASK;
      for (; at >= start; at--) if ((values[at] as number) < limit) return this.#finalBelow(level, at, limit);
      if (at < 0) return -1;
      at >>= SHIFT;
    }
    return -1;
  }

  #firstBelow(level: number, at: number, limit: number): number {
    let row = at;
    for (let below = level - 1; below >= 0; below--) {
      const values = this.#levels[below] as Uint16Array;
      row <<= SHIFT;
      while ((values[row] as number) >= limit) row++;
    }
    return row;
  }

  #finalBelow(level: number, at: number, limit: number): number {
    let row = at;
    for (let below = level - 1; below >= 0; below--) {
      const values = this.#levels[below] as Uint16Array;
      row = Math.min(values.length - 1, (row << SHIFT) | MASK);
      while ((values[row] as number) >= limit) row--;
    }
    return row;
  }
}
