import { type BottomUp, toBottomUp } from '#profile/index.ts';
import { addressOfPath, type StackAddress } from '../state/stack-address.ts';
import type { Subject } from '../state/subject.ts';

/** A row of a bottom-up table; 0 is what stands above all of them and is never seen. */
export type IndexIntoBottomUp = number;

/** The rows of a bottom-up table with their addresses; rows come into being when the one above them is opened. */
export class OpenRows {
  readonly rows: BottomUp;
  readonly #subject: Subject;
  readonly #addresses = new Map<IndexIntoBottomUp, StackAddress>();

  constructor(subject: Subject) {
    this.#subject = subject;
    this.rows = toBottomUp(subject.view.tree);
  }

  /** Every function that took something itself, the heaviest first. */
  top(): Uint32Array {
    return Uint32Array.from(this.childrenOf(0));
  }

  addressOf(row: IndexIntoBottomUp): StackAddress {
    let address = this.#addresses.get(row);
    if (address === undefined) {
      const path: number[] = [];
      for (let at = row; at > 0; at = this.rows.parent(at)) path.push(this.rows.func(at));
      address = addressOfPath(this.#subject.profile, path.reverse());
      this.#addresses.set(row, address);
    }
    return address;
  }

  /** What is seen: the rows right below the top as given, each followed by its callers if it is open. */
  seen(top: ArrayLike<IndexIntoBottomUp>, open: ReadonlySet<StackAddress>): Uint32Array {
    const seen: number[] = [];
    /** What is still to come, the next one last. */
    const ahead = Array.from(top).reverse();
    for (let row = ahead.pop(); row !== undefined; row = ahead.pop()) {
      seen.push(row);
      if (open.has(this.addressOf(row))) ahead.push(...this.childrenOf(row).reverse());
    }
    return Uint32Array.from(seen);
  }

  childrenOf(row: IndexIntoBottomUp): number[] {
    const { first, end } = this.rows.callersOf(row);
    return Array.from({ length: end - first }, (_, at) => first + at);
  }
}

/** What a key does in a tree of rows. */
export type TreeStep =
  | { readonly kind: 'go'; readonly row: IndexIntoBottomUp }
  | { readonly kind: 'open' | 'close'; readonly row: IndexIntoBottomUp };

/** Right opens, then goes to the first below; left closes, then goes to the one above. Undefined where there is nothing to do. */
export function stepSideways(
  rows: OpenRows,
  row: IndexIntoBottomUp,
  isOpen: boolean,
  key: string,
): TreeStep | undefined {
  if (key === 'ArrowRight' && rows.rows.hasCallers(row))
    return isOpen ? { kind: 'go', row: rows.rows.callersOf(row).first } : { kind: 'open', row };
  if (key !== 'ArrowLeft') return undefined;
  if (isOpen) return { kind: 'close', row };
  const parent = rows.rows.parent(row);
  return parent > 0 ? { kind: 'go', row: parent } : undefined;
}
