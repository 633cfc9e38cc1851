import type { DatabaseSync } from 'node:sqlite';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { DataDirectoryForeign, DataDirectoryUnusable, ServerError } from '../errors.ts';
import { ArtifactFiles } from './artifact-files.ts';
import type { Clock } from './clock.ts';
import { type DataPaths, prepareDataDirectory } from './data-directory.ts';
import { lockDataDirectory } from './data-lock.ts';
import { migrate } from './migrate.ts';
import type { Schema } from './schema.ts';
import { openDatabase, toKysely } from './sqlite.ts';
import { StoredTimeline } from './stored-timeline.ts';
import type { Timeline } from './timeline.ts';

/** Everything that outlives the process. */
export interface Store {
  readonly db: Kysely<Schema>;
  /** Persisted, raised at every open. */
  readonly epoch: number;
  readonly dataDirectory: string;
  readonly artifacts: ArtifactFiles;
  readonly timeline: Timeline;
  close(): Promise<void>;
}

export interface StoreOptions {
  dataDirectory: string;
  clock: Clock;
  log: Logger;
}

/**
 * Opens the data directory, makes it when it is missing, and holds it until `close`. A start of the server is
 * written into the timeline.
 *
 * @throws DataDirectoryInUse, DataDirectoryTooNew, DataDirectoryForeign, DataDirectoryUnusable
 */
export async function openStore({ dataDirectory, clock, log }: StoreOptions): Promise<Store> {
  const paths = prepareDataDirectory(dataDirectory);
  const lock = lockDataDirectory(paths);
  try {
    const database = openDatabase(paths);
    const epoch = prepareDatabase(database, paths);
    const db = toKysely(database);
    const timeline = await StoredTimeline.open(db, clock, log);
    const artifacts = new ArtifactFiles(paths.artifacts, log);
    timeline.record({
      kind: 'server-started',
      service: null,
      instanceId: null,
      instanceName: null,
      captureId: null,
      actionId: null,
      detail: { epoch: String(epoch) },
    });
    return {
      db,
      epoch,
      dataDirectory,
      artifacts,
      timeline,
      async close() {
        await timeline.close();
        await artifacts[Symbol.asyncDispose]();
        await db.destroy();
        lock[Symbol.dispose]();
      },
    };
  } catch (error) {
    lock[Symbol.dispose]();
    throw error;
  }
}

function prepareDatabase(database: DatabaseSync, paths: DataPaths): number {
  try {
    migrate(database, paths);
    return raiseEpoch(database);
  } catch (error) {
    database.close();
    if (error instanceof ServerError) throw error;
    if (isCorrupt(error)) throw new DataDirectoryForeign(paths.database, { cause: error });
    throw new DataDirectoryUnusable(paths.root, `its database cannot be prepared (${String(error)})`, {
      cause: error,
    });
  }
}

function isCorrupt(error: unknown): boolean {
  const SQLITE_NOTADB = 26;
  return (error as { errcode?: number }).errcode === SQLITE_NOTADB;
}

/** An agent refuses whoever comes with an epoch below one it has seen: so it is on disk before it is used. */
function raiseEpoch(database: DatabaseSync): number {
  const row = database
    .prepare(
      `INSERT INTO meta (name, value) VALUES ('epoch', '1')
       ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)
       RETURNING value`,
    )
    .get();
  return Number(row?.value);
}
