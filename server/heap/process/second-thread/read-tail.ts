import { closeSync, openSync, readSync } from 'node:fs';
import { HeapMemory } from '#profile/heap/memory/heap-memory.ts';
import { RowCounter } from '#profile/heap/reader/row-counter.ts';
import type { SnapshotTail } from '#profile/heap/reader/snapshot-tail.ts';
import { SnapshotTailReader } from '#profile/heap/reader/snapshot-tail-reader.ts';
import type { ThreadTasks } from './thread-tasks.ts';

export const PIECE_BYTES = 2 * 1024 * 1024;

/**
 * Reads a file from a place to its end, without letting anybody else in: once to count the rows of edges, which takes a
 * twentieth of the time, so that they can be written to where they belong.
 *
 * @throws ProfileError, the system's error
 */
export function readTail({
  path,
  place,
  columns,
  limitBytes,
  pieces,
}: ThreadTasks['readTail']['told']): SnapshotTail {
  const memory = new HeapMemory(limitBytes, 'shared');
  const file = openSync(path, 'r');
  const piece = new Uint8Array(PIECE_BYTES);
  const next = (at: number) => piece.subarray(0, readSync(file, piece, 0, piece.length, at));
  try {
    const counter = new RowCounter(place.head.edges.fields);
    for (let at = place.beginByte; !counter.isDone; ) {
      const read = next(at);
      if (read.length === 0) break;
      counter.push(read);
      at += read.length;
    }
    const rows = { columns, firstRow: columns.type.length - counter.rows };
    const reader = new SnapshotTailReader(place, rows, memory);
    for (let at = place.beginByte; ; ) {
      const read = next(at);
      if (read.length === 0) return reader.end();
      reader.push(read);
      Atomics.add(pieces, 0, 1);
      at += read.length;
    }
  } finally {
    closeSync(file);
  }
}
