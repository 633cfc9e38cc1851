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
  /** What its functions were compiled to: a profiler has to look at each when it starts. */
  bytecodeBytes: number;
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
    bytecodeBytes: getHeapCodeStatistics().bytecode_and_metadata_size,
  };
}
