import { HeapMemory } from '#profile/heap/memory/heap-memory.ts';
import type { HeapPhase } from '#profile/heap/model/heap-graph.ts';
import { openHeap } from '#profile/heap/open-heap.ts';
import type { OpenHeap } from '#profile/heap/query/open-heap.ts';
import { HeapSnapshotReader } from '#profile/heap/reader/heap-snapshot-reader.ts';
import type { ReadingProgress } from './protocol.ts';

/** Of the whole work, as measured with snapshots of 100 MB and more. */
const SHARES: Readonly<Record<HeapPhase, number>> = {
  reading: 0.5,
  retainers: 0.12,
  dominators: 0.25,
  sizes: 0.08,
  names: 0.05,
};

interface Snapshot {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** How long it is once it is unpacked, if that is known. */
  readonly fileBytes: number | undefined;
  /** How much of the file has been read, from 0 to 1. */
  readShare(): number;
}

/**
 * Reads a snapshot and works out what it has to say.
 *
 * @throws {ProfileError} for what is no snapshot, or takes more memory than there is
 */
export async function readSnapshot(
  { bytes, fileBytes, readShare }: Snapshot,
  onProgress: (progress: ReadingProgress) => void,
): Promise<OpenHeap> {
  const memory = new HeapMemory();
  const whole = new WholeShare();
  const tell = (phase: HeapPhase, share: number) =>
    onProgress({ phase, share: whole.after(phase, share), memoryBytes: memory.usedBytes });
  const reader = new HeapSnapshotReader({ memory, ...(fileBytes === undefined ? {} : { fileBytes }) });
  for await (const chunk of bytes) {
    reader.push(chunk);
    tell('reading', readShare());
  }
  const steps = openHeap(reader.end(), memory);
  let step = steps.next();
  for (; !step.done; step = steps.next()) tell(step.value.phase, step.value.share);
  return step.value;
}

/** Phases come in turns, some more than once: what is done only grows. */
class WholeShare {
  readonly #done = new Map<HeapPhase, number>();

  after(phase: HeapPhase, share: number): number {
    this.#done.set(phase, Math.max(this.#done.get(phase) ?? 0, share));
    let whole = 0;
    for (const [each, done] of this.#done) whole += SHARES[each] * done;
    return Math.min(1, whole);
  }
}
