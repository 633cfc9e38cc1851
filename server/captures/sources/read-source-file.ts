import { closeSync, constants, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { SourceRefused } from './source-refused.ts';
import { findSource, type SourceRoot, toServicePath } from './source-roots.ts';

/** What people write programs in. Everything else a directory may hold (keys, settings, data) is nobody's business here. */
const SOURCE_NAME =
  /\.(?:[cm]?[jt]sx?|vue|svelte|astro|coffee|go|rs|py|rb|php|java|kt|kts|scala|cs|swift|dart|ex|exs|erl|lua|c|cc|cpp|cxx|h|hh|hpp|zig|nim)$/i;
const MAP_NAME = /\.map$/i;

const NAMES = { source: SOURCE_NAME, map: MAP_NAME } as const;
const READING = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const BLOCK_BYTES = 1 << 20;

export interface SourceFile {
  readonly text: string;
  readonly modifiedAtMs: number;
}

/**
 * Reads a text file that a service names, if it lies below one of the roots. The place that counts is the real one, after all
 * links; what is opened is a regular file of a name that says source (or source map), or nothing.
 *
 * @param url an absolute path or a `file:` URL, from anybody
 * @throws SourceRefused
 */
export function readSourceFile(
  roots: readonly SourceRoot[],
  url: string,
  kind: keyof typeof NAMES,
  maxBytes: number,
): SourceFile {
  const path = toServicePath(url);
  if (path === undefined) throw new SourceRefused('outside', url, 'it is not the path of a file');
  const address = findSource(roots, path);
  if (address === undefined)
    throw new SourceRefused('outside', url, 'it is below none of the directories that may be read');
  const candidate = join(address.root.directory, ...address.parts);
  const real = realPlace(address.root.directory, candidate, url);
  for (const name of [candidate, real]) {
    if (!NAMES[kind].test(name))
      throw new SourceRefused(
        'unreadable',
        url,
        `its name is not one of a source ${kind === 'map' ? 'map' : 'file'}`,
      );
  }
  return readRegularFile(candidate, real, url, maxBytes);
}

function realPlace(directory: string, candidate: string, url: string): string {
  let root: string;
  let real: string;
  try {
    root = realpathSync.native(directory);
    real = realpathSync.native(candidate);
  } catch (error) {
    throw toRefusal(error, url);
  }
  if (!real.startsWith(root.endsWith(sep) ? root : root + sep))
    throw new SourceRefused('outside', url, 'a link leads out of the directory that may be read');
  return real;
}

function readRegularFile(candidate: string, real: string, url: string, maxBytes: number): SourceFile {
  let fd: number | undefined;
  try {
    fd = openSync(real, READING);
    const status = fstatSync(fd);
    if (!status.isFile()) throw new SourceRefused('unreadable', url, 'it is not a regular file');
    const bytes = readUpTo(fd, maxBytes, url);
    // Whoever can write below the root could have put a link in place of a directory since its real place was asked for.
    const now = statSync(real);
    if (realpathSync.native(candidate) !== real || now.ino !== status.ino || now.dev !== status.dev)
      throw new SourceRefused('unreadable', url, 'it changed while it was read');
    if (bytes.includes(0)) throw new SourceRefused('unreadable', url, 'it is not text');
    return { text: new TextDecoder().decode(bytes), modifiedAtMs: status.mtimeMs };
  } catch (error) {
    throw error instanceof SourceRefused ? error : toRefusal(error, url);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** Not by the size that the file system tells: a file may grow, and some have none. */
function readUpTo(fd: number, maxBytes: number, url: string): Uint8Array {
  const blocks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const block = new Uint8Array(BLOCK_BYTES);
    const read = readSync(fd, block, 0, BLOCK_BYTES, null);
    if (read === 0) return Buffer.concat(blocks, length);
    length += read;
    if (length > maxBytes)
      throw new SourceRefused('unreadable', url, `it is larger than ${maxBytes / 1024 / 1024} MiB`);
    blocks.push(block.subarray(0, read));
  }
}

function toRefusal(error: unknown, url: string): SourceRefused {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new SourceRefused('missing', url, 'it is not there', { cause: error });
  const why =
    code === 'EACCES' || code === 'EPERM' ? 'this server may not read it' : `it cannot be read (${code})`;
  return new SourceRefused('unreadable', url, why, { cause: error });
}
