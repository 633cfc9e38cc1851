import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DataDirectoryUnusable } from '../errors.ts';

export const DATABASE_FILE = 'opscenter.db';

export interface DatabasePaths {
  root: string;
  database: string;
}

/** Where things lie in the data directory. */
export interface DataPaths extends DatabasePaths {
  lock: string;
  pid: string;
  artifacts: string;
}

/**
 * Makes the data directory when it is missing, readable for its owner alone.
 *
 * @throws DataDirectoryUnusable
 */
export function prepareDataDirectory(root: string): DataPaths {
  const paths: DataPaths = {
    root,
    database: join(root, DATABASE_FILE),
    lock: join(root, 'server.lock'),
    pid: join(root, 'server.pid'),
    artifacts: join(root, 'artifacts'),
  };
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 });
    tighten(paths);
    mkdirSync(paths.artifacts, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new DataDirectoryUnusable(root, sentenceOf(error), { cause: error });
  }
  return paths;
}

/** A directory that holds other things too may be shared on purpose: only one that is ours alone is closed. */
function tighten({ root, database }: DataPaths): void {
  if ((statSync(root).mode & 0o077) === 0) return;
  if (existsSync(database) || readdirSync(root).length === 0) chmodSync(root, 0o700);
}

function sentenceOf(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EACCES':
    case 'EPERM':
      return 'this user may not write there';
    case 'EEXIST':
    case 'ENOTDIR':
      return 'a file is in the way';
    case 'EROFS':
      return 'the file system is read-only';
    case 'ENOSPC':
      return 'the disk is full';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
