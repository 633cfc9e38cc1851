import { getHeapCodeStatistics, getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';

/** What a thread has on its own heap, in bytes. */
export interface ThreadMemory {
  usedBytes: number;
  totalBytes: number;
  limitBytes: number;
  /** In objects that fill a page of their own: long strings and arrays, few for their size. */
  largeObjectBytes: number;
  /** Buffers and other memory outside of the heap that the heap holds on to. */
  externalBytes: number;
}

export function readMemory(): ThreadMemory {
  const heap = getHeapStatistics();
  const largeObjectBytes = getHeapSpaceStatistics()
    .filter(({ space_name }) => space_name.includes('large_object'))
    .reduce((sum, { space_used_size }) => sum + space_used_size, 0);
  return {
    usedBytes: heap.used_heap_size,
    totalBytes: heap.total_heap_size,
    limitBytes: heap.heap_size_limit,
    largeObjectBytes,
    externalBytes: heap.external_memory,
  };
}

/** V8 walks the whole heap to count its code, at 0.15 to 0.3 ms for each megabyte. */
const mostWalkedBytes = 40_000_000;

/**
 * What the functions of the thread were compiled to: a profiler has to look at each when it starts. Null where looking
 * would stop the thread for more than some milliseconds.
 */
export function readBytecodeBytes(): number | null {
  if (getHeapStatistics().used_heap_size > mostWalkedBytes) return null;
  return getHeapCodeStatistics().bytecode_and_metadata_size;
}
