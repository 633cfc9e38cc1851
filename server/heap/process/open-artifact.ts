import { HeapMemory } from '#profile/heap/memory/heap-memory.ts';
import type { HeapProgress } from '#profile/heap/model/heap-graph.ts';
import { openHeap } from '#profile/heap/open-heap.ts';
import type { OpenHeap } from '#profile/heap/query/open-heap.ts';
import { fitsTwoThreads, openInTwoThreads } from './open-in-two-threads.ts';
import { readArtifact } from './read-artifact.ts';
import { runSteps } from './run-steps.ts';
import { PIECE_BYTES } from './second-thread/read-tail.ts';
import { SecondThread } from './second-thread/second-thread.ts';

/** Starting a thread takes as long as reading some megabytes. */
const LARGE_BYTES = 64e6;

export interface ArtifactToOpen {
  readonly path: string;
  readonly fileBytes: number;
  readonly limitBytes?: number;
  readonly tell?: (progress: HeapProgress) => void;
  /** From which size on a second thread helps; tests take less, as of `pieceBytes`. */
  readonly largeBytes?: number;
  readonly pieceBytes?: number;
}

/**
 * Reads and analyses a snapshot, letting others in now and then: a large one in two threads, of which the second one ends with it.
 *
 * @throws ProfileError, the system's error
 */
export async function openArtifact(artifact: ArtifactToOpen): Promise<OpenHeap> {
  const {
    path,
    fileBytes,
    limitBytes,
    tell = () => {},
    largeBytes = LARGE_BYTES,
    pieceBytes = PIECE_BYTES,
  } = artifact;
  await using thread = fileBytes < largeBytes ? undefined : new SecondThread();
  const memory = new HeapMemory(limitBytes, thread ? 'shared' : 'alone');
  const graph = await readArtifact({ path, fileBytes, memory, thread, tell, pieceBytes });
  if (thread !== undefined && fitsTwoThreads(graph, memory))
    return await openInTwoThreads(graph, memory, thread, tell);
  return await runSteps(openHeap(graph, memory), tell);
}
