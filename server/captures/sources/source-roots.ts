import { isAbsolute, normalize } from 'node:path';

/** Where files of services are found on this machine: what a service calls `prefix` and below is `directory` and below. */
export interface SourceRoot {
  /** An absolute path as services see it, with forward slashes and none at its end. */
  readonly prefix: string;
  /** An absolute path here. */
  readonly directory: string;
}

/** A file below a root; nothing is known yet of what is on the disk. */
export interface SourceAddress {
  readonly root: SourceRoot;
  /** Below the root's directory, in parts none of which leads upwards. */
  readonly parts: readonly string[];
}

const LONGEST_PATH = 4096;
const DRIVE = /^[A-Za-z]:[\\/]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const CONTROL = /[\x00-\x1f\x7f]/;

/** `/srv/app=/home/me/app`; undefined for what is none. */
export function parseSourceRoot(text: string): SourceRoot | undefined {
  const at = text.indexOf('=');
  if (at < 0) return undefined;
  const prefix = toServicePath(text.slice(0, at).trim());
  const directory = text.slice(at + 1).trim();
  if (prefix === undefined || !isAbsolute(directory) || CONTROL.test(directory)) return undefined;
  return { prefix: prefix.replace(/\/+$/, ''), directory: normalize(directory) };
}

/**
 * The path that a profile's URL names, with forward slashes: of an absolute path or a `file:` URL. Undefined for everything else,
 * and for what leads upwards however it is written: URLs come from services, which may be anybody.
 */
export function toServicePath(url: string): string | undefined {
  if (url.length > LONGEST_PATH || CONTROL.test(url)) return undefined;
  const path = url.startsWith('file:') ? pathOfUrl(url) : url;
  if (path === undefined || CONTROL.test(path)) return undefined;
  const plain = DRIVE.test(path) ? path.replaceAll('\\', '/') : path;
  if (!plain.startsWith('/') && !DRIVE.test(plain)) return undefined;
  return plain.split('/').some((part) => part === '..' || part === '.') ? undefined : plain;
}

function pathOfUrl(text: string): string | undefined {
  // The parser itself resolves dots away; a path that has any was not written by a runtime.
  if (/(?:^|[\\/])(?:\.|%2e){1,2}(?:[\\/?#]|$)/i.test(text)) return undefined;
  const url = URL.parse(text);
  if (url === null || url.host !== '') return undefined;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return undefined;
  }
  return DRIVE.test(path.slice(1)) ? path.slice(1) : path;
}

/** The longest prefix decides. Undefined when the path is below none. */
export function findSource(roots: readonly SourceRoot[], path: string): SourceAddress | undefined {
  const root = roots
    .filter(({ prefix }) => path.startsWith(`${prefix}/`))
    .reduce<SourceRoot | undefined>(
      (longest, next) => (longest && longest.prefix.length >= next.prefix.length ? longest : next),
      undefined,
    );
  if (root === undefined) return undefined;
  const parts = path
    .slice(root.prefix.length)
    .split('/')
    .filter((part) => part !== '');
  return parts.length === 0 || parts.some((part) => part === '..' || part === '.' || part.includes('\\'))
    ? undefined
    : { root, parts };
}
