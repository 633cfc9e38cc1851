import type { SampleTable } from '../model/profile.ts';
import type { IndexIntoTimedStacks, TimedStacks } from './timed-stacks.ts';

const SHIFT = 4;
const MASK = (1 << SHIFT) - 1;

/**
 * How deep the stack of every sample is, two bytes each: looked up through samples and stacks it would be two steps through
 * memory for each of the thousands that a picture asks for. Above it stands the deepest of every 16 samples, of every 256,
 * and so on.
 */
export class StackDepths {
  readonly #node: Uint32Array;
  readonly #rowOfNode: Uint32Array | undefined;
  readonly #levels: readonly Uint16Array[];
  readonly #depths: Uint16Array;
  readonly length: number;

  constructor({ node, length }: SampleTable, stacks: TimedStacks) {
    this.#node = node;
    this.#rowOfNode = stacks.rowOfNode;
    this.#depths = toDepths(node, stacks);
    this.length = length;
    const levels = [this.#depths];
    for (let below = this.#depths; below.length > 1; ) {
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
    return this.#depths[sample] as number;
  }

  /** A sample of `from…to)` with the deepest stack among them; -1 of nothing. */
  findDeepest(from: number, to: number): number {
    let deepest = -1;
    let found = -1;
    let foundLevel = 0;
    let start = from;
    let end = to;
    for (let level = 0; start < end; level++) {
      const values = this.#levels[level] as Uint16Array;
      for (; start < end && (start & MASK) !== 0; start++) {
        if ((values[start] as number) <= deepest) continue;
        deepest = values[start] as number;
        found = start;
        foundLevel = level;
      }
      for (; start < end && (end & MASK) !== 0; end--) {
        if ((values[end - 1] as number) <= deepest) continue;
        deepest = values[end - 1] as number;
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
    for (let level = 0; level < this.#levels.length; level++) {
      const values = this.#levels[level] as Uint16Array;
      const end = Math.min((at | MASK) + 1, values.length);
      for (; at < end; at++) if ((values[at] as number) >= depth) return this.#first(level, at, depth);
      if (at >= values.length) return this.length;
      at >>>= SHIFT;
    }
    return this.length;
  }

  /** The last sample up to `from` whose stack is at least so deep; -1 where there is none. */
  lastAtLeast(from: number, depth: number): number {
    let at = from;
    for (let level = 0; level < this.#levels.length; level++) {
      const values = this.#levels[level] as Uint16Array;
      const start = at & ~MASK;
      for (; at >= start; at--) if ((values[at] as number) >= depth) return this.#final(level, at, depth);
      if (at < 0) return -1;
      at >>= SHIFT;
    }
    return -1;
  }

  #first(level: number, at: number, depth: number): number {
    let row = at;
    for (let below = level - 1; below >= 0; below--) {
      const values = this.#levels[below] as Uint16Array;
      row <<= SHIFT;
      while ((values[row] as number) < depth) row++;
    }
    return row;
  }

  #final(level: number, at: number, depth: number): number {
    let row = at;
    for (let below = level - 1; below >= 0; below--) {
      const values = this.#levels[below] as Uint16Array;
      row = Math.min(values.length - 1, (row << SHIFT) | MASK);
      while ((values[row] as number) < depth) row--;
    }
    return row;
  }
}

function toDepths(node: Uint32Array, { depth, rowOfNode }: TimedStacks): Uint16Array {
  const depths = new Uint16Array(node.length);
  if (rowOfNode === undefined) {
    for (let sample = 0; sample < depths.length; sample++)
      depths[sample] = depth[node[sample] as number] as number;
    return depths;
  }
  for (let sample = 0; sample < depths.length; sample++)
    depths[sample] = depth[rowOfNode[node[sample] as number] as number] as number;
  return depths;
}

function deepestOfEach(below: Uint16Array): Uint16Array {
  const level = new Uint16Array(Math.ceil(below.length / (1 << SHIFT)));
  for (let at = 0; at < below.length; at++) {
    const depth = below[at] as number;
    if (depth > (level[at >>> SHIFT] as number)) level[at >>> SHIFT] = depth;
  }
  return level;
}
