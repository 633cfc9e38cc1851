const SPACE = 0x20;
const TAB = 0x09;
const RETURN = 0x0d;
const DOT = 0x2e;
const MINUS = 0x2d;
const PLUS = 0x2b;
const LARGEST = Number.MAX_SAFE_INTEGER;

/** Why a line has no count that can be added up. */
export type CountFault = 'has no count at its end' | 'has a negative count' | 'has a count beyond 2^53';

/** One line of collapsed stacks, taken apart from its end: what stands last is the count, whatever a name looks like. */
export class StackLine {
  /** Where the stack ends. */
  end = 0;
  count = 0;
  isBlank = false;

  /** @returns what is wrong with it, if anything */
  read(bytes: Uint8Array, start: number, lineEnd: number): CountFault | undefined {
    const end = trimmed(bytes, start, lineEnd);
    this.isBlank = end === start;
    if (this.isBlank) return undefined;
    let digits = end;
    while (digits > start && isOfNumber(bytes[digits - 1] as number)) digits--;
    const count = toCount(bytes, digits, end);
    const isApart = digits > start && isSpace(bytes[digits - 1] as number);
    if (Number.isNaN(count) || !isApart) return 'has no count at its end';
    if (count < 0) return 'has a negative count';
    if (count > LARGEST) return 'has a count beyond 2^53';
    this.count = count;
    this.end = trimmed(bytes, start, digits);
    return undefined;
  }
}

function trimmed(bytes: Uint8Array, start: number, from: number): number {
  let end = from;
  while (end > start && isSpace(bytes[end - 1] as number)) end--;
  return end;
}

function isSpace(byte: number): boolean {
  return byte === SPACE || byte === TAB || byte === RETURN;
}

/** Digits, and what a number in scientific notation has besides. */
function isOfNumber(byte: number): boolean {
  const isDigit = byte >= 0x30 && byte <= 0x39;
  return isDigit || byte === DOT || byte === MINUS || byte === PLUS || (byte | 0x20) === 0x65;
}

/** NaN for what is no number. Nearly all are short and whole; the others go the slow way. */
function toCount(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  if (end - start <= 15 && end > start) {
    let at = start;
    while (at < end && (bytes[at] as number) >= 0x30 && (bytes[at] as number) <= 0x39)
      count = count * 10 + (bytes[at++] as number) - 0x30;
    if (at === end) return count;
  }
  if (end === start || end - start > 400) return Number.NaN;
  const text = String.fromCharCode(...bytes.subarray(start, end));
  return /^-?\d+(\.\d*)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}
