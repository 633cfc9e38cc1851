import type { Bytes } from '../../model/profile.ts';
import type { EdgeColumns } from './edge-rows.ts';
import type { IndexPlace } from './row-cursor.ts';
import type { SnapshotHead } from './snapshot-head.ts';

/** Where the end of a file is read from, beside its beginning: a row of `edges`, as far as one can tell that from the bytes alone. */
export interface TailPlace {
  readonly head: SnapshotHead;
  readonly beginByte: Bytes;
  readonly fileBytes: Bytes;
}

/** Rows of the end of `edges`, in columns that whoever reads the beginning has as well. */
export interface TailEdges {
  readonly firstRow: number;
  /** The one after the last. */
  readonly endRow: number;
  readonly largestName: IndexPlace;
  readonly largestTarget: IndexPlace;
}

/** Where rows of edges are written to: columns for all that the head promises. */
export interface TailRows {
  readonly columns: EdgeColumns;
  /** From which one on. */
  readonly firstRow: number;
}

/** As in `HeapStrings`, in columns that may be longer. */
export interface TailStrings {
  readonly length: number;
  readonly bytes: Uint8Array;
  readonly start: Uint32Array;
}

/** All that stands in a file from a row of `edges` on. */
export interface SnapshotTail {
  readonly beginByte: Bytes;
  readonly endByte: Bytes;
  readonly edges: TailEdges;
  /** Undefined where the file has none from there on. */
  readonly strings: TailStrings | undefined;
}

/** What reading a tail may take: half as much again as it is long, as columns grow by doubling. One that takes more is not worth it. */
export function tailBytes({ beginByte, fileBytes }: TailPlace): Bytes {
  return Math.ceil((fileBytes - beginByte) * 1.5) + SLACK_BYTES;
}

const SLACK_BYTES = 1 << 24;
