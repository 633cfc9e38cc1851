import { ArrayCells, type Cells } from '../model/heap-cells.ts';
import type { HeapStrings } from '../model/heap-graph.ts';

const NAMES = ['first', 'second', 'parent'] as const;

/** The names by which V8's strings hold their parts, as indices into the strings; -1 where no string has any. */
export class PartNames {
  readonly #find: () => Cells;
  #found: Cells | undefined;

  /** @param find gives what `toNumbers` gave; asked when the first of them is needed */
  constructor(find: () => Cells) {
    this.#find = find;
  }

  static in(strings: HeapStrings): PartNames {
    return new PartNames(() => new ArrayCells(Int32Array.from(NAMES, (name) => findString(strings, name))));
  }

  get first(): number {
    return this.#at(0);
  }

  get second(): number {
    return this.#at(1);
  }

  get parent(): number {
    return this.#at(2);
  }

  /** To make the same of them again. */
  toNumbers(): Int32Array {
    return Int32Array.of(this.first, this.second, this.parent);
  }

  #at(index: number): number {
    this.#found ??= this.#find();
    return this.#found.get(index);
  }
}

/** Looks through all strings, without making texts of them. */
function findString({ bytes, start, length }: HeapStrings, text: string): number {
  const wanted = new TextEncoder().encode(text);
  for (let index = 0; index < length; index++) {
    const from = start[index] as number;
    if ((start[index + 1] as number) - from !== wanted.length) continue;
    if (wanted.every((byte, at) => bytes[from + at] === byte)) return index;
  }
  return -1;
}
