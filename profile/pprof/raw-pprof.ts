import { ChildTable } from '../model/child-table.ts';
import { NumberColumn } from '../model/number-column.ts';
import { TupleTable } from '../model/tuple-table.ts';
import { IdTable } from './id-table.ts';
import { PprofStringTable } from './pprof-string-table.ts';

/** The stack of a sample without a single location. */
export const NO_STACK = -1;

interface RawValueType {
  /** Numbers of strings, like all that is named a text here. */
  readonly type: number;
  readonly unit: number;
}

/**
 * What a pprof file says, as columns, before anything is checked against anything else. Samples come before the locations they
 * name, locations before functions, and the texts last, so all of it is numbers until the end.
 */
export class RawPprof {
  readonly strings: PprofStringTable;
  readonly valueTypes: RawValueType[] = [];

  /** Stacks as a tree of locations: (row of the caller's stack, row of the location), the caller first. */
  readonly stacks = new ChildTable();
  readonly sampleStack = new NumberColumn();
  /** A column per value type, made by the first sample. */
  sampleValues: NumberColumn[] | undefined;
  readonly sampleLabelSet = new NumberColumn();

  /** (row of the set without its last label or -1, row of the label); the empty set has no row. */
  readonly labelSets = new TupleTable(2);
  /** (key, text or -1, row of the number, unit). */
  readonly labels = new TupleTable(4);
  readonly labelNumbers = new Map<number, number>();

  readonly mappingIds = new IdTable();
  /** By definition: the row of its id, and the file. */
  readonly mappingRow = new NumberColumn();
  readonly mappingFile = new NumberColumn();

  readonly locationIds = new IdTable();
  readonly locationRow = new NumberColumn();
  /** The row of the mapping's id. */
  readonly locationMapping = new NumberColumn();
  readonly locationAddress = new NumberColumn();
  /** Where the lines of each begin in the columns below; they end where the next one's begin. */
  readonly locationLines = new NumberColumn();
  /** The row of the function's id. The innermost of inlined calls comes first. */
  readonly lineFunction = new NumberColumn();
  readonly lineNumber = new NumberColumn();

  readonly functionIds = new IdTable();
  readonly functionRow = new NumberColumn();
  readonly functionName = new NumberColumn();
  readonly functionSystemName = new NumberColumn();
  readonly functionFile = new NumberColumn();
  readonly functionLine = new NumberColumn();

  timeNanos = 0;
  durationNanos = 0;
  periodType: RawValueType | undefined;
  period = 0;
  defaultSampleType = 0;
  readonly comments: number[] = [];

  constructor(maxStringTableBytes: number) {
    this.strings = new PprofStringTable(maxStringTableBytes);
  }
}
