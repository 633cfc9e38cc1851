import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Kysely } from 'kysely';
import { DataDirectoryForeign, DataDirectoryUnusable, ServerError } from '../errors.ts';
import { DATABASE_FILE } from './data-directory.ts';
import { demandKnownVersion } from './migrate.ts';
import type { Schema } from './schema.ts';
import { toKysely, toOpenError } from './sqlite.ts';

/**
 * Opens the database of a data directory to be read, also while its server runs. Nothing in it is changed, and it is
 * not brought up to date.
 *
 * @throws DataDirectoryTooNew, DataDirectoryForeign, DataDirectoryUnusable
 */
export function openToRead(dataDirectory: string): Kysely<Schema> {
  const paths = { root: dataDirectory, database: join(dataDirectory, DATABASE_FILE) };
  if (!existsSync(paths.database)) {
    throw new DataDirectoryUnusable(dataDirectory, 'there is no database in it');
  }
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(paths.database, { readOnly: true, timeout: 2000 });
    if (demandKnownVersion(database, paths) === 0) throw new DataDirectoryForeign(paths.database);
    return toKysely(database);
  } catch (error) {
    database?.close();
    throw error instanceof ServerError ? error : toOpenError(error, paths);
  }
}
