import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const installed = fileURLToPath(new URL('../libraries/node_modules/', import.meta.url));

/** Whether agent/libraries/install.mjs has been run. */
export const hasLibraries = existsSync(installed);

/** Puts a library where a service in the folder finds it. @param from the folder in agent/libraries */
export function copyLibrary(name: string, folder: string, from = name): void {
  cpSync(join(installed, from), join(folder, 'node_modules', name), { recursive: true });
}

/** A folder with libraries under the names that services know them by, whichever version. */
export class LibraryCopy implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'libraries-'));

  /** @param versions the folder in agent/libraries for each name */
  constructor(versions: Readonly<Record<string, string>>) {
    for (const [name, from] of Object.entries({ tslib: 'tslib', ...versions })) {
      copyLibrary(name, this.folder, from);
    }
  }

  /** Loads it as CommonJS. */
  require(name: string): unknown {
    return createRequire(join(this.folder, 'service.cjs'))(name);
  }

  /** Where its ES module is. */
  pathOf(...path: string[]): string {
    return join(this.folder, 'node_modules', ...path);
  }

  [Symbol.dispose](): void {
    const { cache } = createRequire(import.meta.url);
    for (const file of Object.keys(cache)) if (file.includes(this.folder)) delete cache[file];
    rmSync(this.folder, { recursive: true, force: true });
  }
}
