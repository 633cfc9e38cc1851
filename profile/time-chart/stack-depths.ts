import type { SampleTable } from '../model/profile.ts';
import type { IndexIntoTimedStacks, TimedStacks } from './timed-stacks.ts';

const SHIFT = 4;
const MASK = (1 << SHIFT) - 1;

/**
 * How deep the stack of every sample is. The samples and the stacks know it already; kept is the deepest of every 16
 * samples, of every 256, and so on.
 */
export class StackDepths {
  readonly #node: Uint32Array;
  readonly #rowOfNode: Uint32Array | undefined;
  readonly #depth: Uint16Array;
  /** The first one stands for 16 samples each. */
  readonly #levels: readonly Uint16Array[];
  readonly length: number;

  constructor(samples: SampleTable, stacks: TimedStacks) {
    this.#node = samples.node;
    this.#rowOfNode = stacks.rowOfNode;
    this.#depth = stacks.depth;
    this.length = samples.length;
    const levels = [deepestOfSamples(samples, stacks)];
    for (let below = levels[0] as Uint16Array; below.length > 1; ) {
      below = deepestOfEach(below);
      levels.push(below);
    }
    this.#levels = levels;
  }

  /** The row of the stacks that was on top. */
  leafOf(sample: number): IndexIntoTimedStacks {
    const node = this.#node[sample] as number;
    return this.#rowOfNode === undefined ? node : (this.#rowOfNode[node] as number);
  }

  of(sample: number): number {
    return this.#depth[this.leafOf(sample)] as number;
  }

  /** A sample of `from…to)` with the deepest stack among them; -1 of nothing. */
  findDeepest(from: number, to: number): number {
    let deepest = -1;
    let found = -1;
    let foundLevel = 0;
    let start = from;
    let end = to;
    for (let level = 0; start < end; level++) {
      for (; start < end && (start & MASK) !== 0; start++) {
        if (this.#at(level, start) <= deepest) continue;
        deepest = this.#at(level, start);
        found = start;
        foundLevel = level;
      }
      for (; start < end && (end & MASK) !== 0; end--) {
        if (this.#at(level, end - 1) <= deepest) continue;
        deepest = this.#at(level, end - 1);
        found = end - 1;
        foundLevel = level;
      }
      start >>>= SHIFT;
      end >>>= SHIFT;
    }
    return found < 0 ? -1 : this.#first(foundLevel, found, deepest);
  }

  /** The first sample from `from` on whose stack is at least so deep; the length where there is none. */
  nextAtLeast(from: number, depth: number): number {
    let at = from;
    for (let level = 0; level <= this.#levels.length; level++) {
      const length = this.#lengthOf(level);
      const end = Math.min((at | MASK) + 1, length);
      for (; at < end; at++) if (this.#at(level, at) >= depth) return this.#first(level, at, depth);
      if (at >= length) return this.length;
      at >>>= SHIFT;
    }
    return this.length;
  }

  /** The last sample up to `from` whose stack is at least so deep; -1 where there is none. */
  lastAtLeast(from: number, depth: number): number {
    let at = from;
    for (let level = 0; level <= this.#levels.length; level++) {
      const start = at & ~MASK;
      for (; at >= start; at--) if (this.#at(level, at) >= depth) return this.#final(level, at, depth);
      if (at < 0) return -1;
      at >>= SHIFT;
    }
    return -1;
  }

  /** Level 0 is the samples themselves. */
  #at(level: number, at: number): number {
    return level === 0 ? this.of(at) : ((this.#levels[level - 1] as Uint16Array)[at] as number);
  }

  #lengthOf(level: number): number {
    return level === 0 ? this.length : (this.#levels[level - 1] as Uint16Array).length;
  }

  #first(level: number, at: number, depth: number): number {
    let row = at;
    for (let below = level - 1; below >= 0; below--) {
      row <<= SHIFT;
      while (this.#at(below, row) < depth) row++;
    }
    return row;
  }

  #final(level: number, at: number, depth: number): number {
    let row = at;
    for (let below = level - 1; below >= 0; below--) {
      row = Math.min(this.#lengthOf(below) - 1, (row << SHIFT) | MASK);
      while (this.#at(below, row) < depth) row--;
    }
    return row;
  }
}

function deepestOfSamples(samples: SampleTable, { depth, rowOfNode }: TimedStacks): Uint16Array {
  const { node, length } = samples;
  const level = new Uint16Array(Math.ceil(length / (1 << SHIFT)));
  for (let at = 0; at < level.length; at++) {
    const end = Math.min(length, (at + 1) << SHIFT);
    let deepest = 0;
    let seen = -1;
    for (let sample = at << SHIFT; sample < end; sample++) {
      const leaf = node[sample] as number;
      if (leaf === seen) continue;
      seen = leaf;
      const own = depth[rowOfNode === undefined ? leaf : (rowOfNode[leaf] as number)] as number;
      if (own > deepest) deepest = own;
    }
    level[at] = deepest;
  }
  return level;
}

function deepestOfEach(below: Uint16Array): Uint16Array {
  const level = new Uint16Array(Math.ceil(below.length / (1 << SHIFT)));
  for (let at = 0; at < below.length; at++) {
    const depth = below[at] as number;
    if (depth > (level[at >>> SHIFT] as number)) level[at >>> SHIFT] = depth;
  }
  return level;
}
