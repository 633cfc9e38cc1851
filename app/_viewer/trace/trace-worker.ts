import { type Trace, TraceReader } from '#profile/index.ts';
import type { LoadFailure, OneSource } from '../loading/protocol.ts';
import { openBytes, toFailure } from '../loading/read-profile.ts';

export type TraceReport =
  | { readonly type: 'progress'; readonly receivedBytes: number }
  | { readonly type: 'opened'; readonly trace: Trace }
  | { readonly type: 'failed'; readonly failure: LoadFailure };

self.addEventListener('message', (event: MessageEvent<OneSource>) => void open(event.data));

async function open(source: OneSource): Promise<void> {
  try {
    const chunks = await openBytes(source, (receivedBytes) => report({ type: 'progress', receivedBytes }));
    if ('kind' in chunks) return report({ type: 'failed', failure: chunks });
    const reader = new TraceReader();
    for await (const chunk of chunks) reader.push(chunk);
    const trace = reader.end();
    self.postMessage({ type: 'opened', trace } satisfies TraceReport, { transfer: columnsOf(trace) });
  } catch (error) {
    report({ type: 'failed', failure: toFailure(error) });
  }
}

/** All columns are moved, not copied: the worker needs them no more. */
function columnsOf({ lanes, arguments: said }: Trace): ArrayBuffer[] {
  const tables: object[] = [said];
  for (const lane of lanes) tables.push(lane, lane.spans, lane.shortWaits, lane.elapsedMicros);
  const columns = tables.flatMap((table) => Object.values(table)).filter(ArrayBuffer.isView);
  return [...new Set(columns.map(({ buffer }) => buffer as ArrayBuffer))];
}

function report(message: TraceReport): void {
  self.postMessage(message);
}
