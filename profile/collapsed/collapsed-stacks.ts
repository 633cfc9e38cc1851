import { ProfileLimitError } from '../errors.ts';
import { ByteStringTable } from '../model/byte-string-table.ts';
import { NONE } from '../model/linked-tree.ts';
import { parseFrameText } from '../model/parse-frame-text.ts';
import type { FunctionTable, ProfileLimits } from '../model/profile.ts';
import { type StackNodes, StackRows } from '../model/stack-rows.ts';
import { TextFunctions } from '../model/text-functions.ts';

const SEMICOLON = 0x3b;

/** Stacks from lines of text. Files are mostly sorted: what a line has in common with the one before is not looked up again. */
export class CollapsedStacks {
  readonly #limits: ProfileLimits;
  readonly #frames: ByteStringTable;
  readonly #rows: StackRows;
  /** The stack before: where it stands, where its frames end in it, and the row of each. */
  #before: Uint8Array = new Uint8Array(0);
  #beforeStart = 0;
  #beforeLength = 0;
  #ends = new Uint32Array(1 << 8);
  #rowAt = new Int32Array(1 << 8);
  #depth = 0;

  constructor(limits: ProfileLimits) {
    this.#limits = limits;
    this.#frames = new ByteStringTable(limits.maxStringTableBytes);
    this.#rows = new StackRows(limits);
  }

  /** The row of the leaf; `NONE` for a stack without frames. Frames without a name are none. */
  rowOf(bytes: Uint8Array, start: number, end: number): number {
    let depth = this.#findCommon(bytes, start, end);
    let at = depth === 0 ? start : start + (this.#ends[depth - 1] as number) + 1;
    let row = depth === 0 ? NONE : (this.#rowAt[depth - 1] as number);
    while (at < end) {
      let frameEnd = at;
      while (frameEnd < end && bytes[frameEnd] !== SEMICOLON) frameEnd++;
      if (frameEnd > at) {
        row = this.#rows.intern(row, this.#frames.intern(bytes, at, frameEnd));
        if (depth === this.#ends.length) this.#grow();
        this.#ends[depth] = frameEnd - start;
        this.#rowAt[depth] = row;
        depth++;
      }
      at = frameEnd + 1;
    }
    this.#depth = depth;
    this.#before = bytes;
    this.#beforeStart = start;
    this.#beforeLength = end - start;
    return row;
  }

  /** Whoever reads the file may use the memory of a chunk again. */
  letGoOfChunk(): void {
    this.#before = this.#before.slice(this.#beforeStart, this.#beforeStart + this.#beforeLength);
    this.#beforeStart = 0;
  }

  finish(): StackNodes & { strings: string[]; functions: FunctionTable } {
    const functions = new TextFunctions(this.#limits.maxStringTableBytes);
    const root = functions.root();
    const functionOfFrame = this.#frames.toStrings().map((text) => {
      const { name, url, line, column } = parseFrameText(text);
      return functions.intern(name, url, line, column);
    });
    const stacks = this.#rows.toNodes((frame) => functionOfFrame[frame] as number, root);
    return { ...stacks, ...functions.finish() };
  }

  /** How many frames of the stack before this one has as well: those whose semicolon is common to both. */
  #findCommon(bytes: Uint8Array, start: number, end: number): number {
    const before = this.#before;
    const length = Math.min(end - start, this.#beforeLength);
    let common = 0;
    while (common < length && before[this.#beforeStart + common] === bytes[start + common]) common++;
    let depth = this.#depth;
    while (depth > 0 && (this.#ends[depth - 1] as number) >= common) depth--;
    return depth;
  }

  #grow(): void {
    const { maxDepth } = this.#limits;
    if (this.#ends.length > maxDepth) throw new ProfileLimitError('frames in one stack', maxDepth);
    this.#ends = new Uint32Array(this.#ends.buffer.transfer(this.#ends.byteLength * 2));
    this.#rowAt = new Int32Array(this.#rowAt.buffer.transfer(this.#rowAt.byteLength * 2));
  }
}
