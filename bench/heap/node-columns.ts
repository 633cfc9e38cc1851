import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** What is said of every node, in the order of the file: written by one process and read by another. */
export interface NodeColumns {
  /** Bytes. */
  readonly retained: Float64Array;
  /** Bytes, after those of hidden parts were added to whoever owns them. */
  readonly shallow: Float64Array;
  readonly dominator: Uint32Array;
  /** -1 where there is no way from the root. */
  readonly distance: Int32Array;
}

export function newNodeColumns(nodeCount: number): NodeColumns {
  return {
    retained: new Float64Array(nodeCount),
    shallow: new Float64Array(nodeCount),
    dominator: new Uint32Array(nodeCount),
    distance: new Int32Array(nodeCount),
  };
}

const bytesOf = ({ retained, shallow, dominator, distance }: NodeColumns) =>
  [retained, shallow, dominator, distance].map(
    (column) => new Uint8Array(column.buffer, column.byteOffset, column.byteLength),
  );

export function writeNodeColumns(path: string, columns: NodeColumns): void {
  const file = openSync(path, 'w');
  try {
    for (const bytes of bytesOf(columns))
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  } finally {
    closeSync(file);
  }
}

/** @throws {Error} when the file is too short for so many nodes */
export function readNodeColumns(path: string, nodeCount: number): NodeColumns {
  const columns = newNodeColumns(nodeCount);
  const file = openSync(path, 'r');
  try {
    for (const bytes of bytesOf(columns))
      for (let at = 0; at < bytes.length; ) {
        const length = readSync(file, bytes, at, bytes.length - at, null);
        if (length === 0) throw new Error(`${path} does not hold the columns of ${nodeCount} nodes`);
        at += length;
      }
  } finally {
    closeSync(file);
  }
  return columns;
}
