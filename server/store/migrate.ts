import type { DatabaseSync } from 'node:sqlite';
import { DataDirectoryForeign, DataDirectoryTooNew } from '../errors.ts';
import type { DatabasePaths, DataPaths } from './data-directory.ts';
import { firstTables } from './migrations/0001-first-tables.ts';
import { actions } from './migrations/0002-actions.ts';
import { capturePrice } from './migrations/0003-capture-price.ts';

/** In order; a released one is never changed. */
const migrations = [firstTables, actions, capturePrice] as const;

/** Newest schema that this code knows. */
export const SCHEMA_VERSION = migrations.length;

/** "OpsC": marks the file as ours, see https://www.sqlite.org/fileformat.html#application_id. */
const APPLICATION_ID = 0x4f707343;

/**
 * Brings the database to this code's schema, one transaction each step.
 *
 * @throws DataDirectoryForeign, DataDirectoryTooNew
 */
export function migrate(database: DatabaseSync, paths: DataPaths): void {
  const found = demandKnownVersion(database, paths);
  for (const migration of migrations.slice(found)) {
    database.exec('BEGIN IMMEDIATE');
    try {
      database.exec(migration.sql);
      database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${migration.version}`);
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  }
}

/**
 * Answers the version of the schema that the database has; 0 when it is empty.
 *
 * @throws DataDirectoryForeign, DataDirectoryTooNew
 */
export function demandKnownVersion(database: DatabaseSync, paths: DatabasePaths): number {
  const found = readVersion(database, paths);
  if (found > SCHEMA_VERSION) throw new DataDirectoryTooNew(paths.root, found, SCHEMA_VERSION);
  return found;
}

function readVersion(database: DatabaseSync, paths: DatabasePaths): number {
  const applicationId = database.prepare('PRAGMA application_id').get()?.application_id;
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  if (applicationId === APPLICATION_ID) return version;
  const tables = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.tables;
  if (applicationId !== 0 || version !== 0 || tables !== 0) throw new DataDirectoryForeign(paths.database);
  return 0;
}
