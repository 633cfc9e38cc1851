import { ByteStringTable } from '../model/byte-string-table.ts';
import type { FunctionRows } from '../model/function-rows.ts';
import { NumberColumn } from '../model/number-column.ts';
import type { ProfileLimits } from '../model/profile.ts';
import { TupleTable } from '../model/tuple-table.ts';

/** What a `.cpuprofile` says, as columns, before anything is checked against anything else. */
export class RawCpuProfile {
  readonly strings: ByteStringTable;
  readonly functions: FunctionRows = new TupleTable(4);
  readonly nodeId = new NumberColumn();
  readonly nodeFunction = new NumberColumn();
  /** Edges in the order of the file: from the row of a node to the id of its child. */
  readonly edgeFrom = new NumberColumn();
  readonly edgeToId = new NumberColumn();
  /** The other way to write the tree: the row of a node and the id of its parent. */
  readonly parentOf = new NumberColumn();
  readonly parentId = new NumberColumn();
  /** How many samples hit which line: the row of the node, the line and their number. */
  readonly tickOf = new NumberColumn();
  readonly tickLine = new NumberColumn();
  readonly ticks = new NumberColumn();
  readonly sampleNodeId = new NumberColumn();
  readonly timeDelta = new NumberColumn();
  startTime: number | undefined;
  endTime: number | undefined;
  hasNodes = false;
  hasSamples = false;
  hasTimeDeltas = false;

  constructor(limits: ProfileLimits) {
    this.strings = new ByteStringTable(limits.maxStringTableBytes);
  }
}
