import { NumberColumn } from '../../../model/number-column.ts';
import type { Bytes } from '../../../model/profile.ts';
import type { IndexIntoHeapNodes } from '../../model/heap-graph.ts';

/** Strings of one content, as columns: a heap may have a million of such groups. */
export class DuplicateGroups {
  readonly #counts = new NumberColumn();
  readonly #totals = new NumberColumn();
  readonly #largest = new NumberColumn();
  readonly #examples = new NumberColumn();
  /** Groups of which V8 kept the beginning alone. */
  readonly #beginnings = new Set<number>();
  redactedCount = 0;
  redactedBytes = 0;

  get length(): number {
    return this.#counts.length;
  }

  /** What its columns take, as doubles. */
  get weightBytes(): Bytes {
    return this.length * 4 * Float64Array.BYTES_PER_ELEMENT;
  }

  /** Begins a group; an example is given for its text. */
  open(example: IndexIntoHeapNodes, isBeginning: boolean): number {
    this.#counts.push(0);
    this.#totals.push(0);
    this.#largest.push(0);
    this.#examples.push(example);
    const group = this.length - 1;
    if (isBeginning) this.#beginnings.add(group);
    return group;
  }

  add(group: number, bytes: number): void {
    this.#counts.set(group, this.#counts.at(group) + 1);
    this.#totals.set(group, this.#totals.at(group) + bytes);
    if (bytes > this.#largest.at(group)) this.#largest.set(group, bytes);
  }

  countOf(group: number): number {
    return this.#counts.at(group);
  }

  totalOf(group: number): number {
    return this.#totals.at(group);
  }

  /** What all but the largest of them take. */
  wastedOf(group: number): number {
    return this.#totals.at(group) - this.#largest.at(group);
  }

  exampleOf(group: number): IndexIntoHeapNodes {
    return this.#examples.at(group);
  }

  isBeginning(group: number): boolean {
    return this.#beginnings.has(group);
  }
}
