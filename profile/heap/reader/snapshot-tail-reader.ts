import { JsonTokenizer } from '../../json/json-tokenizer.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import { MAX_STRING_BYTES } from './heap-snapshot-reader.ts';
import { SnapshotSink } from './snapshot-sink.ts';
import type { SnapshotTail, TailPlace, TailRows } from './snapshot-tail.ts';

/**
 * Reads a file from a row of `edges` on, while a `HeapSnapshotReader` reads what stands before: `push` every chunk from there on, then
 * `end`. Both throw a `ProfileError` for what cannot be read, which says nothing of the file as a whole: the place may be wrong, and
 * rows are counted from there. Whoever reads all of it finds out.
 */
export class SnapshotTailReader {
  readonly #beginByte: number;
  readonly #sink: SnapshotSink;
  readonly #tokenizer: JsonTokenizer;

  /** @param rows which of them stand there, as `RowCounter` has counted them, and where they are written to */
  constructor({ head, beginByte, fileBytes }: TailPlace, rows: TailRows, memory: HeapMemory) {
    this.#beginByte = beginByte;
    this.#sink = SnapshotSink.inEdges(memory, fileBytes, head, rows);
    this.#tokenizer = JsonTokenizer.inOuterList(this.#sink, MAX_STRING_BYTES, beginByte);
    this.#sink.position = this.#tokenizer;
  }

  push(chunk: Uint8Array): void {
    this.#tokenizer.push(chunk);
  }

  end(): SnapshotTail {
    this.#tokenizer.end();
    return {
      beginByte: this.#beginByte,
      endByte: this.#tokenizer.consumedBytes,
      ...this.#sink.finishTail(),
    };
  }
}
