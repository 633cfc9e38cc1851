import { addUp } from '../model/add-up.ts';
import { FRAME_KIND, type Profile } from '../model/profile.ts';
import { TupleTable } from '../model/tuple-table.ts';

/** One row per distinct stack, and per set of labels where samples of one stack bear several. */
export interface StackSums {
  readonly length: number;
  /** The leaf of the stack. */
  readonly node: Uint32Array;
  readonly labelSet: Uint32Array;
  /** A column per value type. */
  readonly values: readonly Float64Array[];
  /** What was left out because the thread was idle, in the unit of the default value type. */
  readonly idle: number;
}

/** pprof keeps no order of samples, so those that tell the same story become one. */
export function sumStacks(profile: Profile, includeIdle: boolean): StackSums {
  const { samples, nodes, functions, defaultValueType } = profile;
  const { node, labelSet, rowOfSample } = toRows(profile);
  const counts = new Uint32Array(node.length);
  addUp(rowOfSample, undefined, undefined, counts);
  const sums = samples.values.map((column) => {
    const sum = new Float64Array(node.length);
    addUp(rowOfSample, column, undefined, sum);
    return sum;
  });
  const isIdle = (row: number) =>
    functions.kind[nodes.func[node[row] as number] as number] === FRAME_KIND.idle;
  const kept: number[] = [];
  let idle = 0;
  for (let row = 0; row < node.length; row++) {
    if (counts[row] === 0) continue;
    if (includeIdle || !isIdle(row)) kept.push(row);
    else idle += sums[defaultValueType]?.[row] ?? 0;
  }
  const pick = <T extends Uint32Array | Float64Array>(column: T, into: T): T => {
    for (let at = 0; at < kept.length; at++) into[at] = column[kept[at] as number] as number;
    return into;
  };
  return {
    length: kept.length,
    node: pick(node, new Uint32Array(kept.length)),
    labelSet: pick(labelSet, new Uint32Array(kept.length)),
    values: sums.map((sum) => pick(sum, new Float64Array(kept.length))),
    idle,
  };
}

interface Rows {
  readonly node: Uint32Array;
  readonly labelSet: Uint32Array;
  readonly rowOfSample: Uint32Array;
}

/** Without labels a row is a node, which takes no look at the samples: there can be a hundred times as many. */
function toRows({ samples, nodes }: Profile): Rows {
  const { node, labelSet } = samples;
  if (labelSet === undefined) {
    const all = new Uint32Array(nodes.length).map((_, row) => row);
    return { node: all, labelSet: new Uint32Array(nodes.length), rowOfSample: node };
  }
  const rows = new TupleTable(2);
  const rowOfSample = node.map((leaf, index) => rows.intern(leaf, labelSet[index] as number));
  return { node: rows.column(0), labelSet: rows.column(1), rowOfSample };
}
