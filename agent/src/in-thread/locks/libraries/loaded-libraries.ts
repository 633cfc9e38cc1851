import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** One copy of a library in this thread. */
export interface LoadedLibrary {
  version: string;
  /** What each of its modules that are loaded exports. */
  exports: unknown[];
}

/** All copies of `require` share it. Taken once: to make a `require` parses a URL, which is no thing to do in the middle of the service. */
const { cache } = createRequire(import.meta.url);

/** A process has one or two; more are not looked at. */
const mostCopies = 8;

/**
 * Every copy of a package that this thread has loaded as CommonJS, which it also is when an ES module imports it and it
 * has no ES module of its own. Loads nothing.
 */
export function findLoaded(name: string): LoadedLibrary[] {
  const place = new RegExp(`^(.*[\\\\/]node_modules[\\\\/]${name})[\\\\/]`);
  const copies = new Map<string, unknown[]>();
  for (const file in cache) {
    if (!file.includes(name)) continue;
    const folder = place.exec(file)?.[1];
    if (folder === undefined) continue;
    const exports = copies.get(folder);
    if (exports) exports.push(cache[file]?.exports);
    else if (copies.size < mostCopies) copies.set(folder, [cache[file]?.exports]);
  }
  return [...copies].map(([folder, exports]) => ({ version: findVersion(folder) ?? '', exports }));
}

/** The version of a package that the service could load, though it has not, as far as can be seen. */
export function findInstalled(name: string): string | undefined {
  let folder = dirname(process.argv[1] ?? '');
  for (let steps = 0; steps < 32; steps += 1) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return findVersion(candidate);
    const above = dirname(folder);
    if (above === folder) return undefined;
    folder = above;
  }
  return undefined;
}

function findVersion(folder: string): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      version?: unknown;
    };
    return typeof version === 'string' ? version.slice(0, 32) : undefined;
  } catch {
    return undefined;
  }
}
