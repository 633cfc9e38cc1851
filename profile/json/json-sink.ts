import type { Bytes } from '../model/profile.ts';

/**
 * What a tokenizer tells its reader, in the order of the file. Strings arrive as bytes, already unescaped, and are valid
 * only during the call: most are names seen before, so making a JavaScript string of each would be the greatest cost.
 */
export interface JsonSink {
  /** False: the value that follows is checked, but not reported. */
  key(bytes: Uint8Array, start: number, end: number): boolean;
  beginObject(): void;
  endObject(): void;
  beginArray(): void;
  endArray(): void;
  string(bytes: Uint8Array, start: number, end: number): void;
  /** @param beginByte where in the file it begins */
  number(value: number, beginByte: Bytes): void;
  literal(value: boolean | null): void;
  /**
   * Where a sink has it, what comes next in a list is offered to it as bytes: one with a hundred million numbers has no time for a
   * call each. It takes only whole values that it knows to be right JSON, each with the comma after it; all else comes as usual.
   *
   * @param from where a number or a text begins
   * @param chunkByte where in the file the chunk begins
   * @returns where the first value begins that was not taken, behind a comma; `from` where none was
   */
  takeAhead?(chunk: Uint8Array, from: number, chunkByte: Bytes): number;
}
