import { HeapExplorer } from '#profile/heap/query/heap-explorer.ts';
import type { OpenHeap } from '#profile/heap/query/open-heap.ts';
import { openBytes, toFailure } from '../../_viewer/loading/read-profile.ts';
import type { HeapWorkerReport, HeapWorkerRequest, ReadFailure, Which } from './protocol.ts';
import { Questions } from './questions.ts';
import { readSnapshot } from './read-snapshot.ts';

/** Often enough to look alive, seldom enough to cost nothing. */
const PROGRESS_EVERY_MS = 100;

const heaps: { [which in Which]?: OpenHeap } = {};
let explorer: HeapExplorer | undefined;
/** Of what was told to be opened: only the last of each kind is still wanted. */
const openings: { [which in Which]: number } = { seen: 0, earlier: 0 };
const { port1, port2 } = new MessageChannel();
/** Later than what is in the queue already: it may say that nobody wants to know any more. */
const questions = new Questions((run) => {
  port2.onmessage = run;
  port1.postMessage(undefined);
}, report);

self.addEventListener('message', (event: MessageEvent<HeapWorkerRequest>) => {
  const request = event.data;
  if (request.type === 'open') void open(request.which, request.file);
  else if (request.type === 'stop') forget(request.which);
  else if (request.type === 'forget') questions.forget(request.number);
  else if (explorer !== undefined) void questions.ask(explorer, request);
});

/** Neither what is open nor what is being opened is wanted any more; its memory is free for another. */
function forget(which: Which): void {
  openings[which] += 1;
  delete heaps[which];
  explore();
}

function explore(): void {
  const { seen, earlier } = heaps;
  explorer = seen && new HeapExplorer(seen, earlier);
}

async function open(which: Which, file: File): Promise<void> {
  forget(which);
  const opening = openings[which];
  const isWanted = () => openings[which] === opening;
  let receivedBytes = 0;
  let toldAtMs = 0;
  try {
    const source = { from: 'file', file, fileName: file.name, sizeBytes: file.size } as const;
    const bytes = await openBytes(source, (received) => {
      receivedBytes = received;
    });
    if ('kind' in bytes) return report({ type: 'failed', which, failure: toReadFailure(bytes.kind) });
    const heap = await readSnapshot(
      {
        bytes,
        fileBytes: (await isPacked(file)) ? undefined : file.size,
        readShare: () => receivedBytes / file.size,
      },
      (progress) => {
        if (!isWanted()) throw new Error('another file is wanted');
        if (performance.now() - toldAtMs < PROGRESS_EVERY_MS) return;
        toldAtMs = performance.now();
        report({ type: 'progress', which, progress });
      },
    );
    if (!isWanted()) return;
    heaps[which] = heap;
    explore();
    report({ type: 'opened', which });
  } catch (error) {
    if (isWanted()) report({ type: 'failed', which, failure: failureOf(error) });
  }
}

async function isPacked(file: File): Promise<boolean> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return first === 0x1f && second === 0x8b;
}

function failureOf(error: unknown): ReadFailure {
  const failure = toFailure(error);
  return failure.kind === 'unreadable' ? failure : toReadFailure(failure.kind);
}

function toReadFailure(kind: string): ReadFailure {
  return kind === 'empty-file' || kind === 'file-gone' || kind === 'no-code' ? { kind } : { kind: 'crashed' };
}

function report(message: HeapWorkerReport): void {
  self.postMessage(message);
}
