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
}
