import type { ByteStringTable } from './byte-string-table.ts';
import { toPosition } from './position.ts';
import type { IndexIntoFunctionTable } from './profile.ts';
import type { TupleTable } from './tuple-table.ts';

/** The fields of a `Runtime.CallFrame` that are read; they are meant by their position here. */
export const CALL_FRAME_KEYS = ['functionName', 'url', 'lineNumber', 'columnNumber'] as const;

const NOT_SEEN = -1;
const NO_BYTES = new Uint8Array(0);

/**
 * One call frame of a file of V8's while it is read
 * (https://chromedevtools.github.io/devtools-protocol/v8/Runtime/#type-CallFrame).
 */
export class CallFrameFields {
  readonly #strings: ByteStringTable;
  readonly #functions: TupleTable;
  #name = NOT_SEEN;
  #url = NOT_SEEN;
  #line = 0;
  #column = 0;

  constructor(strings: ByteStringTable, functions: TupleTable) {
    this.#strings = strings;
    this.#functions = functions;
  }

  begin(): void {
    this.#name = NOT_SEEN;
    this.#url = NOT_SEEN;
    this.#line = 0;
    this.#column = 0;
  }

  /** False when the field is no text. */
  text(key: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (key > 1) return false;
    const text = this.#strings.intern(bytes, start, end);
    if (key === 0) this.#name = text;
    else this.#url = text;
    return true;
  }

  /** False when the field is no number. */
  number(key: number, value: number): boolean {
    if (key === 2) this.#line = toPosition(value);
    else if (key === 3) this.#column = toPosition(value);
    else return false;
    return true;
  }

  /** The function that it names; undefined when it names none. */
  toFunction(): IndexIntoFunctionTable | undefined {
    if (this.#name === NOT_SEEN) return undefined;
    const url = this.#url === NOT_SEEN ? this.#strings.intern(NO_BYTES, 0, 0) : this.#url;
    return this.#functions.intern(this.#name, url, this.#line, this.#column);
  }
}
