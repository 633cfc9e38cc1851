import { PROFILE } from '../pprof/pprof-fields.ts';

const VARINT = 0;
const LENGTH_DELIMITED = 2;
/** The fields of a `ValueType`, both numbers. */
const TYPE_TAG = 0x08;
const UNIT_TAG = 0x10;

const MESSAGES: readonly number[] = [
  PROFILE.sampleType,
  PROFILE.sample,
  PROFILE.mapping,
  PROFILE.location,
  PROFILE.function,
  PROFILE.stringTable,
  PROFILE.periodType,
];
const LAST_FIELD = 15;

/**
 * Whether bytes begin like profile.proto: fields that it has, of the types that they have there. Other files of protobuf have
 * messages of their own as field 1, where pprof has two numbers.
 */
export function isPprof(beginning: Uint8Array): boolean {
  let at = 0;
  while (at < beginning.length) {
    const tag = beginning[at] as number;
    const field = tag >> 3;
    const wireType = tag & 7;
    if (field < 1 || field > LAST_FIELD) return false;
    const value = readVarint(beginning, at + 1);
    if (value === undefined) return at > 0;
    at = value.after;
    if (wireType === VARINT && !MESSAGES.includes(field)) continue;
    if (wireType !== LENGTH_DELIMITED || !(MESSAGES.includes(field) || field === PROFILE.comment))
      return false;
    if (field === PROFILE.sampleType && !isValueType(beginning, at, at + value.number)) return false;
    at += value.number;
  }
  return at > 0;
}

function isValueType(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < Math.min(end, bytes.length)) {
    if (bytes[at] !== TYPE_TAG && bytes[at] !== UNIT_TAG) return false;
    at = readVarint(bytes, at + 1)?.after ?? end;
  }
  return end > start;
}

/** Undefined where the bytes end within it, or it is longer than a varint can be. */
function readVarint(bytes: Uint8Array, from: number): { number: number; after: number } | undefined {
  let number = 0;
  for (let at = from; at < Math.min(bytes.length, from + 10); at++) {
    const byte = bytes[at] as number;
    number += (byte & 0x7f) * 2 ** (7 * (at - from));
    if (byte < 0x80) return { number, after: at + 1 };
  }
  return undefined;
}
