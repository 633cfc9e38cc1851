import { ByteStringTable } from '../model/byte-string-table.ts';
import type { FunctionRows } from '../model/function-rows.ts';
import { NumberColumn } from '../model/number-column.ts';
import type { ProfileLimits } from '../model/profile.ts';
import { TupleTable } from '../model/tuple-table.ts';

/** What a `.cpuprofile`, or a trace of one thread's samples, says, as columns, before anything is checked against anything else. */
export class RawCpuProfile {
  readonly strings: ByteStringTable;
  readonly functions: FunctionRows;
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
  /** The line that each sample was at, counted from 1, 0 when not known: traces have it, and no hits of nodes. */
  readonly sampleLine = new NumberColumn();
  startTime: number | undefined;
  endTime: number | undefined;
  hasNodes = false;
  hasSamples = false;
  hasTimeDeltas = false;

  /** @param shared the tables of a file that holds several profiles */
  constructor(
    limits: ProfileLimits,
    shared?: { readonly strings: ByteStringTable; readonly functions: FunctionRows },
  ) {
    this.strings = shared?.strings ?? new ByteStringTable(limits.maxStringTableBytes);
    this.functions = shared?.functions ?? new TupleTable(4);
  }
}
