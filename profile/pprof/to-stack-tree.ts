import { ProfileLimitError } from '../errors.ts';
import { ChildTable } from '../model/child-table.ts';
import { toDepthFirstNodes } from '../model/depth-first-nodes.ts';
import { ROOT_NAME } from '../model/frame-kind.ts';
import { toFunctionTable } from '../model/function-rows.ts';
import { linkTree, NONE } from '../model/linked-tree.ts';
import type { FunctionTable, NodeTable, ProfileLimits } from '../model/profile.ts';
import { TupleTable } from '../model/tuple-table.ts';
import { FunctionsOfLocations } from './functions-of-locations.ts';
import { NO_STACK, type RawPprof } from './raw-pprof.ts';

export interface StackTree {
  functions(strings: readonly string[]): FunctionTable;
  readonly nodes: NodeTable;
  /** From a row of the file's stacks, or `NO_STACK`, to its leaf. */
  nodeOfStack(stack: number): number;
  /** The line that its leaf was at; 0 when not known. */
  lineOfStack(stack: number): number;
  /** Whether lines say more than where functions begin. */
  readonly hasLines: boolean;
}

const ROOT = 0;

/** Inlined calls make several frames of one location; a file could make endlessly many of few bytes. */
const MOST_FRAMES = 256_000_000;

/** Makes stacks of functions of the file's stacks of locations; calls from different lines of one function become one node. */
export function toStackTree(raw: RawPprof, limits: ProfileLimits): StackTree {
  const functions = new TupleTable(4);
  const root = functions.intern(raw.strings.own(ROOT_NAME), raw.strings.own(''), 0, 0);
  const ofLocation = new FunctionsOfLocations(raw, functions);
  const parents = raw.stacks.parents();
  const locations = raw.stacks.keys();
  /** (row of the caller or -1, function); a caller stands before what it calls. */
  const rows = new ChildTable();
  const rowOfStack = new Int32Array(parents.length);
  let frames = 0;
  for (let stack = 0; stack < parents.length; stack++) {
    const above = parents[stack] as number;
    let row = above === NO_STACK ? NONE : (rowOfStack[above] as number);
    // The outermost of inlined calls comes last.
    const { first, end } = ofLocation.lines(locations[stack] as number);
    frames += end - first;
    if (frames > MOST_FRAMES) throw new ProfileLimitError('frames in all its stacks', MOST_FRAMES);
    for (let line = end - 1; line >= first; line--) {
      const func = ofLocation.functionOfLine(line);
      // V8's root, in files of ours: it stands above everything as it is.
      if (row !== NONE || func !== root) row = rows.rowOf(row, func);
    }
    if (rows.length > limits.maxNodes) throw new ProfileLimitError('nodes', limits.maxNodes);
    rowOfStack[stack] = row;
  }
  const tree = linkTree(rows.parents());
  const { nodes, nodeOfRow } = toDepthFirstNodes(tree, rows.keys(), root, limits.maxDepth);
  return {
    functions: (strings) => toFunctionTable(functions, strings),
    nodes,
    nodeOfStack: (stack) => nodeOfRow[rowOfStack[stack] ?? NONE] ?? ROOT,
    lineOfStack: (stack) => (stack === NO_STACK ? 0 : ofLocation.lineOf(locations[stack] as number)),
    hasLines: ofLocation.hasLines,
  };
}
