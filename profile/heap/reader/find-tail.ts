import type { Bytes } from '../../model/profile.ts';
import { PlainRows } from './plain-rows/plain-rows.ts';
import type { SnapshotHead } from './snapshot-head.ts';
import type { TailPlace } from './snapshot-tail.ts';

const COMMA = 0x2c;
/** So many rows that numbers of something else would not all look like edges. */
const WINDOW_BYTES = 1 << 13;
const FEWEST_ROWS = 50;
/** Where edges are likely, in shares of the file. */
const LIKELY = [0.6, 0.4, 0.75, 0.25, 0.5, 0.85, 0.15];
/** How exactly the ends of `edges` are looked for. */
const ENOUGH_BYTES = 1 << 18;
/** What a byte takes, by what one of edges does, as measured: each is put into columns of its own. */
const TIME_OF_NODES = 1.4;
const TIME_OF_STRINGS = 2;
/** These rows are counted first. */
const TIME_OF_EDGES_BEHIND = 1.2;

/** A file of which any part can be looked at. */
export interface ReadableFile {
  readonly fileBytes: Bytes;
  /** How much is read of it before anybody begins with its end: none where undefined. */
  readonly aheadBytes?: Bytes;
  /** Fewer bytes only where the file ends. */
  read(fromByte: Bytes, length: Bytes): Uint8Array;
}

/**
 * Chooses a row of `edges` from which the rest of a file takes about as long to read as what stands before. The bytes around are all
 * that is looked at, so the row may turn out to be none: see `HeapSnapshotReader.join`.
 *
 * @returns undefined where there is none, as in a file that is written in another order
 */
export function findTail(head: SnapshotHead, file: ReadableFile): TailPlace | undefined {
  const { fileBytes, aheadBytes = 0 } = file;
  const rowAt = (byte: Bytes) => findRow(head, file, byte);
  const within = LIKELY.map((share) => Math.floor(share * fileBytes)).find((byte) => rowAt(byte) >= 0);
  if (within === undefined) return undefined;
  const edgesFrom = lastByte(0, within, (byte) => rowAt(byte) < 0);
  const edgesTo = lastByte(within, fileBytes, (byte) => rowAt(byte) >= 0);
  const before = aheadBytes - edgesFrom * (TIME_OF_NODES - 1);
  const behind = edgesTo * TIME_OF_EDGES_BEHIND + (fileBytes - edgesTo) * TIME_OF_STRINGS;
  const middle = Math.floor((before + behind) / (1 + TIME_OF_EDGES_BEHIND));
  const beginByte = rowAt(Math.min(Math.max(middle, edgesFrom + ENOUGH_BYTES), edgesTo - ENOUGH_BYTES));
  if (beginByte < 0) return undefined;
  return { head, beginByte, fileBytes };
}

/** The last byte, about, of which something is true that is true of all before it; it is so of `from`. */
function lastByte(from: Bytes, to: Bytes, isTrue: (byte: Bytes) => boolean): Bytes {
  let [low, high] = [from, to];
  while (high - low > ENOUGH_BYTES) {
    const middle = Math.floor((low + high) / 2);
    if (isTrue(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** Where behind a byte a row begins; -1 where there are no edges as V8 writes them. */
function findRow(head: SnapshotHead, file: ReadableFile, byte: Bytes): Bytes {
  const window = file.read(byte, WINDOW_BYTES);
  let at = window.indexOf(COMMA) + 1;
  for (let left = head.edges.fields; left > 0 && at > 0; left--) {
    if (areEdges(head, window, at)) return byte + at;
    at = window.indexOf(COMMA, at) + 1;
  }
  return -1;
}

/** Whether rows of edges stand from there to the end of what is looked at. */
function areEdges({ nodes, edges }: SnapshotHead, window: Uint8Array, from: number): boolean {
  const plain = PlainRows.shared;
  if (plain === undefined) return false;
  const { fields } = edges;
  let rows = 0;
  for (let at = from; ; ) {
    const count = Math.floor(plain.read(window, at) / fields);
    // The last one is cut off.
    if (count === 0) return at > window.length - fields * LONGEST_NUMBER && rows >= FEWEST_ROWS;
    if (plain.edges(count, edges, nodes.fields).type.length < count) return false;
    rows += count;
    at += plain.beginOf(count * fields);
  }
}

/** With what stands behind it. */
const LONGEST_NUMBER = 12;
