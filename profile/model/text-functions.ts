import { ByteStringTable } from './byte-string-table.ts';
import { type FunctionRows, internRoot, toFunctionTable } from './function-rows.ts';
import type { Bytes, FunctionTable, IndexIntoFunctionTable } from './profile.ts';
import { TupleTable } from './tuple-table.ts';

/** Functions that a file names by texts and places; each is kept once. */
export class TextFunctions {
  readonly strings: ByteStringTable;
  readonly rows: FunctionRows = new TupleTable(4);
  readonly #encoder = new TextEncoder();

  constructor(maxStringTableBytes: Bytes) {
    this.strings = new ByteStringTable(maxStringTableBytes);
  }

  /** The function that stands above all stacks. */
  root(): IndexIntoFunctionTable {
    return internRoot(this.strings, this.rows);
  }

  /** @param line counted from 1, 0 when not known; as is the column */
  intern(name: string, url = '', line = 0, column = 0): IndexIntoFunctionTable {
    return this.rows.intern(this.#string(name), this.#string(url), line, column);
  }

  finish(): { strings: string[]; functions: FunctionTable } {
    const strings = this.strings.toStrings();
    return { strings, functions: toFunctionTable(this.rows, strings) };
  }

  #string(text: string): number {
    const bytes = this.#encoder.encode(text);
    return this.strings.intern(bytes, 0, bytes.length);
  }
}
