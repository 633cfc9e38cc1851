import { FRAME_KIND, type Profile, type ValueColumn } from '../model/profile.ts';
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
  const { samples, nodes, functions } = profile;
  const isIdle = (node: number) => functions.kind[nodes.func[node] as number] === FRAME_KIND.idle;
  const isLeftOut = (node: number) => !includeIdle && isIdle(node);
  const rows =
    samples.labelSet === undefined ? rowsByNode(profile, isLeftOut) : rowsByLabels(profile, isLeftOut);
  return {
    length: rows.node.length,
    node: rows.node,
    labelSet: rows.labelSet,
    values: samples.values.map((column) => sumColumn(column, samples.length, rows)),
    idle: includeIdle ? 0 : sumIdle(profile, isIdle),
  };
}

interface Rows {
  readonly node: Uint32Array;
  readonly labelSet: Uint32Array;
  /** `LEFT_OUT` for a sample that is not to be summed. */
  rowOf(sample: number): number;
}

const LEFT_OUT = -1;

/** Costs memory by the node, not by the sample: there can be a hundred times as many samples. */
function rowsByNode({ samples, nodes }: Profile, isLeftOut: (node: number) => boolean): Rows {
  const rowOfNode = new Int32Array(nodes.length).fill(LEFT_OUT);
  for (let index = 0; index < samples.length; index++) rowOfNode[samples.node[index] as number] = 0;
  let length = 0;
  for (let node = 0; node < nodes.length; node++) {
    if (rowOfNode[node] !== LEFT_OUT) rowOfNode[node] = isLeftOut(node) ? LEFT_OUT : length++;
  }
  const node = new Uint32Array(length);
  for (let at = 0; at < nodes.length; at++) {
    if (rowOfNode[at] !== LEFT_OUT) node[rowOfNode[at] as number] = at;
  }
  return {
    node,
    labelSet: new Uint32Array(length),
    rowOf: (sample) => rowOfNode[samples.node[sample] as number] as number,
  };
}

function rowsByLabels({ samples }: Profile, isLeftOut: (node: number) => boolean): Rows {
  const rows = new TupleTable(2);
  const rowOf = (sample: number) => {
    const node = samples.node[sample] as number;
    return isLeftOut(node) ? LEFT_OUT : rows.intern(node, samples.labelSet?.[sample] ?? 0);
  };
  for (let index = 0; index < samples.length; index++) rowOf(index);
  return { node: rows.column(0), labelSet: rows.column(1), rowOf };
}

function sumColumn(column: ValueColumn | undefined, sampleCount: number, rows: Rows): Float64Array {
  const sums = new Float64Array(rows.node.length);
  for (let index = 0; index < sampleCount; index++) {
    const row = rows.rowOf(index);
    if (row === LEFT_OUT) continue;
    sums[row] = (sums[row] as number) + (column === undefined ? 1 : (column[index] as number));
  }
  return sums;
}

function sumIdle({ samples, defaultValueType }: Profile, isIdle: (node: number) => boolean): number {
  const column = samples.values[defaultValueType];
  let sum = 0;
  for (let index = 0; index < samples.length; index++) {
    if (isIdle(samples.node[index] as number)) sum += column === undefined ? 1 : (column[index] as number);
  }
  return sum;
}
