import type { OpenedProfile } from '../loading/protocol.ts';
import { isFile } from './source-place.ts';

/** Functions of one generated file, or of a part of it. */
export interface AskedFunctions {
  readonly url: string;
  /** Rows of the table of functions. */
  readonly functions: readonly number[];
}

/** What the server takes at once is 64 KiB, 100 files, and 5,000 functions of a file. */
const MOST_BYTES = 56 * 1024;
const MOST_FILES = 50;
const MOST_FUNCTIONS = 4000;
const LONGEST_NAME = 300;
const LONGEST_URL = 4096;
/** Bytes of a function besides its name, and of a file besides its path. */
const AROUND = 40;

/** Line, column and name, as the server is asked. */
export function askedPlace({ functions, strings }: OpenedProfile, func: number): [number, number, string] {
  const name = strings[functions.name[func] as number] ?? '';
  return [functions.line[func] as number, functions.column[func] as number, name.slice(-LONGEST_NAME)];
}

/** All functions that stand in files, file by file, in batches of what can be asked at once. */
export function* toOriginalBatches(profile: OpenedProfile): Generator<AskedFunctions[]> {
  let batch: AskedFunctions[] = [];
  let bytes = 0;
  for (const [url, functions] of functionsByUrl(profile)) {
    let piece: number[] = [];
    for (const func of functions) {
      const cost = bytesOf(askedPlace(profile, func)[2]) + AROUND;
      const full = bytes + cost + bytesOf(url) + AROUND > MOST_BYTES || piece.length >= MOST_FUNCTIONS;
      if (full && bytes > 0) {
        if (piece.length > 0) batch.push({ url, functions: piece });
        yield batch;
        batch = [];
        piece = [];
        bytes = 0;
      }
      if (piece.length === 0) bytes += bytesOf(url) + AROUND;
      bytes += cost;
      piece.push(func);
    }
    if (piece.length > 0) batch.push({ url, functions: piece });
    if (batch.length < MOST_FILES) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}

function functionsByUrl({ functions, strings }: OpenedProfile): Map<string, number[]> {
  const byUrl = new Map<string, number[]>();
  for (let func = 0; func < functions.length; func++) {
    const url = strings[functions.url[func] as number] ?? '';
    if (!isFile(url) || url.length > LONGEST_URL || functions.line[func] === 0) continue;
    const known = byUrl.get(url);
    if (known === undefined) byUrl.set(url, [func]);
    else known.push(func);
  }
  return byUrl;
}

/** Of a text in JSON, at most. */
function bytesOf(text: string): number {
  // Quotes are written as two bytes, controls and what is beyond ASCII as up to six.
  return /^[\x20-\x7e]*$/.test(text) ? text.length * 2 : text.length * 6;
}
