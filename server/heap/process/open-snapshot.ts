import type { Steps } from '#profile/heap/analysis/steps.ts';
import { fromIndexColumns, toIndexColumns } from '#profile/heap/index-file/index-columns.ts';
import type { Column } from '#profile/heap/index-file/index-layout.ts';
import { HeapMemory } from '#profile/heap/memory/heap-memory.ts';
import type { HeapProgress } from '#profile/heap/model/heap-graph.ts';
import { HeapExplorer } from '#profile/heap/query/heap-explorer.ts';
import type { HeapQuery } from '#profile/heap/query/heap-query.ts';
import { OpenHeap } from '#profile/heap/query/open-heap.ts';
import type { OpenedFrom, SnapshotFile } from '../child-messages.ts';
import { FIRST_QUESTIONS, FirstAnswers, LARGE_QUESTIONS } from './first-answers.ts';
import { IndexReader } from './index-reader.ts';
import { openArtifact } from './open-artifact.ts';

const TELL_EVERY_MS = 200;
/** The last one, so that it can grow. */
export const ANSWERS_COLUMN = 'answers';

/** A snapshot that can be asked. */
export class OpenedSnapshot {
  readonly from: OpenedFrom;
  readonly heap: OpenHeap;
  readonly #explorer: HeapExplorer;
  readonly #first: FirstAnswers;
  readonly #reader: IndexReader | undefined;
  #comparing: HeapExplorer | undefined;

  constructor(from: OpenedFrom, heap: OpenHeap, first: FirstAnswers, reader?: IndexReader) {
    this.from = from;
    this.heap = heap;
    this.#explorer = new HeapExplorer(heap);
    this.#first = first;
    this.#reader = reader;
  }

  /** @throws ProfileError, and IndexUnusable when a column of the index turns out to be damaged */
  *answering(
    query: HeapQuery,
    earlier?: OpenedSnapshot,
    processes?: 'one' | 'two',
  ): Steps<Record<string, unknown>> {
    if (earlier) return { ...(yield* this.#compareWith(earlier.heap, processes).answering(query)) };
    const kept = this.#first.find(query) === undefined ? this.#first.toKept(query) : undefined;
    if (kept) this.#first.keep(kept, yield* this.#explorer.answering(kept));
    return { ...(this.#first.find(query) ?? (yield* this.#explorer.answering(query))) };
  }

  /** To be done before `toColumns`; others may be let in between its steps. */
  *prepareIndex(): Steps<void> {
    yield 0;
    void this.heap.members;
    yield* this.#prepare(FIRST_QUESTIONS);
  }

  /** What goes through the whole heap and was not asked yet. */
  prepareLargeAnswers(): Steps<void> {
    return this.#prepare(LARGE_QUESTIONS);
  }

  *#prepare(queries: readonly HeapQuery[]): Steps<void> {
    for (const [index, query] of queries.entries()) {
      yield index / queries.length;
      yield* this.answering(query);
    }
  }

  get keptAnswers(): { readonly count: number; toBytes(): Uint8Array } {
    return { count: this.#first.size, toBytes: () => this.#first.toBytes() };
  }

  toColumns(): Record<string, Column> {
    return { ...toIndexColumns(this.heap), [ANSWERS_COLUMN]: this.#first.toBytes() };
  }

  /** A column of its index turned out to be damaged. */
  get isDamaged(): boolean {
    return this.#reader?.isDamaged ?? false;
  }

  /** Its file is closed and its memory given back; it may not be asked any more. */
  close(): void {
    this.#reader?.[Symbol.dispose]();
  }

  #compareWith(earlier: OpenHeap, processes: 'one' | 'two' | undefined): HeapExplorer {
    const known = this.#comparing?.pair;
    if (known?.earlier !== earlier || known.processes !== processes) {
      this.#comparing = new HeapExplorer(this.heap, earlier, processes);
    }
    return this.#comparing as HeapExplorer;
  }
}

/** Reads the table alone: the rest follows as it is asked for. @throws IndexUnusable */
export function openFromIndex({ indexPath, sha256 }: SnapshotFile, limitBytes: number): OpenedSnapshot {
  const memory = new HeapMemory(limitBytes);
  const reader = IndexReader.open(indexPath, sha256, memory);
  try {
    const first = FirstAnswers.fromBytes(reader.read(ANSWERS_COLUMN) as Uint8Array);
    const { analysis, classes, tables } = fromIndexColumns(reader);
    return new OpenedSnapshot('index', new OpenHeap(analysis, classes, memory, tables), first, reader);
  } catch (error) {
    reader[Symbol.dispose]();
    throw error;
  }
}

/** Reads and analyses all of it, letting others in now and then. @throws ProfileError, the system's error */
export async function openFromArtifact(
  { artifactPath: path, sizeBytes: fileBytes }: SnapshotFile,
  limitBytes: number,
  onProgress: (progress: HeapProgress) => void,
): Promise<OpenedSnapshot> {
  let toldAt = Number.NEGATIVE_INFINITY;
  const tell = (progress: HeapProgress) => {
    const now = performance.now();
    if (now - toldAt < TELL_EVERY_MS) return;
    toldAt = now;
    onProgress(progress);
  };
  const heap = await openArtifact({ path, fileBytes, limitBytes, tell });
  return new OpenedSnapshot('artifact', heap, new FirstAnswers());
}
