import { ProfileFormatError } from '../errors.ts';
import { MEDIA_TYPES, PACKED, type ProfileMediaType } from '../media-types.ts';
import type { Bytes } from '../model/profile.ts';
import { unpackGzip } from '../unpack/unpack-gzip.ts';
import { isPprof } from './is-pprof.ts';
import { findKnownFile, NOT_KNOWN } from './known-files.ts';
import { HEAP_SNAPSHOT, sniffJson } from './sniff-json.ts';
import { sniffText } from './sniff-text.ts';

/** So much of a file is enough to tell what it is; more is not looked at. */
export const SNIFFED_BYTES: Bytes = 64 * 1024;

const WHITE_SPACE = [0x20, 0x0a, 0x0d, 0x09];
/** Its reader names the byte that is wrong. */
const PPROF_NAME = /\.(pb|pprof)$/i;

/** What `openProfile` is to be given. */
export interface SniffedFile {
  readonly mediaType: ProfileMediaType | `${ProfileMediaType}${typeof PACKED}`;
}

/**
 * Finds out by its content what a file of anyone's is; the name decides only where the content leaves it open.
 *
 * @param beginning the first `SNIFFED_BYTES` of the file, or all of it
 * @throws ProfileFormatError that names what it is instead, where it can be told
 */
export async function sniffProfile(beginning: Uint8Array, fileName: string): Promise<SniffedFile> {
  const bytes = beginning.subarray(0, SNIFFED_BYTES);
  if (!isGzip(bytes)) return { mediaType: sniff(bytes, fileName) };
  const unpacked = await unpackBeginning(bytes);
  if (isGzip(unpacked)) throw new ProfileFormatError('is packed with gzip more than once');
  return { mediaType: `${sniff(unpacked, fileName.replace(/\.gz$/i, ''))}${PACKED}` };
}

/**
 * Whether a file is a heap snapshot of V8, which is no sampled profile; packed with gzip or not.
 *
 * @param beginning the first `SNIFFED_BYTES` of the file, or all of it
 * @throws {ProfileError} where what is packed cannot be unpacked
 */
export async function isHeapSnapshot(beginning: Uint8Array, fileName: string): Promise<boolean> {
  const bytes = beginning.subarray(0, SNIFFED_BYTES);
  const unpacked = isGzip(bytes) ? await unpackBeginning(bytes) : bytes;
  const isObject = unpacked[findFirstCharacter(unpacked)] === 0x7b;
  return isObject && sniffJson(unpacked, fileName.replace(/\.gz$/i, '')) === HEAP_SNAPSHOT;
}

function sniff(bytes: Uint8Array, fileName: string): ProfileMediaType {
  if (bytes.length === 0) throw new ProfileFormatError('is empty');
  const known = findKnownFile(bytes);
  if (known !== undefined) throw new ProfileFormatError(known);
  if (isPprof(bytes)) return MEDIA_TYPES.pprof;
  const start = findFirstCharacter(bytes);
  const first = String.fromCharCode(bytes[start] ?? 0);
  const found =
    first === '{' || first === '[' ? sniffJson(bytes, fileName) : sniffText(bytes.subarray(start), fileName);
  if (typeof found === 'string') return found;
  if (found === undefined && PPROF_NAME.test(fileName)) return MEDIA_TYPES.pprof;
  throw new ProfileFormatError(found?.instead ?? NOT_KNOWN);
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** After white space and the mark that some editors put before UTF-8. */
function findFirstCharacter(bytes: Uint8Array): number {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length && WHITE_SPACE.includes(bytes[at] as number)) at++;
  return at;
}

/** As much as is looked at of what comes out, however much that would be. */
async function unpackBeginning(packed: Uint8Array): Promise<Uint8Array> {
  const into = new Uint8Array(SNIFFED_BYTES);
  let length = 0;
  try {
    for await (const piece of unpackGzip(piecesOf(packed))) {
      const kept = piece.subarray(0, into.length - length);
      into.set(kept, length);
      length += kept.length;
      if (length === into.length) break;
    }
  } catch (error) {
    // It was cut off where the beginning ends; what came out until then is what was asked for.
    if (length === 0) throw error;
  }
  return into.subarray(0, length);
}

/** In pieces, so that what stands before the cut has come out when it is reached. */
async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 4096) yield bytes.subarray(at, at + 4096);
}
