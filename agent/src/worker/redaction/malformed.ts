/** What was read is not a heap snapshot. `index` is a place in the chunk that was being read. */
export class Malformed extends Error {
  readonly index: number;

  constructor(index: number, what: string) {
    super(what);
    this.index = index;
  }
}

/** A part of the file that is read in chunks cut anywhere. */
export interface Section {
  /** True once its last byte was read. */
  readonly isDone: boolean;
  /**
   * Reads on from an index of the chunk. Returns the index behind what it has read: the chunk's length, or less when the
   * section ends within it.
   *
   * @throws {Malformed}
   */
  read(bytes: Uint8Array, from: number): number;
}

export const ascii = {
  tab: 0x09,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  space: 0x20,
  quote: 0x22,
  comma: 0x2c,
  minus: 0x2d,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  u: 0x75,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

export function isWhitespace(byte: number): boolean {
  return (
    byte === ascii.space || byte === ascii.lineFeed || byte === ascii.carriageReturn || byte === ascii.tab
  );
}
