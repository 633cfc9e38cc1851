import { inRanges, type Steps } from '../../analysis/steps.ts';
import type { IndexIntoHeapNodes } from '../../model/heap-graph.ts';
import { hasStringName } from '../../names/edge-name.ts';
import type { Kept } from '../kept-answers.ts';
import type { OpenHeap } from '../open-heap.ts';
import { fieldOf, type HolderStep } from './holder-step.ts';
import { levelBytes, type RetainerLevel, RetainerLevelBuilder } from './retainer-level.ts';

/** All that are held through the same field of the same class. */
export interface HolderGroup {
  readonly key: string;
  readonly className: string;
  readonly edgeName: string;
  heldCount: number;
  heldBytes: number;
  holderCount: number;
  /** The holder met first. */
  readonly example: IndexIntoHeapNodes;
}

export interface MergedHolders extends Kept {
  readonly groups: readonly HolderGroup[];
  /** What stands above a group: its holders, each once. */
  levelAbove(group: HolderGroup): RetainerLevel;
}

/** Places that are followed between two stops: each looks at all that hold an object. */
const STEP_PLACES = 1 << 13;
const NONE = 0xffffffff;

/**
 * Merges the holders of a level.
 *
 * @param step who holds the object at a place of the level; undefined where nobody does
 */
export function* mergeHolders(
  heap: OpenHeap,
  level: RetainerLevel,
  step: (place: number) => HolderStep | undefined,
): Steps<MergedHolders> {
  const { length } = level.nodes;
  const naming = new GroupNames(heap);
  const holders = new Uint32Array(length);
  const groupOf = new Uint32Array(length).fill(NONE);
  const groups: HolderGroup[] = [];
  const merge = (from: number, to: number) => {
    for (let place = from; place < to; place++) {
      const found = step(place);
      if (found === undefined) continue;
      const index = naming.indexOf(found, groups);
      const group = groups[index] as HolderGroup;
      holders[place] = found.holder;
      groupOf[place] = index;
      group.heldCount += level.counts[place] as number;
      group.heldBytes += level.bytes[place] as number;
    }
  };
  yield* inRanges(length, merge, STEP_PLACES);
  countHolders(heap, groups, holders, groupOf);
  return {
    groups,
    weightBytes: levelBytes(level) + holders.byteLength + groupOf.byteLength,
    levelAbove: (group) => {
      const index = groups.indexOf(group);
      const above = new RetainerLevelBuilder(heap.graph.nodes.length, Math.min(length, group.holderCount));
      for (let place = 0; place < length; place++) {
        if (groupOf[place] !== index) continue;
        above.add(holders[place] as number, level.counts[place] as number, level.bytes[place] as number);
      }
      return above.build();
    },
  };
}

/** Each holder of a group once: the places are brought together by group, so that one mark per node suffices. */
function countHolders(
  heap: OpenHeap,
  groups: readonly HolderGroup[],
  holders: Uint32Array,
  groupOf: Uint32Array,
): void {
  const marks = new Uint32Array(heap.graph.nodes.length);
  const first = new Uint32Array(groups.length + 1);
  for (const index of groupOf) if (index !== NONE) first[index + 1] = (first[index + 1] as number) + 1;
  for (let index = 0; index < groups.length; index++) {
    first[index + 1] = (first[index + 1] as number) + (first[index] as number);
  }
  const ordered = new Uint32Array(first[groups.length] as number);
  const next = first.slice();
  for (let place = 0; place < holders.length; place++) {
    const index = groupOf[place] as number;
    if (index === NONE) continue;
    ordered[next[index] as number] = holders[place] as number;
    next[index] = (next[index] as number) + 1;
  }
  for (const [index, group] of groups.entries()) {
    for (let at = first[index] as number; at < (first[index + 1] as number); at++) {
      const holder = ordered[at] as number;
      if (marks[holder] === index + 1) continue;
      marks[holder] = index + 1;
      group.holderCount += 1;
    }
  }
}

/** Finds the group of a step. Names are made once for each class and each edge's name, not for each object. */
class GroupNames {
  readonly #heap: OpenHeap;
  readonly #byNumber = new Map<number, number>();
  readonly #byKey = new Map<string, number>();

  constructor(heap: OpenHeap) {
    this.#heap = heap;
  }

  indexOf(step: HolderStep, groups: HolderGroup[]): number {
    const number = this.#numberOf(step);
    const known = this.#byNumber.get(number);
    if (known !== undefined) return known;
    const className = this.#heap.classNameOf(step.holder);
    const edgeName = fieldOf(this.#heap, step);
    const key = `${edgeName}@${className}`;
    let index = this.#byKey.get(key);
    if (index === undefined) {
      index = groups.length;
      groups.push({
        key,
        className,
        edgeName,
        heldCount: 0,
        heldBytes: 0,
        holderCount: 0,
        example: step.holder,
      });
      this.#byKey.set(key, index);
    }
    this.#byNumber.set(number, index);
    return index;
  }

  /** Alike only for steps of one class and one name; elements and hidden edges have one name each. */
  #numberOf({ holder, edge, isThroughArray }: HolderStep): number {
    const { edges, strings } = this.#heap.graph;
    const type = edges.type[edge] as number;
    const name = hasStringName(type) ? (edges.nameOrIndex[edge] as number) + EDGE_TYPES : type;
    const ofClass = this.#heap.classes.classOf[holder] as number;
    return (ofClass * (strings.length + EDGE_TYPES) + name) * 2 + (isThroughArray ? 1 : 0);
  }
}

/** Room for the types of edges that have no string for a name. */
const EDGE_TYPES = 16;
