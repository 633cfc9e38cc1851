import { CaptureKind } from '../../../../proto/gen/opscenter/v1/capture_pb.ts';
import { CaptureInProgress, TooManyCaptures } from '../../errors.ts';
import type { Capture } from './capture.ts';
import type { CaptureMethod } from './capture-method.ts';

const mostRunning = 4;

interface Rule {
  /** Of these, one is recorded at a time… */
  kinds: readonly CaptureKind[];
  /** …in each thread, or in the whole process. */
  scope: 'thread' | 'process';
  because: string;
}

const rules: readonly Rule[] = [
  {
    kinds: [CaptureKind.HEAP, CaptureKind.ALLOCATION],
    scope: 'thread',
    because: 'V8 has one sampler of allocations for each thread',
  },
  {
    kinds: [CaptureKind.HEAPSNAPSHOT, CaptureKind.CPU],
    scope: 'process',
    because: 'a snapshot is taken in a copy of the process, which a running profiler may hold up',
  },
  {
    kinds: [CaptureKind.HEAPSNAPSHOT, CaptureKind.WAIT, CaptureKind.TRACE],
    scope: 'process',
    because: 'together they would cost the service more than each of them announces',
  },
];

/**
 * Whether a capture may begin beside those that run.
 *
 * @throws {CaptureInProgress} the same is under way
 * @throws {TooManyCaptures}
 */
export function requireRoomBeside(
  running: readonly Capture[],
  method: CaptureMethod,
  threadId: string,
): void {
  const same = running.find((capture) => capture.method === method && capture.threadId === threadId);
  if (same) throw new CaptureInProgress(method.name, threadId, same.id);
  for (const { kinds, scope, because } of rules) {
    if (!kinds.includes(method.kind)) continue;
    const other = running.find(
      (capture) =>
        capture.method !== method &&
        kinds.includes(capture.method.kind) &&
        (scope === 'process' || capture.threadId === threadId),
    );
    if (other) {
      const { name } = other.method;
      throw new TooManyCaptures(
        `A capture of thread ${other.threadId} is under way; ${name} and ${method.name} are not recorded at once: ${because}.`,
      );
    }
  }
  if (running.length >= mostRunning) {
    const names = running.map((capture) => capture.method.name).join(', ');
    throw new TooManyCaptures(
      `${running.length} captures (${names}) are being recorded in this process already; wait until one has ended.`,
    );
  }
}
