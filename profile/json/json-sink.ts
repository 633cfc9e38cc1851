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
  number(value: number): void;
  literal(value: boolean | null): void;
  /**
   * Where a sink has it, all numbers in lists come through it and none through `number`: many at once, each with the byte of
   * the file at which it begins. A sink with a hundred million of them has no time for a call each.
   */
  numbers?(values: Float64Array, beginBytes: Float64Array, count: number): void;
}
