import { ProfileError, type Trace, TraceReader } from '#profile/index.ts';
import type { LoadFailure } from '../loading/protocol.ts';

export type TraceReport =
  | { readonly type: 'progress'; readonly receivedBytes: number }
  | { readonly type: 'opened'; readonly trace: Trace }
  | { readonly type: 'failed'; readonly failure: LoadFailure };

/** Often enough to look alive, seldom enough to cost nothing. */
const PROGRESS_EVERY_MS = 100;

self.addEventListener('message', (event: MessageEvent<{ artifactUrl: string }>) => {
  void open(event.data.artifactUrl);
});

async function open(artifactUrl: string): Promise<void> {
  try {
    const response = await fetch(artifactUrl);
    if (!response.ok || response.body === null) {
      return report({
        type: 'failed',
        failure: { kind: 'refused', status: response.status, detail: undefined },
      });
    }
    const trace = await read(response.body.getReader());
    self.postMessage({ type: 'opened', trace } satisfies TraceReport, { transfer: columnsOf(trace) });
  } catch (error) {
    report({ type: 'failed', failure: toFailure(error) });
  }
}

async function read(body: ReadableStreamDefaultReader<Uint8Array>): Promise<Trace> {
  const reader = new TraceReader();
  let receivedBytes = 0;
  let reportedAt = 0;
  for (;;) {
    const { done, value } = await body.read();
    if (done) return reader.end();
    reader.push(value);
    receivedBytes += value.length;
    if (performance.now() - reportedAt < PROGRESS_EVERY_MS) continue;
    reportedAt = performance.now();
    report({ type: 'progress', receivedBytes });
  }
}

/** All columns are moved, not copied: the worker needs them no more. */
function columnsOf({ lanes, arguments: said }: Trace): ArrayBuffer[] {
  const tables: object[] = [said];
  for (const lane of lanes) tables.push(lane, lane.spans, lane.shortWaits, lane.elapsedMicros);
  const columns = tables.flatMap((table) => Object.values(table)).filter(ArrayBuffer.isView);
  return [...new Set(columns.map(({ buffer }) => buffer as ArrayBuffer))];
}

function toFailure(error: unknown): LoadFailure {
  if (error instanceof ProfileError) return { kind: 'unreadable', message: error.message };
  // What fetch and a broken stream throw.
  return error instanceof TypeError ? { kind: 'no-answer' } : { kind: 'crashed' };
}

function report(message: TraceReport): void {
  self.postMessage(message);
}
