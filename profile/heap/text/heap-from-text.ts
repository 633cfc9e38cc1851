import type { HeapGraph, HeapObjectId, IndexIntoHeapNodes } from '../model/heap-graph.ts';
import { HeapSnapshotReader } from '../reader/heap-snapshot-reader.ts';
import { drawnNodes } from './heap-drawing.ts';
import { type SnapshotWriting, snapshotOf } from './snapshot-file.ts';

export interface DrawnHeap {
  readonly graph: HeapGraph;
  /** The file that V8 would have written. */
  readonly bytes: Uint8Array;
  /** The node that was drawn by this label. */
  node(label: string): IndexIntoHeapNodes;
  id(label: string): HeapObjectId;
  /** The labels of all nodes by their place. */
  readonly labels: readonly string[];
}

/** A heap drawn as text (`drawnNodes` says how), as the file that it would be, read. */
export function heapFromText(text: string, writing?: SnapshotWriting): DrawnHeap {
  const drawn = drawnNodes(text);
  const labels = [...drawn.keys()];
  const bytes = new TextEncoder().encode(JSON.stringify(snapshotOf([...drawn.values()], writing)));
  const node = (label: string): number => {
    const place = labels.indexOf(label);
    if (place < 0) throw new Error(`No node "${label}" was drawn.`);
    return place;
  };
  return {
    graph: readHeap(bytes),
    bytes,
    labels,
    node,
    id: (label) => drawn.get(label)?.id ?? node(label),
  };
}

/** A whole file at once. */
export function readHeap(bytes: Uint8Array): HeapGraph {
  const reader = new HeapSnapshotReader({ fileBytes: bytes.length });
  reader.push(bytes);
  return reader.end();
}
