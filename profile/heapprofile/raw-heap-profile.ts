import { ByteStringTable } from '../model/byte-string-table.ts';
import type { FunctionRows } from '../model/function-rows.ts';
import { NumberColumn } from '../model/number-column.ts';
import type { ProfileLimits } from '../model/profile.ts';
import { TupleTable } from '../model/tuple-table.ts';

/** Stands in a column until the file has said what belongs there. */
export const NOT_SEEN = -1;

/** What a `.heapprofile` says, as columns. Nodes stand in the order in which they begin: a parent before its children. */
export class RawHeapProfile {
  readonly strings: ByteStringTable;
  readonly functions: FunctionRows = new TupleTable(4);
  /** The row of the parent; -1 for the head. */
  readonly nodeParent = new NumberColumn();
  readonly nodeDepth = new NumberColumn();
  readonly nodeFunction = new NumberColumn();
  readonly nodeId = new NumberColumn();
  /** In bytes. */
  readonly nodeSelf = new NumberColumn();
  readonly sampleNodeId = new NumberColumn();
  hasHead = false;
  hasSamples = false;

  constructor(limits: ProfileLimits) {
    this.strings = new ByteStringTable(limits.maxStringTableBytes);
  }

  get nodeCount(): number {
    return this.nodeParent.length;
  }
}
