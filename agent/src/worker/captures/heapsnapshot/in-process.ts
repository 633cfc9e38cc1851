import type { MainThreadSession } from '../../inspector/main-thread-inspector.ts';
import { within } from '../../within.ts';
import type { RecordedData, Recording } from '../capture-method.ts';
import type { ThreadProbe } from '../thread-probe.ts';
import { SnapshotText } from './snapshot-text.ts';

const answerLimitMs = 1_000;

export interface InProcessOrder {
  recording: Recording;
  session: MainThreadSession;
  probe: ThreadProbe;
  keepStrings: boolean;
  expectedBytes: number;
  /** Why it is not done in a child. */
  because: string;
}

/**
 * Takes the snapshot in the process itself, which stops its main thread until all is written. V8 hands the text over as
 * fast as it makes it, so what is not redacted yet waits in memory.
 */
export async function recordInProcess(order: InProcessOrder): Promise<RecordedData> {
  const { recording, session, probe, keepStrings, expectedBytes, because } = order;
  const chunks: Buffer[] = [];
  session.onNotification(({ method, params }) => {
    if (method !== 'HeapProfiler.addHeapSnapshotChunk') return;
    chunks.push(Buffer.from((params as { chunk: string }).chunk));
  });
  const taken = session.post('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  const pause = probe.pauseOf(taken);
  await taken;
  const startPauseMs = await within(answerLimitMs, pause);
  await recording.began({
    threadUnresponsive: startPauseMs === undefined,
    startPauseMs,
    mostDurationMs: Number.POSITIVE_INFINITY,
    isComplete: true,
  });
  const text = new SnapshotText(keepStrings, expectedBytes, recording);
  const remarks = [
    `The main thread stood still while V8 wrote it, for the agent’s addon is missing: ${because}.`,
  ];
  return { recordedMs: 0, remarks, redacted: !keepStrings, pieces: readAll(text, chunks) };
}

function* readAll(text: SnapshotText, chunks: Buffer[]): Generator<Uint8Array> {
  for (const [index, chunk] of chunks.entries()) {
    yield* text.push(chunk);
    // Given back as it is read.
    chunks[index] = Buffer.alloc(0);
  }
  yield* text.end();
}
