import type { HeapStrings } from '../model/heap-graph.ts';

const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const LINE_END = 0x0a;
const RETURN = 0x0d;
const BEGIN_OF_SEPARATOR = 0xe2;
const CLOSE = 0x29;

/** Longer names are contents of strings. */
const MAX_NAME_BYTES = 1 << 14;

const ascii = (text: string) => new TextEncoder().encode(text);
const ID = ascii(' @');
const KEY = ascii(' / part of key (');
const VALUE = ascii(') -> value (');
const TABLE = ascii(') pair in WeakMap (table @');

/**
 * The id of the table in the name that V8 gives both edges to a value in a WeakMap, the one from its key and the one from the map's
 * table: `7 / part of key (Key @1) -> value (Value @3) pair in WeakMap (table @5)`. Undefined for any other name. Reads bytes, as a heap
 * may have millions of such names; what stands for the two objects has no end of a line, as in Chrome DevTools.
 */
export function tableInName(bytes: Uint8Array, begin: number, end: number): number | undefined {
  const key = afterDigits(bytes, begin, end);
  if (key === begin || !standsAt(bytes, key, KEY) || bytes[end - 1] !== CLOSE) return undefined;
  const tableId = beforeDigits(bytes, end - 1, begin);
  const value = tableId - TABLE.length;
  if (tableId === end - 1 || value < key || !standsAt(bytes, value, TABLE)) return undefined;
  const valueEnd = beginOfId(bytes, value, key + KEY.length);
  if (valueEnd === undefined || !hasTwoParts(bytes, key + KEY.length, valueEnd)) return undefined;
  return numberIn(bytes, tableId, end - 1);
}

type Names = Pick<HeapStrings, 'bytes' | 'start'>;

/** The id that stands where such a name would have that of its table, whether it is one or not; undefined where there is none. */
export function idAtEnd({ bytes, start }: Names, name: number): number | undefined {
  const [begin, end] = [start[name] as number, start[name + 1] as number];
  if (end === begin || !isDigit(bytes[begin]) || bytes[end - 1] !== CLOSE) return undefined;
  const digits = beforeDigits(bytes, end - 1, begin);
  return digits === end - 1 ? undefined : numberIn(bytes, digits, end - 1);
}

/** The same as `tableInName` of a string of a heap. */
export function tableOfName({ bytes, start }: Names, name: number): number | undefined {
  const [begin, end] = [start[name] as number, start[name + 1] as number];
  return end - begin > MAX_NAME_BYTES ? undefined : tableInName(bytes, begin, end);
}

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= DIGIT_0 && byte <= DIGIT_9;
}

/** Whether a key with its id and a value stand there, all in one line. */
function hasTwoParts(bytes: Uint8Array, begin: number, end: number): boolean {
  let isFound = false;
  for (let at = begin; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === LINE_END || byte === RETURN || (byte === BEGIN_OF_SEPARATOR && isSeparator(bytes, at)))
      return false;
    if (byte !== CLOSE || isFound) continue;
    isFound =
      at + VALUE.length <= end && standsAt(bytes, at, VALUE) && beginOfId(bytes, at, begin) !== undefined;
  }
  return isFound;
}

/** Where an id with what stands before it begins that ends before `end`, no earlier than `from`. */
function beginOfId(bytes: Uint8Array, end: number, from: number): number | undefined {
  const digits = beforeDigits(bytes, end, from);
  const begin = digits - ID.length;
  return digits < end && begin >= from && standsAt(bytes, begin, ID) ? begin : undefined;
}

function numberIn(bytes: Uint8Array, begin: number, end: number): number {
  let number = 0;
  for (let at = begin; at < end; at++) number = number * 10 + (bytes[at] as number) - DIGIT_0;
  return number;
}

function afterDigits(bytes: Uint8Array, begin: number, end: number): number {
  let at = begin;
  while (at < end && isDigit(bytes[at])) at++;
  return at;
}

function beforeDigits(bytes: Uint8Array, end: number, begin: number): number {
  let at = end;
  while (at > begin && isDigit(bytes[at - 1])) at--;
  return at;
}

function standsAt(bytes: Uint8Array, begin: number, text: Uint8Array): boolean {
  for (let at = 0; at < text.length; at++) if (bytes[begin + at] !== text[at]) return false;
  return true;
}

/** U+2028 or U+2029, in UTF-8. */
function isSeparator(bytes: Uint8Array, at: number): boolean {
  return bytes[at + 1] === 0x80 && (bytes[at + 2] === 0xa8 || bytes[at + 2] === 0xa9);
}
