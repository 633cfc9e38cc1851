const COMMA = 0x2c;
const LINE_END = 0x0a;
/** Exclusive or with it makes of a digit its value and of every other byte more than 9. */
const ZERO = 0x30;
/** What 32 bits hold, whatever the digits. */
const MAX_DIGITS = 9;
/** A number of so many digits, a line's end and a comma. */
const MAX_FIELD_BYTES = 12;

/** How many rows are read in one go: what is called often is compiled better than what loops for long. */
export const ROWS_AT_ONCE = 1 << 12;

/** How far from its end a chunk holds whole rows. */
export function bytesOfRow(fields: number): number {
  return fields * MAX_FIELD_BYTES;
}

/**
 * Reads a number as V8 writes rows: digits and a comma, in older versions with the end of a line between them. Nine of ten bytes of a
 * snapshot are such numbers.
 *
 * @param values gets the number
 * @returns where the next one begins; `from` when anything else stands there, or may
 */
function readPlainNumber(chunk: Uint8Array, from: number, values: Uint32Array, field: number): number {
  let at = from + 1;
  let value = (chunk[from] as number) ^ ZERO;
  let digit = (chunk[at] as number) ^ ZERO;
  if (value > 9 || (value === 0 && digit <= 9)) return from;
  while (digit <= 9) {
    value = (Math.imul(value, 10) + digit) | 0;
    digit = (chunk[++at] as number) ^ ZERO;
  }
  if (at - from > MAX_DIGITS) return from;
  if (digit !== (COMMA ^ ZERO) && (digit !== (LINE_END ^ ZERO) || chunk[++at] !== COMMA)) return from;
  values[field] = value;
  return at + 1;
}

/** The same for all numbers of a row. */
export function readPlainRow(chunk: Uint8Array, from: number, values: Uint32Array): number {
  let at = from;
  for (let field = 0; field < values.length; field++) {
    const next = readPlainNumber(chunk, at, values, field);
    if (next === at) return from;
    at = next;
  }
  return at;
}

/**
 * The same for a row of three, the first of one digit: so all versions of V8 write edges, which are half of a snapshot. Without a loop
 * over numbers and a call for each it takes a fifth less.
 */
export function readPlainEdge(chunk: Uint8Array, from: number, values: Uint32Array): number {
  const type = (chunk[from] as number) ^ ZERO;
  if (type > 9 || chunk[from + 1] !== COMMA) return from;
  const second = from + 2;
  let name = (chunk[second] as number) ^ ZERO;
  let at = second + 1;
  let digit = (chunk[at] as number) ^ ZERO;
  if (name > 9 || (name === 0 && digit <= 9)) return from;
  while (digit <= 9) {
    name = (Math.imul(name, 10) + digit) | 0;
    digit = (chunk[++at] as number) ^ ZERO;
  }
  if (digit !== (COMMA ^ ZERO) || at - second > MAX_DIGITS) return from;
  const third = at + 1;
  let to = (chunk[third] as number) ^ ZERO;
  at = third + 1;
  digit = (chunk[at] as number) ^ ZERO;
  if (to > 9 || (to === 0 && digit <= 9)) return from;
  while (digit <= 9) {
    to = (Math.imul(to, 10) + digit) | 0;
    digit = (chunk[++at] as number) ^ ZERO;
  }
  if (at - third > MAX_DIGITS) return from;
  if (digit !== (COMMA ^ ZERO) && (digit !== (LINE_END ^ ZERO) || chunk[++at] !== COMMA)) return from;
  values[0] = type;
  values[1] = name;
  values[2] = to;
  return at + 1;
}

/** Where in a plain row that begins at `from` a field begins. */
export function beginOfField(chunk: Uint8Array, from: number, field: number): number {
  let at = from;
  for (let left = field; left > 0; left--) at = chunk.indexOf(COMMA, at) + 1;
  return at;
}
