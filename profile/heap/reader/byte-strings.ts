import type { HeapStrings } from '../model/heap-graph.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of bytes as a snapshot has them. */
export function decodeText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** Strings of a snapshot as the bytes that they are. */
export class ByteStrings implements HeapStrings {
  readonly bytes: Uint8Array;
  readonly start: Uint32Array;

  constructor(bytes: Uint8Array, start: Uint32Array) {
    this.bytes = bytes;
    this.start = start;
  }

  get length(): number {
    return this.start.length - 1;
  }

  text(index: number): string {
    if (!(index >= 0 && index < this.length)) throw new RangeError(`There is no string ${index}.`);
    return decodeText(this.bytes.subarray(this.start[index], this.start[index + 1]));
  }
}
