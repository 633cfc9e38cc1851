import { GrownHeap } from './generate/grown-heap.ts';
import { type WrittenSnapshot, writeSnapshot } from './generate/write-snapshot.ts';

/** A snapshot that everybody reads. */
export interface Reference {
  readonly name: string;
  write(path: string): void;
}

/** Nodes of generated snapshots, by what their files come to. */
export const NODES_OF = {
  '67 MB': 850_000,
  '400 MB': 5_000_000,
  '1 GB': 13_000_000,
  '4 GB': 49_000_000,
} as const;

export function writeReference(path: string, size: keyof typeof NODES_OF, seed = 1): WrittenSnapshot {
  return writeSnapshot(path, new GrownHeap(NODES_OF[size], seed));
}

/** Small ones of many shapes, and one as large as those of services are. */
export const GENERATED: readonly Reference[] = [
  ...[2, 3, 4, 5, 6, 7, 8, 9].map((seed) => ({
    name: `generated ${seed}`,
    write: (path: string) => {
      writeSnapshot(path, new GrownHeap(500 * 2 ** seed, seed));
    },
  })),
  { name: 'generated, 67 MB', write: (path) => void writeReference(path, '67 MB') },
];
