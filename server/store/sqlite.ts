import { chmodSync, closeSync, openSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely';
import { DataDirectoryForeign, DataDirectoryUnusable } from '../errors.ts';
import type { DatabasePaths, DataPaths } from './data-directory.ts';
import type { Schema } from './schema.ts';

/**
 * Opens the database so that what it has committed survives the loss of power.
 *
 * @throws DataDirectoryForeign when the file is no SQLite database; DataDirectoryUnusable when it cannot be
 *   opened, or not durably.
 */
export function openDatabase(paths: DataPaths): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    // SQLite gives its -wal and -shm files the mode of the database: so it must exist, closed, before.
    closeSync(openSync(paths.database, 'a', 0o600));
    chmodSync(paths.database, 0o600);
    database = new DatabaseSync(paths.database, { timeout: 2000 });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
    assertDurable(database, paths);
    return database;
  } catch (error) {
    database?.close();
    throw toOpenError(error, paths);
  }
}

/** A build or a file system that cannot do either would lose commits without a word. */
function assertDurable(database: DatabaseSync, paths: DataPaths): void {
  const journal = database.prepare('PRAGMA journal_mode').get()?.journal_mode;
  const synchronous = database.prepare('PRAGMA synchronous').get()?.synchronous;
  const FULL = 2;
  if (journal === 'wal' && synchronous === FULL) return;
  throw new DataDirectoryUnusable(
    paths.root,
    `its database does not offer durable commits (journal ${journal}, synchronous ${synchronous})`,
  );
}

export function toOpenError(error: unknown, paths: DatabasePaths): unknown {
  if (error instanceof DataDirectoryUnusable) return error;
  const SQLITE_NOTADB = 26;
  if ((error as { errcode?: number }).errcode === SQLITE_NOTADB) {
    return new DataDirectoryForeign(paths.database, { cause: error });
  }
  const why = error instanceof Error ? error.message : String(error);
  return new DataDirectoryUnusable(paths.root, `its database cannot be opened (${why})`, { cause: error });
}

/** Kysely over Node's own SQLite. Kysely runs one statement or one transaction at a time on it. */
export function toKysely(database: DatabaseSync): Kysely<Schema> {
  const adapter: SqliteDatabase = {
    close: () => database.close(),
    prepare(sql) {
      const statement = database.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
        run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
        iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
      };
    },
  };
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: adapter }) });
}
