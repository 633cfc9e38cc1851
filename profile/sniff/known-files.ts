export const NOT_KNOWN = 'is of no kind that is known here';

/** Files that people keep beside profiles, by their first bytes. */
const KNOWN: readonly (readonly [bytes: string, what: string])[] = [
  ['\xff\xfe', 'is text in UTF-16; save it as UTF-8'],
  ['\xfe\xff', 'is text in UTF-16; save it as UTF-8'],
  ['PK\x03\x04', 'is a ZIP archive; unpack it first'],
  ['\x28\xb5\x2f\xfd', 'is packed with Zstandard; unpack it first'],
  ['BZh', 'is packed with bzip2; unpack it first'],
  ['\xfd7zXZ', 'is packed with xz; unpack it first'],
  ['PERFILE2', 'is a recording of Linux perf; make collapsed stacks of it with perf script'],
  ['FLR\0', 'is a recording of Java Flight Recorder'],
  ['\x7fELF', 'is a program, and no profile of it'],
  ['\0asm', 'is a WebAssembly module'],
  ['SQLite format 3', 'is an SQLite database'],
  ['\x89PNG', 'is a picture'],
  ['\xff\xd8\xff', 'is a picture'],
  ['GIF8', 'is a picture'],
  ['%PDF', 'is a PDF document'],
];
const GO_TRACE = /^go 1\.\d+ trace/;

/** What the file is, when it is surely nothing of ours. */
export function findKnownFile(beginning: Uint8Array): string | undefined {
  const start = String.fromCharCode(...beginning.subarray(0, 32));
  if (GO_TRACE.test(start)) return 'is an execution trace of Go; go tool trace opens it';
  return KNOWN.find(([bytes]) => start.startsWith(bytes))?.[1];
}
