import { ProfileLimitError, ProfileSyntaxError } from '../errors.ts';
import type { Bytes } from '../model/profile.ts';
import { WIRE, WireCursor } from './wire-cursor.ts';

/** Told of every field of the outermost message: the cursor has moved to it and is valid during the call alone. */
type OnField = (cursor: WireCursor) => void;

/** A tag, and the length or the value behind it, are each at most ten bytes long. */
const LONGEST_HEAD = 20;
/** Longer than the message of any sample; a text as long as that is refused by its own limit. */
const LONGEST_FIELD: Bytes = 16 << 20;
const UNKNOWN = -1;

/** Cuts a protobuf message into its fields as it arrives, in chunks cut anywhere. Never holds more than one field. */
export class FieldScanner {
  readonly #onField: OnField;
  readonly #cursor = new WireCursor();
  /** A field that the end of a chunk cut, or what there is of it. */
  #pending = new Uint8Array(1 << 12);
  #pendingLength = 0;
  #consumedBytes: Bytes = 0;

  constructor(onField: OnField) {
    this.#onField = onField;
  }

  get consumedBytes(): Bytes {
    return this.#consumedBytes;
  }

  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#pendingLength > 0) {
        at = this.#complete(chunk, at);
        continue;
      }
      const length = this.#lengthOf(chunk, at, chunk.length, this.#consumedBytes);
      if (length === UNKNOWN || length > chunk.length - at) {
        this.#keep(chunk, at, chunk.length);
        break;
      }
      this.#tell(chunk, at, at + length, this.#consumedBytes);
      at += length;
    }
    this.#consumedBytes += chunk.length;
  }

  end(): void {
    if (this.#pendingLength > 0) throw new ProfileSyntaxError('the file ends too early', this.#consumedBytes);
  }

  /** Takes of the chunk what the pending field lacks. @returns the position behind it */
  #complete(chunk: Uint8Array, from: number): number {
    const offset = this.#consumedBytes + from - this.#pendingLength;
    const length = this.#lengthOf(this.#pending, 0, this.#pendingLength, offset);
    // While the head is not complete, byte by byte: it tells how much belongs to the field.
    const lacking = length === UNKNOWN ? 1 : length - this.#pendingLength;
    const to = Math.min(chunk.length, from + lacking);
    this.#keep(chunk, from, to);
    const isWhole = this.#lengthOf(this.#pending, 0, this.#pendingLength, offset) === this.#pendingLength;
    if (isWhole) {
      const whole = this.#pendingLength;
      this.#pendingLength = 0;
      this.#tell(this.#pending, 0, whole, offset);
    }
    return to;
  }

  #keep(chunk: Uint8Array, from: number, to: number): void {
    const needed = this.#pendingLength + to - from;
    if (needed > this.#pending.length) {
      this.#pending = new Uint8Array(
        this.#pending.buffer.transfer(Math.max(needed, this.#pending.length * 2)),
      );
    }
    this.#pending.set(chunk.subarray(from, to), this.#pendingLength);
    this.#pendingLength = needed;
  }

  /** Of the field that begins at `start`, its head included; `UNKNOWN` when its head is cut off. */
  #lengthOf(bytes: Uint8Array, start: number, end: number, offset: Bytes): number {
    const short = lengthOfShort(bytes, start, end);
    if (short !== UNKNOWN) return short;
    const headEnd = findHeadEnd(bytes, start, Math.min(end, start + LONGEST_HEAD));
    if (headEnd === UNKNOWN && end - start < LONGEST_HEAD) return UNKNOWN;
    const cursor = this.#cursor.over(bytes, start, Math.min(end, start + LONGEST_HEAD), offset);
    cursor.readNumber();
    const wireType = cursor.low & 7;
    if (wireType === WIRE.fixed64) return cursor.at - start + 8;
    if (wireType === WIRE.fixed32) return cursor.at - start + 4;
    if (wireType !== WIRE.number && wireType !== WIRE.bytes) cursor.fail('a field is of no known type');
    cursor.readNumber();
    if (wireType === WIRE.number) return cursor.at - start;
    if (cursor.unsigned > LONGEST_FIELD) throw new ProfileLimitError('bytes in one field', LONGEST_FIELD);
    return cursor.at - start + cursor.unsigned;
  }

  #tell(bytes: Uint8Array, start: number, end: number, offset: Bytes): void {
    if (this.#cursor.over(bytes, start, end, offset).next()) this.#onField(this.#cursor);
  }
}

/** Of nearly all fields: bytes of a field below 16, less than 16 KiB of them. `UNKNOWN` for any other. */
function lengthOfShort(bytes: Uint8Array, start: number, end: number): number {
  const tag = bytes[start] as number;
  if (tag >= 0x80 || (tag & 7) !== WIRE.bytes || start + 3 > end) return UNKNOWN;
  const low = bytes[start + 1] as number;
  if (low < 0x80) return low + 2;
  const high = bytes[start + 2] as number;
  return high < 0x80 ? (low & 0x7f) + (high << 7) + 3 : UNKNOWN;
}

/** Whether tag and length or value are complete: `UNKNOWN` when bytes are missing. */
function findHeadEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] as number) >= 0x80) at++;
  if (at >= end) return UNKNOWN;
  const wireType = (bytes[start] as number) & 7;
  at++;
  if (wireType !== WIRE.number && wireType !== WIRE.bytes) return at;
  while (at < end && (bytes[at] as number) >= 0x80) at++;
  return at >= end ? UNKNOWN : at + 1;
}
