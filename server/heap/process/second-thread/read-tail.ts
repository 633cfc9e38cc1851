import { closeSync, openSync, readSync } from 'node:fs';
import { HeapMemory } from '#profile/heap/memory/heap-memory.ts';
import type { SnapshotTail } from '#profile/heap/reader/snapshot-tail.ts';
import { SnapshotTailReader } from '#profile/heap/reader/snapshot-tail-reader.ts';
import type { ThreadTasks } from './thread-tasks.ts';

export const PIECE_BYTES = 8 * 1024 * 1024;

/** Reads a file from a place to its end, without letting anybody else in. @throws ProfileError, the system's error */
export function readTail({ path, place, limitBytes, pieces }: ThreadTasks['readTail']['told']): SnapshotTail {
  const reader = new SnapshotTailReader(place, new HeapMemory(limitBytes, 'shared'));
  const file = openSync(path, 'r');
  try {
    const piece = new Uint8Array(PIECE_BYTES);
    for (let at = place.beginByte; ; ) {
      const length = readSync(file, piece, 0, piece.length, at);
      if (length === 0) return reader.end();
      reader.push(piece.subarray(0, length));
      Atomics.add(pieces, 0, 1);
      at += length;
    }
  } finally {
    closeSync(file);
  }
}
