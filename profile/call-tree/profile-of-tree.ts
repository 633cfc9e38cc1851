import { NO_LABELS } from '../model/no-labels.ts';
import type { IndexIntoValueTypes, Profile, ValueType } from '../model/profile.ts';
import type { CallTree } from './call-tree.ts';
import { findCountOf } from './count-type.ts';

/** What a tree needs of the profile that it was made of. */
type TreeSource = Pick<Profile, 'strings' | 'functions' | 'valueTypes' | 'recording'>;

const SAMPLES: ValueType = { type: 'samples', unit: 'count' };

/**
 * A call tree as a profile of its own: what transforms, labels and time left of another one, to be written in that one's stead.
 * It has a sample for each call that took something itself, with the value that the tree was made by and what was counted
 * beside it; samples have no order in time any more.
 */
export function profileOfTree(
  { strings, functions, valueTypes, recording }: TreeSource,
  tree: CallTree,
  valueType: IndexIntoValueTypes,
): Profile {
  const rows = Uint32Array.from(tree.self.keys()).filter(
    (row) => tree.self[row] !== 0 || tree.selfCount[row] !== 0,
  );
  const shown = valueTypes[valueType] as ValueType;
  const countType = findCountOf(valueTypes, valueType);
  const counted = countType === undefined ? SAMPLES : (valueTypes[countType] as ValueType);
  const values = Float64Array.from(rows, (row) => tree.self[row] as number);
  const counts = Float64Array.from(rows, (row) => tree.selfCount[row] as number);
  const isCount = counted.type === shown.type;
  return {
    strings,
    functions,
    recording,
    nodes: { length: tree.length, parent: tree.parent, func: tree.func, depth: tree.depth },
    valueTypes: isCount ? [shown] : [counted, shown],
    defaultValueType: isCount ? 0 : 1,
    samples: {
      length: rows.length,
      node: rows,
      values: isCount ? [values] : [counts, values],
      labelSet: undefined,
    },
    labels: NO_LABELS,
    nodeLines: undefined,
    timeline: undefined,
  };
}
