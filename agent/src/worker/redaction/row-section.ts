import type { BitSet } from './bit-set.ts';
import { ascii, isWhitespace, Malformed, type Section } from './malformed.ts';
import { columnRole, nameUse, type RowLayout } from './snapshot-layout.ts';

/** Largest whole number that is exact, in digits. */
const mostDigits = 16;
/** In place of the count of digits when the number is over and its comma has not come yet. */
const numberEnded = 2 ** 30;
const notOneNumber = 'this is not one number';
/** As far from the digits as the loop sees it. */
const comma = ascii.comma - ascii.zero;

/** What rows tell of strings and nodes. */
export interface Findings {
  /** Indices of strings that are names. */
  names: BitSet;
  /** Halves of the ids of nodes whose `name` is a content: V8 counts ids in steps of two. */
  contentIds: BitSet;
  /** The greatest index of a string that anything names. */
  greatestString: number;
}

/** An array of whole numbers, so many a row: nodes, edges, functions. */
export class RowSection implements Section {
  readonly #roles: Uint8Array;
  readonly #uses: Uint8Array;
  readonly #findings: Findings;
  #isOpen = false;
  isDone = false;
  rows = 0;
  // What is known of the row and the number that a chunk ended in.
  #column = 0;
  #digits = 0;
  #value = 0;
  #type = 0;
  #name = 0;
  #secondName = -1;
  #id = -1;

  constructor(layout: RowLayout, findings: Findings) {
    this.#roles = Uint8Array.from(layout.roles);
    this.#uses = Uint8Array.from(layout.uses);
    this.#findings = findings;
  }

  /** One loop over most bytes of the file, with its state in locals. */
  read(bytes: Uint8Array, from: number): number {
    let at = this.#isOpen ? from : this.#opened(bytes, from);
    const roles = this.#roles;
    const end = bytes.length;
    let column = this.#column;
    let digits = this.#digits;
    let value = this.#value;
    for (; at < end; at++) {
      const digit = (bytes[at] as number) - ascii.zero;
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        digits += 1;
      } else if (digit === comma && digits > 0) {
        if (digits > mostDigits && digits !== numberEnded) throw new Malformed(at, notOneNumber);
        const role = roles[column] as number;
        if (role !== columnRole.other) this.#take(role, value);
        column += 1;
        if (column === roles.length) {
          column = 0;
          this.#endRow(at);
        }
        digits = 0;
        value = 0;
      } else if (isWhitespace(digit + ascii.zero)) {
        if (digits > 0 && digits <= mostDigits) digits = numberEnded;
      } else {
        this.#column = column;
        this.#end(bytes, at, digits, value);
        return at + 1;
      }
    }
    this.#column = column;
    this.#digits = digits;
    this.#value = value;
    return at;
  }

  /** Reads up to behind the opening bracket. */
  #opened(bytes: Uint8Array, from: number): number {
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === ascii.openBracket) {
        this.#isOpen = true;
        return at + 1;
      }
      if (!isWhitespace(byte)) throw new Malformed(at, 'an array belongs here');
    }
    return bytes.length;
  }

  #end(bytes: Uint8Array, at: number, digits: number, value: number): void {
    if (bytes[at] !== ascii.closeBracket) throw new Malformed(at, 'only whole numbers belong here');
    this.isDone = true;
    if (this.rows === 0 && this.#column === 0 && digits === 0) return;
    if (digits === 0 || (digits > mostDigits && digits !== numberEnded))
      throw new Malformed(at, notOneNumber);
    this.#take(this.#roles[this.#column], value);
    if (this.#column + 1 !== this.#roles.length) throw new Malformed(at, 'the last row is not whole');
    this.#endRow(at);
  }

  #take(role: number | undefined, value: number): void {
    if (role === columnRole.type) this.#type = value;
    else if (role === columnRole.name) this.#name = value;
    else if (role === columnRole.id) this.#id = value;
    else if (role === columnRole.secondName) this.#secondName = value;
  }

  #endRow(at: number): void {
    this.rows += 1;
    const use = this.#uses[this.#type];
    if (use === undefined) throw new Malformed(at, `there is no type ${this.#type}`);
    if (use === nameUse.none) return;
    this.#mark(this.#name, use, at);
    if (this.#secondName >= 0) this.#mark(this.#secondName, use, at);
  }

  #mark(name: number, use: number, at: number): void {
    const findings = this.#findings;
    if (name > findings.greatestString) findings.greatestString = name;
    if (use === nameUse.name) {
      if (!findings.names.add(name)) throw new Malformed(at, `no snapshot has a string ${name}`);
    } else if (this.#id >= 0) {
      // Too large to be held is taken for a content by whoever asks.
      findings.contentIds.add(Math.floor(this.#id / 2));
    }
  }
}
