import { ProfileLimitError } from '../errors.ts';
import type { ProfileLimits } from '../model/profile.ts';
import { NO_STACK, type RawPprof } from './raw-pprof.ts';
import type { WireCursor } from './wire-cursor.ts';

/** Ids of so many bytes fit 28 bits; longer ones are read number by number. */
const LONGEST_SHORT_ID = 4;

/**
 * Puts the stacks of samples into a tree that grows by what is new of each. The leaf comes first, so what a stack shares with
 * the one before, mostly nearly all of it, are its last bytes: only those before them are read at all.
 */
export class SharedStacks {
  readonly #raw: RawPprof;
  readonly #limits: ProfileLimits;
  /** The packed ids of the sample before, from their last byte to their first. */
  #lastBytes = new Uint8Array(1 << 10);
  #lastView = new DataView(this.#lastBytes.buffer);
  #lastBytesLength = 0;
  /** Where an id begins in these bytes, the depth of its frame. */
  #depthAtByte = new Int32Array(this.#lastBytes.length);
  /** The bytes of the file that were looked at last, mostly those of a whole chunk. */
  #viewed: Uint8Array | undefined;
  #view: DataView = this.#lastView;
  /** By depth, from the outermost caller on: the row of the location, and of the stack that it is the leaf of. */
  #locations = new Int32Array(1 << 7);
  #rows = new Int32Array(1 << 7);
  #depth = 0;
  /** Frames that stand in `rows` already. */
  #known = 0;
  /** Rows of locations, the leaf first, of a stack whose ids come in any other way than packed, once, and short. */
  readonly #numbers: number[] = [];
  #hasIds = false;

  constructor(raw: RawPprof, limits: ProfileLimits) {
    this.#raw = raw;
    this.#limits = limits;
  }

  begin(): void {
    this.#hasIds = false;
    if (this.#numbers.length > 0) this.#numbers.length = 0;
  }

  /** One more caller. */
  add(id: WireCursor): void {
    this.#unpack();
    this.#addNumber(id);
  }

  /** More callers, all or some of the stack. */
  addPacked(ids: WireCursor): void {
    if (ids.isDone) return;
    if (!this.#hasIds && this.#numbers.length === 0 && this.#readPacked(ids)) {
      this.#hasIds = true;
      return;
    }
    this.#unpack();
    while (!ids.isDone) {
      ids.readNumber();
      this.#addNumber(ids);
    }
  }

  /** @returns the row of the sample's stack */
  end(): number {
    if (this.#numbers.length > 0) this.#takeNumbers();
    else if (!this.#hasIds) return NO_STACK;
    const { stacks } = this.#raw;
    const { maxNodes } = this.#limits;
    const rows = this.#rows;
    const locations = this.#locations;
    let row = this.#known === 0 ? NO_STACK : (rows[this.#known - 1] as number);
    for (let depth = this.#known; depth < this.#depth; depth++) {
      row = stacks.rowOf(row, locations[depth] as number);
      rows[depth] = row;
    }
    this.#known = this.#depth;
    if (stacks.length > maxNodes) throw new ProfileLimitError('nodes', maxNodes);
    return row;
  }

  /** False when they are not all short and whole; nothing is shared with the stack before then. */
  #readPacked({ bytes, at: start, end }: WireCursor): boolean {
    const length = end - start;
    if (length > this.#lastBytes.length) this.#reserveBytes(length);
    const same = this.#sharedBytes(bytes, end, Math.min(length, this.#lastBytesLength), length);
    const depth = same === this.#lastBytesLength ? this.#depth : (this.#depthAtByte[same] as number);
    this.#known = same === 0 ? 0 : Math.min(this.#known, depth);
    this.#lastBytesLength = 0;
    if (!this.#readRest(bytes, start, end, same, same === 0 ? 0 : depth)) {
      this.#known = 0;
      return false;
    }
    this.#lastBytesLength = length;
    return true;
  }

  /** How many bytes at the end, of whole ids alone, are those of the stack before. */
  #sharedBytes(bytes: Uint8Array, end: number, common: number, length: number): number {
    const last = this.#lastBytes;
    if (bytes !== this.#viewed) {
      this.#viewed = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    const view = this.#view;
    const lastView = this.#lastView;
    let same = 0;
    // Four at a time: what was read forwards with its last byte lowest, and what is kept backwards with its first.
    while (same + 4 <= common && view.getInt32(end - same - 4) === lastView.getInt32(same, true)) same += 4;
    while (same < common && bytes[end - 1 - same] === last[same]) same++;
    const isCut =
      (same < length && (bytes[end - 1 - same] as number) >= 0x80) ||
      (same < this.#lastBytesLength && (last[same] as number) >= 0x80);
    // Backwards, an id begins with its one byte below 0x80.
    if (isCut && same > 0)
      do same--;
      while (same > 0 && (last[same] as number) >= 0x80);
    return same;
  }

  #readRest(bytes: Uint8Array, start: number, end: number, same: number, sharedDepth: number): boolean {
    const last = this.#lastBytes;
    const depthAtByte = this.#depthAtByte;
    const { locationIds } = this.#raw;
    const { maxDepth } = this.#limits;
    let depth = sharedDepth;
    let at = same;
    let from = end - 1 - same;
    while (from >= start) {
      let id = bytes[from] as number;
      if (id >= 0x80) return false;
      depthAtByte[at] = depth;
      last[at++] = id;
      from--;
      for (let idBytes = 1; from >= start; from--) {
        const byte = bytes[from] as number;
        if (byte < 0x80) break;
        if (++idBytes > LONGEST_SHORT_ID) return false;
        id = (id << 7) | (byte & 0x7f);
        last[at++] = byte;
      }
      if (depth >= maxDepth) throw new ProfileLimitError('frames in one stack', maxDepth);
      if (depth === this.#locations.length) this.#deepen();
      this.#locations[depth++] = locationIds.rowOf(id, 0);
    }
    this.#depth = depth;
    return true;
  }

  /** From here on the stack is read number by number. */
  #unpack(): void {
    if (!this.#hasIds) return;
    this.#hasIds = false;
    for (let depth = this.#depth - 1; depth >= 0; depth--)
      this.#numbers.push(this.#locations[depth] as number);
  }

  #addNumber({ low, high }: WireCursor): void {
    const { maxDepth } = this.#limits;
    if (this.#numbers.length >= maxDepth) throw new ProfileLimitError('frames in one stack', maxDepth);
    this.#numbers.push(this.#raw.locationIds.rowOf(low, high));
  }

  #takeNumbers(): void {
    const stack = this.#numbers.reverse();
    while (this.#locations.length < stack.length) this.#deepen();
    let shared = 0;
    while (shared < this.#known && shared < stack.length && stack[shared] === this.#locations[shared])
      shared++;
    this.#known = shared;
    this.#locations.set(stack);
    this.#depth = stack.length;
    // The bytes of the next one have nothing to be compared with.
    this.#lastBytesLength = 0;
  }

  #deepen(): void {
    this.#locations = new Int32Array(this.#locations.buffer.transfer(this.#locations.byteLength * 2));
    this.#rows = new Int32Array(this.#rows.buffer.transfer(this.#rows.byteLength * 2));
  }

  #reserveBytes(needed: number): void {
    const length = Math.max(needed, this.#lastBytes.length * 2);
    this.#lastBytes = new Uint8Array(this.#lastBytes.buffer.transfer(length));
    this.#lastView = new DataView(this.#lastBytes.buffer);
    this.#depthAtByte = new Int32Array(
      this.#depthAtByte.buffer.transfer(length * Int32Array.BYTES_PER_ELEMENT),
    );
  }
}
