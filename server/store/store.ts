import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { ArtifactFiles } from './artifact-files.ts';
import type { Clock } from './clock.ts';
import type { Schema } from './schema.ts';
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
 * Opens the data directory, makes it when it is missing, and holds it until `close`.
 *
 * @throws DataDirectoryInUse, DataDirectoryTooNew, DataDirectoryForeign, DataDirectoryUnusable
 */
export async function openStore(_options: StoreOptions): Promise<Store> {
  throw new Error('under construction');
}
