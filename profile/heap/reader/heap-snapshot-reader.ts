import { ProfileSyntaxError } from '../../errors.ts';
import { JsonTokenizer } from '../../json/json-tokenizer.ts';
import type { Bytes } from '../../model/profile.ts';
import { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapGraph } from '../model/heap-graph.ts';
import type { EdgeColumns } from './edge-rows.ts';
import type { SnapshotHead } from './snapshot-head.ts';
import { SnapshotSink } from './snapshot-sink.ts';
import type { SnapshotTail } from './snapshot-tail.ts';

/** V8 cuts strings at 1024 characters, others need not. */
export const MAX_STRING_BYTES = 256 << 20;

export interface HeapReaderOptions {
  /** How long the file is, if that is known: then no column has to grow. */
  readonly fileBytes?: Bytes;
  /** What the columns are taken from. */
  readonly memory?: HeapMemory;
}

/**
 * Reads V8's `.heapsnapshot` as it arrives: `push` every chunk of the file (of some megabytes), then `end`. Both throw a
 * `ProfileError` naming the byte or the section for a file that is corrupt, cut off, inconsistent or too large; the reader is
 * of no use after that.
 */
export class HeapSnapshotReader {
  readonly #sink: SnapshotSink;
  readonly #tokenizer: JsonTokenizer;
  #isJoined = false;

  constructor(options: HeapReaderOptions = {}) {
    this.#sink = new SnapshotSink(options.memory ?? new HeapMemory(), options.fileBytes);
    this.#tokenizer = new JsonTokenizer(this.#sink, MAX_STRING_BYTES);
    this.#sink.position = this.#tokenizer;
  }

  /** Bytes read so far. */
  get consumedBytes(): Bytes {
    return this.#tokenizer.consumedBytes;
  }

  /** How the file says it is written, as soon as that was read. */
  get head(): SnapshotHead | undefined {
    return this.#sink.head;
  }

  push(chunk: Uint8Array): void {
    this.#naming(() => this.#tokenizer.push(chunk));
  }

  /**
   * Makes the columns of edges before these are there, for all that the head promises, so that a `SnapshotTailReader` can write into
   * them too.
   *
   * @returns undefined where the head promises nothing, or more than the file can hold, or edges have begun
   */
  prepareEdges(): EdgeColumns | undefined {
    return this.#sink.prepareEdges();
  }

  /**
   * Takes what was read from here on by a `SnapshotTailReader`: what follows need not be pushed. Whoever reads on alone from the same
   * place finds the same.
   *
   * @returns false when the tail does not begin here, or its rows were not counted right, and nothing was taken
   */
  join(tail: SnapshotTail): boolean {
    const isHere =
      tail.beginByte === this.consumedBytes && this.#tokenizer.isInOuterList && this.#sink.isAtEdge;
    const isNext = isHere && tail.edges.firstRow === this.#sink.edgeCount;
    if (!isNext || (tail.strings !== undefined && this.#sink.hasStrings)) return false;
    this.#sink.join(tail);
    this.#isJoined = true;
    return true;
  }

  end(): HeapGraph {
    if (!this.#isJoined) this.#naming(() => this.#tokenizer.end());
    return this.#sink.finish();
  }

  /** The tokenizer knows the byte at which a file goes wrong, but not what it means. */
  #naming(read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof ProfileSyntaxError)) throw error;
      throw new ProfileSyntaxError(`${error.what} ${this.#sink.section}`, error.offsetBytes);
    }
  }
}
