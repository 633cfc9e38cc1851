import type { IndexIntoHeapNodes } from '../model/heap-graph.ts';
import type { Subject } from './subject.ts';

/** Objects of one class that one node immediately dominates. */
export interface Pile {
  readonly under: IndexIntoHeapNodes;
  readonly count: number;
  /** What they retain. */
  readonly bytes: number;
  /** Some of them, evenly from all. */
  readonly sample: readonly IndexIntoHeapNodes[];
}

interface Tally {
  count: number;
  bytes: number;
  squares: number;
  most: number;
  sample: number[];
  stride: number;
  seen: number;
}

/** Fewer objects are not many. */
const LEAST_COUNT = 10;
/** Of so many objects of equal weight a pile must be worth at least, so that one big one with small neighbours is none. */
const LEAST_EVENNESS = 8;
const SAMPLE_SIZE = 400;

/**
 * The places in the dominator tree where weight spreads over many of a class: what Eclipse MAT calls an accumulation point, the
 * big drop from what a node retains to what the heaviest below it does (its help, "Running Leak Suspect Report"), and
 * with it the class of what piles up. The heaviest of a pile does not count, however heavy.
 */
export function findPiles({ analysis, classes, heaviest, leastBytes }: Subject): Pile[] {
  const { dominator, retainedSize } = analysis;
  const { classOf, names } = classes;
  const tallies = new Map<number, Tally>();
  const spreads = (node: number) =>
    (retainedSize[node] as number) - (retainedSize[heaviest[node] as number] as number) >= leastBytes;
  for (let node = 0; node < dominator.length; node++) {
    const above = dominator[node] as number;
    if (above === node || !spreads(above)) continue;
    const key = above * names.length + (classOf[node] as number);
    let tally = tallies.get(key);
    if (tally === undefined) {
      tally = { count: 0, bytes: 0, squares: 0, most: 0, sample: [], stride: 1, seen: 0 };
      tallies.set(key, tally);
    }
    add(tally, retainedSize[node] as number);
  }
  for (const [key, tally] of tallies) {
    if (isPile(tally, leastBytes)) tally.stride = Math.ceil(tally.count / SAMPLE_SIZE);
    else tallies.delete(key);
  }
  for (let node = 0; node < dominator.length; node++) {
    const above = dominator[node] as number;
    if (!spreads(above)) continue;
    const tally = tallies.get(above * names.length + (classOf[node] as number));
    if (tally !== undefined && tally.seen++ % tally.stride === 0) tally.sample.push(node);
  }
  return [...tallies].map(([key, { count, bytes, most, sample }]) => ({
    under: Math.floor(key / names.length),
    count,
    bytes: bytes - outlier(most, bytes),
    sample,
  }));
}

function add(tally: Tally, bytes: number): void {
  tally.count++;
  tally.bytes += bytes;
  tally.squares += bytes * bytes;
  tally.most = Math.max(tally.most, bytes);
}

/** The heaviest, where it is no part of what spreads: it has an accumulation of its own, or none. */
function outlier(most: number, bytes: number): number {
  return most * 4 > bytes ? most : 0;
}

/** Evenness is Simpson's: how many objects of equal weight would be spread as these are. */
function isPile({ count, bytes, squares, most }: Tally, leastBytes: number): boolean {
  const rest = bytes - most;
  return (
    count >= LEAST_COUNT &&
    rest >= leastBytes &&
    rest * rest >= LEAST_EVENNESS * Math.max(1, squares - most * most)
  );
}
