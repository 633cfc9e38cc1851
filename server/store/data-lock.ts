import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { DataDirectoryInUse } from '../errors.ts';
import type { DataPaths } from './data-directory.ts';

/**
 * Keeps two servers out of one data directory. The lock is the kernel's own, taken through SQLite because Node
 * offers no flock: it ends with the process, however that ends, so that there is no such thing as a stale one.
 *
 * @throws DataDirectoryInUse
 */
export function lockDataDirectory(paths: DataPaths): Disposable {
  closeSync(openSync(paths.lock, 'a', 0o600));
  const database = new DatabaseSync(paths.lock, { timeout: 0 });
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
    throw new DataDirectoryInUse(paths.root, readPid(paths.pid));
  }
  writeFileSync(paths.pid, `${process.pid}\n`, { mode: 0o600 });
  return {
    [Symbol.dispose]() {
      if (!database.isOpen) return;
      rmSync(paths.pid, { force: true });
      database.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  const SQLITE_BUSY = 5;
  return (error as { errcode?: number }).errcode === SQLITE_BUSY;
}

function readPid(file: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}
