import type { Scratch } from '../model/scratch.ts';
import type { Stacks } from '../transform/stacks.ts';

/** This far into a family a row looks for its place; nearly all have fewer children. */
const FEW = 24;
/** The root is nobody's child. */
const NONE = 0;

/**
 * Rows as lists of siblings, each from the heaviest on; what is equally heavy stands in the order of functions. A row is added when
 * its total is known and all below it were added, best from the last to the first: parents stand before their children.
 */
export class SortedSiblings {
  /** By row; 0 where there is none, as the root is nobody's child. */
  readonly firstChild: Uint32Array;
  readonly nextSibling: Uint32Array;
  /** How many were added below a row. */
  readonly rowsBelow: Uint32Array;
  readonly #func: Uint32Array;
  readonly #total: Float64Array;
  /** Parents whose families are sorted in the end, in one go. */
  readonly #large = new Set<number>();

  constructor({ length, func }: Stacks, total: Float64Array, scratch: Scratch) {
    this.firstChild = scratch.uint32(length);
    this.nextSibling = scratch.uint32(length);
    this.rowsBelow = scratch.uint32(length);
    this.#func = func;
    this.#total = total;
  }

  add(above: number, row: number, weight: number): void {
    const { rowsBelow } = this;
    rowsBelow[above] = (rowsBelow[above] as number) + (rowsBelow[row] as number) + 1;
    let before = NONE;
    let other = this.firstChild[above] as number;
    for (let tries = 0; other !== NONE; tries++) {
      const otherWeight = this.#total[other] as number;
      if (otherWeight < weight) break;
      if (otherWeight === weight && (this.#func[other] as number) > (this.#func[row] as number)) break;
      if (tries === FEW) {
        this.#large.add(above);
        break;
      }
      before = other;
      other = this.nextSibling[other] as number;
    }
    this.nextSibling[row] = other;
    if (before === NONE) this.firstChild[above] = row;
    else this.nextSibling[before] = row;
  }

  /** After all were added. */
  finish(): this {
    for (const above of this.#large) this.#sort(above);
    return this;
  }

  #sort(above: number): void {
    const [total, func] = [this.#total, this.#func];
    const family: number[] = [];
    for (let row = this.firstChild[above] as number; row !== NONE; row = this.nextSibling[row] as number)
      family.push(row);
    const sorted = Uint32Array.from(family).sort(
      (a, b) => (total[b] as number) - (total[a] as number) || (func[a] as number) - (func[b] as number),
    );
    let next = NONE;
    for (let at = sorted.length - 1; at >= 0; at--) {
      const row = sorted[at] as number;
      this.nextSibling[row] = next;
      next = row;
    }
    this.firstChild[above] = next;
  }
}
