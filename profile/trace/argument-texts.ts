import { ByteStringTable } from '../model/byte-string-table.ts';
import type { ArgumentWriter } from './argument-writer.ts';
import { type ArgumentTable, NO_ARGUMENTS } from './trace.ts';

/** Keeps what is said of spans, equal ones once, up to a limit. */
export class ArgumentTexts {
  readonly #table: ByteStringTable;
  readonly #maxBytes: number;
  #mostBytes = 0;
  #leftOutCount = 0;

  constructor(maxBytes: number) {
    this.#table = new ByteStringTable(maxBytes);
    this.#maxBytes = maxBytes;
  }

  /** @returns the row, or `NO_ARGUMENTS` where nothing is said or too much was said before */
  keep({ bytes, length }: ArgumentWriter): number {
    if (length === 0) return NO_ARGUMENTS;
    if (this.#mostBytes + length > this.#maxBytes) {
      this.#leftOutCount += 1;
      return NO_ARGUMENTS;
    }
    const before = this.#table.length;
    const row = this.#table.intern(bytes, 0, length);
    if (row === before) this.#mostBytes += length;
    return row;
  }

  finish(): ArgumentTable {
    return { ...this.#table.toBytes(), leftOutCount: this.#leftOutCount };
  }
}

/** What is said in a row, as keys with values, in the order of the file. */
export function readArguments({ bytes, ends }: ArgumentTable, row: number): [key: string, value: string][] {
  if (row < 0 || row >= ends.length) return [];
  const from = row === 0 ? 0 : (ends[row - 1] as number);
  const texts = new TextDecoder().decode(bytes.subarray(from, ends[row])).split('\0');
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < texts.length; at += 2) pairs.push([texts[at] as string, texts[at + 1] as string]);
  return pairs;
}
