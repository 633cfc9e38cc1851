import { HeapService } from '../heap/index.ts';
import type { Capture, CaptureId } from '../http/contract/index.ts';
import { silentLog as log } from './silent-log.ts';

/**
 * A server's room of heap snapshots in a process of its own, to be killed. Arguments: a directory with the artifact `snapshot` in
 * it, and the room's program directory. Tells the pid of the snapshot's process once it is open.
 */
const [directory, programDirectory] = process.argv.slice(2);

if (directory && programDirectory) {
  const id = `cap_${'0'.repeat(20)}` as CaptureId;
  const artifact = { sha256: '0'.repeat(64), sizeBytes: 1000 };
  const capture = { id, kind: 'heapsnapshot', status: { state: 'complete' }, artifact };
  const heaps = await HeapService.start({
    captures: {
      find: async () => capture as Capture,
      artifactPath: () => `${directory}/snapshot`,
      completeIds: async () => [id],
      onChange: () => ({ [Symbol.dispose]() {} }),
    },
    indexDirectory: `${directory}/heap-index`,
    programDirectory,
    limits: { memoryBytes: 2 ** 30, indexBytes: 2 ** 30 },
    log,
  });
  await heaps.ask(id, { query: { ask: 'summary' } }, new AbortController().signal);
  process.send?.(heaps.pids().get(id));
}
