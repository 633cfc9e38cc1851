import { findFrame, type TimeChart, type TimedFrame } from './time-chart.ts';
import type { TimedStacks } from './timed-stacks.ts';

/**
 * The calls of some functions in the order of time, a caller before what it called. Made for one set of functions: which
 * stacks hold one of them is noted once, so that looking through all samples is one look at each.
 */
export class Occurrences {
  readonly #chart: TimeChart;
  readonly #isMatch: Uint8Array;
  /** By row: the depth of the nearest frame found, the row itself included; 0 for none. The root is never found. */
  readonly #nearest: Uint16Array;

  /** @param functions 1 for each function that is looked for. */
  constructor(chart: TimeChart, functions: Uint8Array) {
    this.#chart = chart;
    this.#isMatch = functions;
    this.#nearest = toNearest(chart.stacks, functions);
  }

  /** The first call that began after the frame (or is called by it); of nothing: the first of all. */
  next(from: TimedFrame | undefined): TimedFrame | undefined {
    const { shared, depths } = this.#chart;
    const within = from && this.#uppermost(from.firstSample, from.depth);
    if (within !== undefined) return within;
    for (let sample = from === undefined ? 0 : from.firstSample + 1; sample < depths.length; sample++) {
      const above = shared.at(sample);
      if ((this.#nearest[depths.leafOf(sample)] as number) > above) return this.#uppermost(sample, above);
    }
    return undefined;
  }

  /** The last call that began before the frame (or called it); of nothing: the last of all. */
  previous(from: TimedFrame | undefined): TimedFrame | undefined {
    const { shared, depths, stacks } = this.#chart;
    if (from !== undefined && from.depth > 0) {
      const nearest = this.#nearest[stacks.parent[from.row] as number] as number;
      if (nearest > shared.at(from.firstSample)) return findFrame(this.#chart, from.firstSample, nearest);
    }
    for (let sample = from === undefined ? depths.length - 1 : from.firstSample - 1; sample >= 0; sample--) {
      const nearest = this.#nearest[depths.leafOf(sample)] as number;
      if (nearest > shared.at(sample)) return findFrame(this.#chart, sample, nearest);
    }
    return undefined;
  }

  /** The call that took longest, the earliest of equals; a call within another of those looked for is part of it. */
  longest(): TimedFrame | undefined {
    const { depths, shared, times } = this.#chart;
    let longest: TimedFrame | undefined;
    for (let sample = 0; sample < depths.length; ) {
      if (this.#nearest[depths.leafOf(sample)] === 0) {
        sample++;
        continue;
      }
      const depth = this.#uppermostDepth(sample, 0);
      const end = shared.nextBelow(sample + 1, depth);
      const took = times.startOf(end) - times.startOf(sample);
      if (longest === undefined || took > longest.endMicros - longest.startMicros)
        longest = findFrame(this.#chart, sample, depth);
      sample = end;
    }
    return longest;
  }

  /** The uppermost frame found that lies below a depth in a sample's stack. */
  #uppermost(sample: number, above: number): TimedFrame | undefined {
    const depth = this.#uppermostDepth(sample, above);
    return depth === 0 ? undefined : findFrame(this.#chart, sample, depth);
  }

  /** 0 where there is none. */
  #uppermostDepth(sample: number, above: number): number {
    const { stacks, depths } = this.#chart;
    let found = 0;
    for (
      let row = depths.leafOf(sample);
      (stacks.depth[row] as number) > above;
      row = stacks.parent[row] as number
    )
      if (this.#isMatch[stacks.func[row] as number] === 1) found = stacks.depth[row] as number;
    return found;
  }
}

function toNearest({ length, parent, func, depth }: TimedStacks, functions: Uint8Array): Uint16Array {
  const nearest = new Uint16Array(length);
  for (let row = 1; row < length; row++) {
    const isMatch = functions[func[row] as number] === 1;
    nearest[row] = (isMatch ? depth[row] : nearest[parent[row] as number]) as number;
  }
  return nearest;
}
