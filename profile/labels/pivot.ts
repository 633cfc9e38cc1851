import { toDepthFirstNodes } from '../model/depth-first-nodes.ts';
import { linkTree, NONE } from '../model/linked-tree.ts';
import { NumberColumn } from '../model/number-column.ts';
import {
  DEFAULT_LIMITS,
  FRAME_KIND,
  type FunctionTable,
  NOT_A_TEXT,
  type NodeTable,
  type Profile,
} from '../model/profile.ts';
import { TupleTable } from '../model/tuple-table.ts';

/**
 * The same samples with the values of a label as a first level below the root: every stack stands below the value that its
 * samples bear under the key, those without one below a frame whose name is empty. The values are functions of the kind
 * `label`, after all others, so that whatever shows or changes stacks does so with them; functions keep their rows, and
 * labels their sets. Lines that are counted by node are not kept: nobody knows which of them belong to which value.
 * @throws ProfileLimitError for stacks that become deeper than is read
 */
export function pivotByLabel(profile: Profile, key: string): Profile {
  const values = new LabelFunctions(profile, key);
  const { samples, nodes } = profile;
  const pivot = new PivotedStacks(nodes);
  const rowOfSample = new Uint32Array(samples.length);
  for (let index = 0; index < samples.length; index++) {
    const value = values.functionOfSet(samples.labelSet?.[index] ?? 0);
    rowOfSample[index] = pivot.rowOf(samples.node[index] as number, value);
  }
  const { parent, func } = pivot.finish();
  const linked = linkTree(parent);
  const root = nodes.func[0] as number;
  const placed = toDepthFirstNodes(linked, func, root, DEFAULT_LIMITS.maxDepth);
  for (let index = 0; index < rowOfSample.length; index++)
    rowOfSample[index] = placed.nodeOfRow[rowOfSample[index] as number] as number;
  return {
    ...profile,
    ...values.finish(),
    nodes: placed.nodes,
    samples: { ...samples, node: rowOfSample },
    nodeLines: undefined,
  };
}

/** The values of a label as functions. */
class LabelFunctions {
  readonly #profile: Profile;
  readonly #strings: string[];
  readonly #empty: number;
  readonly #names: number[] = [];
  readonly #functionOfSet: Uint32Array;

  constructor(profile: Profile, key: string) {
    this.#profile = profile;
    this.#strings = [...profile.strings];
    const empty = this.#strings.indexOf('');
    this.#empty = empty < 0 ? this.#strings.push('') - 1 : empty;
    const functionOfName = new Map<string, number>();
    this.#functionOfSet = Uint32Array.from({ length: profile.labels.length }, (_, set) => {
      const name = findText(profile, set, key) ?? this.#empty;
      const text = this.#strings[name] ?? '';
      const func = functionOfName.get(text) ?? profile.functions.length + this.#names.push(name) - 1;
      functionOfName.set(text, func);
      return func;
    });
  }

  functionOfSet(set: number): number {
    return this.#functionOfSet[set] as number;
  }

  finish(): Pick<Profile, 'strings' | 'functions'> {
    const { functions } = this.#profile;
    const names = this.#names;
    const length = functions.length + names.length;
    const extend = (column: Uint32Array, value: number) => {
      const extended = new Uint32Array(length).fill(value);
      extended.set(column);
      return extended;
    };
    const name = extend(functions.name, 0);
    name.set(names, functions.length);
    const kind = new Uint8Array(length).fill(FRAME_KIND.label);
    kind.set(functions.kind);
    const extended: FunctionTable = {
      length,
      name,
      url: extend(functions.url, this.#empty),
      line: extend(functions.line, 0),
      column: extend(functions.column, 0),
      kind,
    };
    return { strings: this.#strings, functions: extended };
  }
}

function findText({ labels, strings }: Profile, set: number, key: string): number | undefined {
  const end = labels.start[set + 1] as number;
  for (let at = labels.start[set] as number; at < end; at++) {
    if (labels.text[at] !== NOT_A_TEXT && strings[labels.key[at] as number] === key)
      return labels.text[at] as number;
  }
  return undefined;
}

/** Every stack once per value that it was seen with. */
class PivotedStacks {
  readonly #nodes: NodeTable;
  /** (node, function of the value); that of node 0 is the frame of the value itself. */
  readonly #rows: TupleTable;
  readonly #parent = new NumberColumn();

  /** What every node was last seen with, and the row of that: nearly always the next sample's too. */
  readonly #lastValue: Int32Array;
  readonly #lastRow: Int32Array;

  constructor(nodes: NodeTable) {
    this.#nodes = nodes;
    this.#rows = new TupleTable(2, nodes.length);
    this.#lastValue = new Int32Array(nodes.length).fill(NONE);
    this.#lastRow = new Int32Array(nodes.length);
  }

  /** The callers of a stack are taken in with it. */
  rowOf(leaf: number, value: number): number {
    if (this.#lastValue[leaf] === value) return this.#lastRow[leaf] as number;
    const row = this.#intern(leaf, value);
    this.#lastValue[leaf] = value;
    this.#lastRow[leaf] = row;
    return row;
  }

  #intern(leaf: number, value: number): number {
    let known = this.#rows.length;
    const row = this.#rows.intern(leaf, value);
    let at = row;
    // Each row that is new is followed by that of its caller, until one is not.
    for (let node = leaf; at === known; ) {
      if (node === 0) {
        this.#parent.push(NONE);
        break;
      }
      node = this.#nodes.parent[node] as number;
      known = this.#rows.length;
      at = this.#rows.intern(node, value);
      this.#parent.push(at);
    }
    return row;
  }

  /** In any order; the last row is the root. */
  finish(): { parent: Int32Array; func: Uint32Array } {
    const { length } = this.#rows;
    const node = this.#rows.column(0);
    const value = this.#rows.column(1);
    const parent = new Int32Array(length + 1);
    const func = new Uint32Array(length + 1);
    for (let row = 0; row < length; row++) {
      const at = node[row] as number;
      parent[row] = at === 0 ? length : this.#parent.at(row);
      func[row] = at === 0 ? (value[row] as number) : (this.#nodes.func[at] as number);
    }
    parent[length] = NONE;
    func[length] = this.#nodes.func[0] as number;
    return { parent, func };
  }
}
