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
  /** @param beginByte where in the file it begins; told only of what comes in lists to a sink that has `numbers` */
  number(value: number, beginByte?: number): void;
  literal(value: boolean | null): void;
  /**
   * Where a sink has it, numbers in lists come through it, many at once: one with a hundred million of them has no time for a call
   * each. Only what is no whole number of 32 bits comes through `number`, in its turn.
   *
   * @param begins where each begins, counted from `chunkByte`, a byte of the file
   */
  numbers?(values: Uint32Array, begins: Int32Array, count: number, chunkByte: number): void;
}
