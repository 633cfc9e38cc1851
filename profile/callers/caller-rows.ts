import type { CallTree } from '../call-tree/call-tree.ts';
import type { MergedStacks } from '../call-tree/merge-stacks.ts';
import type { Amount } from '../call-tree/node-weights.ts';
import { functionCountOf } from '../call-tree/tree-rows.ts';
import type { Counts } from '../model/add-up.ts';
import { NumberColumn } from '../model/number-column.ts';

/** Where stacks are looked at from, and how much of each row's stacks that is. */
export interface Starts {
  /** Rows of the call tree. */
  readonly rows: Uint32Array;
  /** By row of the call tree. */
  readonly value: Float64Array;
  readonly count: Counts;
}

const NOT_ASKED = -1;

/**
 * Stacks turned around: below the root stand the functions looked at, below each row its callers. A row knows which rows of
 * the call tree it stands for, as a stretch of one array; asking for its callers sorts that stretch by caller, so that no
 * memory is taken but for the rows that are there. Equal rows of a call tree are one, so a stretch never has a row twice.
 */
export class CallerRows {
  readonly #tree: CallTree;
  readonly #starts: Starts;
  /** Rows of the call tree: where a stack was looked at from, and how far up its callers are followed. */
  readonly #start: Uint32Array;
  readonly #reached: Uint32Array;
  readonly #spareStart: Uint32Array;
  readonly #spareReached: Uint32Array;
  readonly #sums: CallerSums;
  readonly #callers: Uint32Array;
  readonly #parent = new NumberColumn();
  readonly #func = new NumberColumn();
  readonly #depth = new NumberColumn();
  readonly #from = new NumberColumn();
  readonly #to = new NumberColumn();
  readonly #firstChild = new NumberColumn();
  readonly #childCount = new NumberColumn();
  readonly #self = new NumberColumn();
  readonly #total = new NumberColumn();
  readonly #selfCount = new NumberColumn();
  readonly #totalCount = new NumberColumn();

  /** `rootSelf` is what no function took. */
  constructor(tree: CallTree, starts: Starts, rootSelf: Amount) {
    this.#tree = tree;
    this.#starts = starts;
    this.#start = starts.rows;
    this.#reached = starts.rows.slice();
    this.#spareStart = new Uint32Array(starts.rows.length);
    this.#spareReached = new Uint32Array(starts.rows.length);
    const functions = functionCountOf(tree);
    this.#sums = new CallerSums(functions);
    this.#callers = new Uint32Array(functions);
    let { value, count } = rootSelf;
    for (const row of starts.rows) {
      value += starts.value[row] as number;
      count += starts.count[row] as number;
    }
    this.#add(-1, tree.func[0] as number, 0, starts.rows.length);
    this.#self.push(rootSelf.value);
    this.#selfCount.push(rootSelf.count);
    this.#total.push(value);
    this.#totalCount.push(count);
  }

  get length(): number {
    return this.#parent.length;
  }

  parent(row: number): number {
    return this.#parent.at(row);
  }

  func(row: number): number {
    return this.#func.at(row);
  }

  /** 0 for the root, 1 for the functions looked at. */
  depth(row: number): number {
    return this.#depth.at(row);
  }

  /** Of the stacks that begin with this row. */
  self(row: number): number {
    return this.#self.at(row);
  }

  selfCount(row: number): number {
    return this.#selfCount.at(row);
  }

  /** Of all stacks that come this way. */
  total(row: number): number {
    return this.#total.at(row);
  }

  totalCount(row: number): number {
    return this.#totalCount.at(row);
  }

  /** It has callers, asked for or not. */
  hasCallers(row: number): boolean {
    return this.#total.at(row) > this.#self.at(row) || this.#totalCount.at(row) > this.#selfCount.at(row);
  }

  /** It has callers that were not asked for. */
  goesOn(row: number): boolean {
    return this.#childCount.at(row) === NOT_ASKED && this.hasCallers(row);
  }

