import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { HeapAnswer, HeapQuery } from '#profile/heap/query/heap-query.ts';
import { isOfMissingCode } from '../../_viewer/loading/load-code.ts';
import { HeapAskFailed, type HeapOpening, type HeapSource, NOTHING_KNOWN } from '../source/heap-source.ts';
import { useHeapWords } from '../use-heap-words.ts';
import type { HeapWorkerReport, HeapWorkerRequest, ReadFailure, ReadingProgress, Which } from './protocol.ts';

type Known =
  | {
      readonly state: 'opening';
      readonly progress: ReadingProgress | undefined;
      readonly remainingMs: number | undefined;
    }
  | { readonly state: 'cancelled' }
  | { readonly state: 'failed'; readonly failure: ReadFailure }
  | { readonly state: 'open' };

/** Sooner nothing can be told of how long it will take. */
const TELLS_AFTER_MS = 1500;
const AT_FIRST: Known = { state: 'opening', progress: undefined, remainingMs: undefined };

/** Tells the answers of files apart, whatever they are called. */
let opened = 0;

export interface FileHeap {
  readonly opening: HeapOpening;
  /** Of the file it is compared with; undefined while there is none. */
  readonly earlier: HeapOpening | undefined;
}

/**
 * Reads a snapshot of the reader's own in a worker, which ends with the component. An earlier one is read by the same worker, so
 * that both can be compared.
 */
export function useFileHeap(file: File, earlierFile: File | undefined): FileHeap {
  const words = useHeapWords().failed;
  const [attempt, setAttempt] = useState(0);
  const [known, setKnown] = useState<Known>(AT_FIRST);
  const [earlier, setEarlier] = useState<Known>(AT_FIRST);
  const [earlierAttempt, setEarlierAttempt] = useState(0);
  const [number, setNumber] = useState(0);
  const client = useRef<WorkerClient>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt starts over with the same file
  useEffect(() => {
    const set = { seen: setKnown, earlier: setEarlier };
    setKnown(AT_FIRST);
    opened += 1;
    setNumber(opened);
    const started = new WorkerClient((which, next) => set[which](next));
    client.current = started;
    started.open('seen', file);
    return () => started.end();
  }, [file, attempt]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another worker has to read it too
  useEffect(() => {
    if (earlierFile === undefined) return client.current?.stop('earlier');
    setEarlier(AT_FIRST);
    client.current?.open('earlier', earlierFile);
  }, [earlierFile, attempt, earlierAttempt]);

  const source = useMemo(() => sourceOf(`file ${number}`, client), [number]);
  const both = useMemo(
    () => sourceOf(`file ${number} after ${earlierFile?.name} ${earlierFile?.lastModified}`, client),
    [number, earlierFile],
  );
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  const cancel = useCallback(() => {
    client.current?.end();
    setKnown({ state: 'cancelled' });
  }, []);
  const retryEarlier = useCallback(() => setEarlierAttempt((count) => count + 1), []);
  const cancelEarlier = useCallback(() => {
    client.current?.stop('earlier');
    setEarlier({ state: 'cancelled' });
  }, []);
  const toOpening = (
    state: Known,
    opened: HeapSource,
    { retry, cancel }: { retry(): void; cancel(): void },
  ): HeapOpening => {
    switch (state.state) {
      case 'open':
        return { state: 'ready', source: opened };
      case 'cancelled':
        return { state: 'cancelled', retry };
      case 'failed':
        return {
          state: 'failed',
          error: new HeapAskFailed(sentenceOf(state.failure, words), state.failure.kind),
          retry,
        };
      case 'opening':
        return { state: 'opening', progress: progressOf(state), cancel };
    }
  };
  return {
    opening: toOpening(known, source, { retry, cancel }),
    earlier: earlierFile && toOpening(earlier, both, { retry: retryEarlier, cancel: cancelEarlier }),
  };
}

function progressOf({ progress, remainingMs }: Extract<Known, { state: 'opening' }>) {
  return progress === undefined ? NOTHING_KNOWN : { ...NOTHING_KNOWN, ...progress, remainingMs };
}

function sentenceOf(failure: ReadFailure, words: ReturnType<typeof useHeapWords>['failed']): string {
  switch (failure.kind) {
    case 'unreadable':
      return failure.message;
    case 'empty-file':
      return words.emptyFile;
    case 'file-gone':
      return words.fileGone;
    case 'no-code':
      return words.noCode;
    case 'crashed':
      return words.crashed;
  }
}

function sourceOf(key: string, client: { readonly current: WorkerClient | undefined }): HeapSource {
  return {
    key,
    ask: (query, signal) =>
      client.current?.ask(query, signal) ?? Promise.reject(new HeapAskFailed('', 'no-worker')),
  };
}

interface Asked {
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

/** A worker that reads snapshots and answers about them. */
class WorkerClient {
  readonly #worker: Worker;
  readonly #onKnown: (which: Which, known: Known) => void;
  readonly #startedMs = { seen: 0, earlier: 0 };
  readonly #asked = new Map<number, Asked>();
  #asks = 0;

  constructor(onKnown: (which: Which, known: Known) => void) {
    this.#onKnown = onKnown;
    this.#worker = new Worker(new URL('./heap-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', (event: MessageEvent<HeapWorkerReport>) =>
      this.#take(event.data),
    );
    // Out of memory ends here as well.
    this.#worker.addEventListener('error', (event) => {
      onKnown('seen', { state: 'failed', failure: { kind: isOfMissingCode(event) ? 'no-code' : 'crashed' } });
    });
  }

  open(which: Which, file: File): void {
    this.#startedMs[which] = performance.now();
    this.#send({ type: 'open', which, file });
  }

  /** It is not wanted any more. */
  stop(which: Which): void {
    this.#send({ type: 'stop', which });
  }

  ask<Query extends HeapQuery>(query: Query, signal: AbortSignal): Promise<HeapAnswer<Query>> {
    const number = ++this.#asks;
    return new Promise((resolve, reject) => {
      this.#asked.set(number, { resolve: (answer) => resolve(answer as HeapAnswer<Query>), reject });
      signal.addEventListener('abort', () => {
        if (!this.#asked.delete(number)) return;
        this.#send({ type: 'forget', number });
        reject(signal.reason);
      });
      this.#send({ type: 'ask', number, query });
    });
  }

  end(): void {
    this.#worker.terminate();
  }

  #take(report: HeapWorkerReport): void {
    switch (report.type) {
      case 'progress':
        this.#tell(report.which, report.progress);
        break;
      case 'opened':
        this.#onKnown(report.which, { state: 'open' });
        break;
      case 'failed':
        this.#onKnown(report.which, { state: 'failed', failure: report.failure });
        break;
      case 'answer':
        this.#answered(report.number)?.resolve(report.answer);
        break;
      case 'refused':
        this.#answered(report.number)?.reject(new HeapAskFailed(report.message, report.code));
        break;
    }
  }

  #tell(which: Which, progress: ReadingProgress): void {
    const { share } = progress;
    const passedMs = performance.now() - this.#startedMs[which];
    const remainingMs = passedMs < TELLS_AFTER_MS ? undefined : (passedMs / share) * (1 - share);
    this.#onKnown(which, { state: 'opening', progress, remainingMs });
  }

  #answered(number: number): Asked | undefined {
    const asked = this.#asked.get(number);
    this.#asked.delete(number);
    return asked;
  }

  #send(request: HeapWorkerRequest): void {
    this.#worker.postMessage(request);
  }
}
