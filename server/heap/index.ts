export { HeapService, type HeapServiceOptions, type SnapshotCaptures } from './heap-service.ts';
export { defaultHeapMemoryBytes } from './memory-ledger.ts';