  /** The rows of its callers, the heaviest first: from `first` to before `end`. */
  callersOf(row: number): { readonly first: number; readonly end: number } {
    if (this.#childCount.at(row) === NOT_ASKED) this.#expand(row);
    const first = this.#firstChild.at(row);
    return { first, end: first + this.#childCount.at(row) };
  }

  /** What was asked for so far. A parent stands before its children. Nothing may be asked for afterwards. */
  finish(): MergedStacks {
    return {
      length: this.length,
      parent: Int32Array.from(this.#parent.finish()),
      func: Uint32Array.from(this.#func.finish()),
      self: Float64Array.from(this.#self.finish()),
      total: Float64Array.from(this.#total.finish()),
      selfCount: likeCounts(this.#tree.selfCount, this.#selfCount.finish()),
      totalCount: likeCounts(this.#tree.selfCount, this.#totalCount.finish()),
    };
  }

  #expand(row: number): void {
    const callers = this.#sumCallers(row);
    const { size, next } = this.#sums;
    this.#firstChild.set(row, this.length);
    this.#childCount.set(row, callers.length);
    let from = this.#from.at(row);
    for (const func of callers) {
      next[func] = from;
      from += size[func] as number;
    }
    this.#sortByCaller(row, from);
    for (const func of callers) {
      this.#addCaller(row, func);
      size[func] = 0;
    }
  }

  /** Adds up who called and how much of it; the functions, heaviest first. */
  #sumCallers(row: number): Uint32Array {
    const { func, parent } = this.#tree;
    const { size, value, count, total, totalCount } = this.#sums;
    let found = 0;
    const to = this.#to.at(row);
    for (let at = this.#from.at(row); at < to; at++) {
      const caller = this.#callerAt(row, at);
      if (caller <= 0) continue;
      const called = func[caller] as number;
      if (size[called] === 0) {
        this.#callers[found++] = called;
        value[called] = count[called] = total[called] = totalCount[called] = 0;
      }
      size[called] = (size[called] as number) + 1;
      const start = this.#start[at] as number;
      const addedValue = this.#starts.value[start] as number;
      const addedCount = this.#starts.count[start] as number;
      total[called] = (total[called] as number) + addedValue;
      totalCount[called] = (totalCount[called] as number) + addedCount;
      if (parent[caller] !== 0) continue;
      value[called] = (value[called] as number) + addedValue;
      count[called] = (count[called] as number) + addedCount;
    }
    return this.#callers.slice(0, found).sort((a, b) => (total[b] as number) - (total[a] as number) || a - b);
  }

  /** Puts the stretch in the order of the callers; stacks that begin with this row come last, after `end`. */
  #sortByCaller(row: number, end: number): void {
    const { next } = this.#sums;
    const from = this.#from.at(row);
    const to = this.#to.at(row);
    let nextEnded = end;
    for (let at = from; at < to; at++) {
      const caller = this.#callerAt(row, at);
      let into = nextEnded;
      if (caller > 0) {
        const called = this.#tree.func[caller] as number;
        into = next[called] as number;
        next[called] = into + 1;
      } else nextEnded++;
      this.#spareStart[into] = this.#start[at] as number;
      this.#spareReached[into] = Math.max(caller, 0);
    }
    this.#start.set(this.#spareStart.subarray(from, to), from);
    this.#reached.set(this.#spareReached.subarray(from, to), from);
  }

  /** The row of the call tree that is one further up; below the root stand the starts themselves. */
  #callerAt(row: number, at: number): number {
    const reached = this.#reached[at] as number;
    return row === 0 ? reached : (this.#tree.parent[reached] as number);
  }

  #addCaller(row: number, func: number): void {
    const { size, next, value, count, total, totalCount } = this.#sums;
    const to = next[func] as number;
    this.#add(row, func, to - (size[func] as number), to);
    this.#self.push(value[func] as number);
    this.#selfCount.push(count[func] as number);
    this.#total.push(total[func] as number);
    this.#totalCount.push(totalCount[func] as number);
  }

  #add(parent: number, func: number, from: number, to: number): void {
    this.#depth.push(parent < 0 ? 0 : this.#depth.at(parent) + 1);
    this.#parent.push(parent);
    this.#func.push(func);
    this.#from.push(from);
    this.#to.push(to);
    this.#firstChild.push(0);
    this.#childCount.push(NOT_ASKED);
  }
}

/** By function, while the callers of a row are sorted. */
class CallerSums {
  /** 0: not seen. */
  readonly size: Uint32Array;
  readonly next: Uint32Array;
  /** Of the stacks that begin there. */
  readonly value: Float64Array;
  readonly count: Float64Array;
  readonly total: Float64Array;
  readonly totalCount: Float64Array;

  constructor(functions: number) {
    this.size = new Uint32Array(functions);
    this.next = new Uint32Array(functions);
    this.value = new Float64Array(functions);
    this.count = new Float64Array(functions);
    this.total = new Float64Array(functions);
    this.totalCount = new Float64Array(functions);
  }
}

function likeCounts(counts: Counts, values: Int32Array | Float64Array): Counts {
  return counts instanceof Uint32Array ? Uint32Array.from(values) : Float64Array.from(values);
}
