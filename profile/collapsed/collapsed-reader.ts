import { ProfileLimitError, ProfileShapeError } from '../errors.ts';
import { NO_LABELS } from '../model/no-labels.ts';
import { NO_RECORDING } from '../model/no-recording.ts';
import { NumberColumn } from '../model/number-column.ts';
import { type Bytes, DEFAULT_LIMITS, type ProfileLimits } from '../model/profile.ts';
import { onlyProfile, type ProfileSet } from '../model/profile-set.ts';
import type { ProfileReader } from '../profile-reader.ts';
import { CollapsedStacks } from './collapsed-stacks.ts';
import { LineSplitter } from './line-splitter.ts';
import { StackLine } from './stack-line.ts';

/** A stack of 65,535 frames of 256 bytes. */
const MAX_LINE_BYTES: Bytes = 16 << 20;
const HASH = 0x23;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * Reads collapsed stacks (https://github.com/brendangregg/FlameGraph), a line each, as they arrive: frames from the root, with
 * semicolons between them, a space, a count. `push` every chunk, then `end`; both throw a `ProfileError` that names the line.
 */
export class CollapsedReader implements ProfileReader {
  readonly #limits: ProfileLimits;
  readonly #lines: LineSplitter;
  readonly #stacks: CollapsedStacks;
  readonly #line = new StackLine();
  readonly #sampleRow = new NumberColumn();
  readonly #count = new NumberColumn();
  #lineNumber = 0;
  #consumedBytes: Bytes = 0;

  constructor(limits: Partial<ProfileLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#stacks = new CollapsedStacks(this.#limits);
    this.#lines = new LineSplitter((bytes, start, end) => this.#take(bytes, start, end), MAX_LINE_BYTES);
  }

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk);
    this.#stacks.letGoOfChunk();
    this.#consumedBytes += chunk.length;
    if (this.#consumedBytes > this.#limits.maxFileBytes)
      throw new ProfileLimitError('bytes', this.#limits.maxFileBytes);
  }

  end(): ProfileSet {
    this.#lines.end();
    if (this.#sampleRow.length === 0) throw new ProfileShapeError('the file', 'holds no stack');
    const { strings, functions, nodes, nodeOf } = this.#stacks.finish();
    return onlyProfile({
      strings,
      functions,
      nodes,
      valueTypes: [{ type: 'samples', unit: 'count' }],
      defaultValueType: 0,
      samples: {
        length: this.#sampleRow.length,
        node: Uint32Array.from(this.#sampleRow.finish(), nodeOf),
        values: [this.#count.finish()],
        labelSet: undefined,
      },
      labels: NO_LABELS,
      timeline: undefined,
      recording: NO_RECORDING,
    });
  }

  #take(bytes: Uint8Array, lineStart: number, lineEnd: number): void {
    this.#lineNumber++;
    const start = this.#lineNumber === 1 ? afterMark(bytes, lineStart, lineEnd) : lineStart;
    const fault = this.#line.read(bytes, start, lineEnd);
    if (this.#line.isBlank) return;
    if (fault !== undefined) {
      // Some tools put comments at the head; a private method has a hash as well, and a count.
      if (bytes[start] === HASH && fault === 'has no count at its end') return;
      throw new ProfileShapeError(`line ${this.#lineNumber}`, fault);
    }
    if (this.#sampleRow.length >= this.#limits.maxSamples)
      throw new ProfileLimitError('samples', this.#limits.maxSamples);
    this.#sampleRow.push(this.#stacks.rowOf(bytes, start, this.#line.end));
    this.#count.push(this.#line.count);
  }
}

function afterMark(bytes: Uint8Array, start: number, end: number): number {
  return end - start >= 3 && BYTE_ORDER_MARK.every((byte, at) => bytes[start + at] === byte)
    ? start + 3
    : start;
}
