import type { DescMessage } from '@bufbuild/protobuf';

/** Far more than an agent has to say; decoding so many takes some 40 ms. */
const MAX_FIELDS = 100_000;

/**
 * Looks over a message before it is decoded: half a million empty things fit in a mebibyte, and to make objects of them
 * would hold up everyone else for a fifth of a second.
 *
 * Wire format: https://protobuf.dev/programming-guides/encoding/
 *
 * @throws RangeError when it has more fields, with those of the messages in it, than an agent has to say.
 *   What cannot be read is left to the decoder, which says what is wrong with it.
 */
export function assertBounded(desc: DescMessage, bytes: Uint8Array): void {
  new FieldCounter(bytes).count(desc, bytes.length);
}

const VARINT = 0;
const FIXED64 = 1;
const DELIMITED = 2;
const FIXED32 = 5;

class FieldCounter {
  readonly #bytes: Uint8Array;
  #at = 0;
  #fields = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Answers whether everything up to `end` could be read. */
  count(desc: DescMessage, end: number): boolean {
    const messages = messageFieldsOf(desc);
    while (this.#at < end) {
      if (++this.#fields > MAX_FIELDS) {
        throw new RangeError(`the agent sent a message of more than ${MAX_FIELDS} fields`);
      }
      const tag = this.#varint();
      const inner = messages.get(Math.floor(tag / 8));
      if (!this.#skip(tag % 8, inner, end)) return false;
    }
    return this.#at === end;
  }

  #skip(wireType: number, inner: DescMessage | undefined, end: number): boolean {
    switch (wireType) {
      case VARINT:
        this.#varint();
        return this.#at <= end;
      case FIXED64:
        this.#at += 8;
        return this.#at <= end;
      case FIXED32:
        this.#at += 4;
        return this.#at <= end;
      case DELIMITED: {
        const length = this.#varint();
        const innerEnd = this.#at + length;
        if (!(innerEnd <= end)) return false;
        if (inner) return this.count(inner, innerEnd);
        this.#at = innerEnd;
        return true;
      }
      default:
        return false;
    }
  }

  /** NaN at the end of the bytes. */
  #varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#bytes[this.#at++] ?? Number.NaN;
      value += (byte & 0x7f) * scale;
      if (!(byte >= 0x80)) return Number.isNaN(byte) ? Number.NaN : value;
    }
  }
}

const known = new WeakMap<DescMessage, ReadonlyMap<number, DescMessage>>();

/** The fields that hold messages, by number. An entry of a map counts as one field: its own two are small. */
function messageFieldsOf(desc: DescMessage): ReadonlyMap<number, DescMessage> {
  const found = known.get(desc);
  if (found) return found;
  const fields = new Map<number, DescMessage>();
  for (const field of desc.fields) {
    const message = field.fieldKind === 'message' || field.fieldKind === 'list' ? field.message : undefined;
    if (message) fields.set(field.number, message);
  }
  known.set(desc, fields);
  return fields;
}
