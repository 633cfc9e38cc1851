import type { ThreadMemory } from '../../../in-thread/memory.ts';
import { smallBytesOf } from './heap-floor.ts';

/** What a snapshot is expected to take. */
export interface SnapshotForecastFacts {
  /** The thread stands still while the process is forked. */
  forkPauseMs: number;
  /** The thread stands still while V8 writes the snapshot in the process itself. */
  inProcessPauseMs: number;
  /** In the child, beside what it shares with the process. */
  memoryBytes: number;
  artifactBytes: number;
  /** On a core of its own. */
  durationMs: number;
}

/** What one took, to foretell the next by. */
export interface SnapshotExperience {
  memory: ThreadMemory;
  nodeCount: number;
  childMemoryBytes: number;
  artifactBytes: number;
}

/**
 * V8 keeps records of some 300 to 500 bytes for each object while it takes a snapshot, whatever the object's own size. Objects
 * of 35 to 40 bytes, which is small, make that 12 times the heap; what lies in large objects hardly counts.
 */
const defaults = { bytesPerNode: 40, childBytesPerNode: 480, artifactBytesPerNode: 64 };
const bytesPerLargeObject = 512 * 1024;
/** What any child takes: its garbage collection copies pages that it had in common with the process. */
const leastChildBytes = 32 * 1024 * 1024;

/** Page tables are copied for all that is resident: measured at 13 to 30 ms for 515 MB, 2 to 4 ms for 95 MB. */
const basicForkMs = 1;
const forkMsPerMegabyte = 0.045;
/** One measurement may have met a pause of the service's own, or a busy machine. */
const [leastFactor, mostFactor] = [0.5, 4];
/** Measured: 20 to 43 s for 414 MB in 10 million objects. */
const snapshotMsPerThousandNodes = 2.4;

/** What a snapshot of a heap costs, by its size at first and by the snapshots before when there were some. */
export class SnapshotForecast {
  #rates = defaults;
  #forkFactor = 1;

  foretell(memory: ThreadMemory, rssBytes: number): SnapshotForecastFacts {
    const nodes = this.#countNodes(memory);
    const durationMs = (nodes / 1000) * snapshotMsPerThousandNodes;
    return {
      forkPauseMs: Math.ceil(plainForkMs(rssBytes) * this.#forkFactor),
      inProcessPauseMs: durationMs,
      memoryBytes: Math.ceil(leastChildBytes + nodes * this.#rates.childBytesPerNode),
      // Long strings are written as they are when they are kept, at most.
      artifactBytes: Math.ceil(nodes * this.#rates.artifactBytesPerNode),
      durationMs,
    };
  }

  learnPause(pauseMs: number, rssBytes: number): void {
    const factor = Math.min(mostFactor, Math.max(leastFactor, pauseMs / plainForkMs(rssBytes)));
    this.#forkFactor = (this.#forkFactor + factor) / 2;
  }

  learn({ memory, nodeCount, childMemoryBytes, artifactBytes }: SnapshotExperience): void {
    if (nodeCount === 0) return;
    this.#rates = {
      bytesPerNode: Math.max(16, smallBytesOf(memory) / nodeCount),
      childBytesPerNode: Math.max(150, (childMemoryBytes - leastChildBytes) / nodeCount),
      artifactBytesPerNode: artifactBytes / nodeCount,
    };
  }

  #countNodes(memory: ThreadMemory): number {
    const large = memory.largeObjectBytes / bytesPerLargeObject;
    return smallBytesOf(memory) / this.#rates.bytesPerNode + large;
  }
}

function plainForkMs(rssBytes: number): number {
  return basicForkMs + (rssBytes / 1e6) * forkMsPerMegabyte;
}
