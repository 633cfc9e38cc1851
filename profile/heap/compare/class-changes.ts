import type { OpenHeap } from '../query/open-heap.ts';
import type { CommonClasses } from './common-classes.ts';
import type { MatchedObjects } from './match-objects.ts';

/** By class, in the common numbering. Bytes of new and gone objects are their own, so that they add up. */
export interface ClassChanges {
  readonly newCount: Float64Array;
  readonly newBytes: Float64Array;
  readonly goneCount: Float64Array;
  readonly goneBytes: Float64Array;
  readonly keptCount: Float64Array;
  readonly grownCount: Float64Array;
  readonly grownBytes: Float64Array;
  readonly countBefore: Float64Array;
  readonly countAfter: Float64Array;
  readonly shallowBytesBefore: Float64Array;
  readonly shallowBytesAfter: Float64Array;
  readonly retainedBytesBefore: Float64Array;
  readonly retainedBytesAfter: Float64Array;
}

/** As everywhere, objects of no size of their own are not counted. */
export function sumChanges(
  later: OpenHeap,
  earlier: OpenHeap,
  { names, ofEarlier }: CommonClasses,
  matched: MatchedObjects,
): ClassChanges {
  const changes = noChanges(names.length);
  const add = (column: Float64Array, row: number, amount: number) => {
    column[row] = (column[row] as number) + amount;
  };
  const { shallowSize, retainedSize } = later.analysis;
  for (let node = 0; node < shallowSize.length; node++) {
    const bytes = shallowSize[node] as number;
    if (bytes === 0) continue;
    const row = later.classes.classOf[node] as number;
    add(changes.countAfter, row, 1);
    add(changes.shallowBytesAfter, row, bytes);
    const before = matched.before(node);
    if (before === undefined) {
      add(changes.newCount, row, 1);
      add(changes.newBytes, row, bytes);
      continue;
    }
    add(changes.keptCount, row, 1);
    const grown = (retainedSize[node] as number) - (earlier.analysis.retainedSize[before] as number);
    if (grown <= 0) continue;
    add(changes.grownCount, row, 1);
    add(changes.grownBytes, row, grown);
  }
  const sizeBefore = earlier.analysis.shallowSize;
  for (let node = 0; node < sizeBefore.length; node++) {
    const bytes = sizeBefore[node] as number;
    if (bytes === 0) continue;
    const row = ofEarlier[earlier.classes.classOf[node] as number] as number;
    add(changes.countBefore, row, 1);
    add(changes.shallowBytesBefore, row, bytes);
    if (!matched.isGone(node)) continue;
    add(changes.goneCount, row, 1);
    add(changes.goneBytes, row, bytes);
  }
  changes.retainedBytesAfter.set(later.totals.retainedBytes);
  for (const [ofClass, bytes] of earlier.totals.retainedBytes.entries()) {
    add(changes.retainedBytesBefore, ofEarlier[ofClass] as number, bytes);
  }
  return changes;
}

function noChanges(classes: number): ClassChanges {
  const column = () => new Float64Array(classes);
  return {
    newCount: column(),
    newBytes: column(),
    goneCount: column(),
    goneBytes: column(),
    keptCount: column(),
    grownCount: column(),
    grownBytes: column(),
    countBefore: column(),
    countAfter: column(),
    shallowBytesBefore: column(),
    shallowBytesAfter: column(),
    retainedBytesBefore: column(),
    retainedBytesAfter: column(),
  };
}
