import type { FunctionTable, IndexIntoStringTable, Profile } from '../model/profile.ts';
import { TupleTable } from '../model/tuple-table.ts';

/** Kinds stand beside urls in one number, for which there is room: a file has not that many names. */
const KINDS = 16;

/** The functions of several profiles in one table: equal ones are one row. Those of the first keep their rows. */
export class FunctionUnion {
  readonly #numbers = new Map<string, IndexIntoStringTable>();
  readonly #strings: string[] = [];
  /** (name, url and kind, line, column) */
  readonly #rows = new TupleTable(4);

  /** From the profile's functions to those of the union. */
  add({ strings, functions }: Pick<Profile, 'strings' | 'functions'>): Uint32Array {
    const texts = strings.map((text) => this.text(text));
    const rowOf = new Uint32Array(functions.length);
    for (let func = 0; func < functions.length; func++) {
      const url = texts[functions.url[func] as number] as number;
      rowOf[func] = this.#rows.intern(
        texts[functions.name[func] as number] as number,
        url * KINDS + (functions.kind[func] as number),
        functions.line[func] as number,
        functions.column[func] as number,
      );
    }
    return rowOf;
  }

  /** The number of a text in the union's strings. */
  text(text: string): IndexIntoStringTable {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#strings.length;
      this.#numbers.set(text, number);
      this.#strings.push(text);
    }
    return number;
  }

  finish(): Pick<Profile, 'strings' | 'functions'> {
    const rows = this.#rows;
    const urlAndKind = rows.column(1);
    const functions: FunctionTable = {
      length: rows.length,
      name: rows.column(0),
      url: urlAndKind.map((both) => Math.floor(both / KINDS)),
      line: rows.column(2),
      column: rows.column(3),
      kind: Uint8Array.from(urlAndKind, (both) => both % KINDS),
    };
    return { strings: this.#strings, functions };
  }
}
