import { createReadStream } from 'node:fs';
import { open, readdir, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import { StorageFailed } from '../errors.ts';
import { type ArtifactPaths, ArtifactReceiver } from './artifact-receiver.ts';
import { ArtifactWriter } from './artifact-writer.ts';

const PARTIAL = '.part';
const ID = /^[0-9a-z_]{1,64}$/;

/** What the database knows of captures, when the files are compared with it. */
export interface KnownCaptures {
  complete: ReadonlySet<string>;
  unfinished: ReadonlySet<string>;
}

/**
 * The bytes of captures, one file each, named by the server's own id. A file under its final name is whole
 * and durable; it counts once the database says that the capture is complete, and never before.
 */
export class ArtifactFiles implements AsyncDisposable {
  readonly #directory: string;
  readonly #log: Logger;
  readonly #writer: ArtifactWriter;

  constructor(directory: string, log: Logger) {
    this.#directory = directory;
    this.#log = log;
    this.#writer = new ArtifactWriter(log);
  }

  /**
   * Opens the file of a capture for what comes in. `continues`: after what an earlier receiver left, hashed
   * again; `offset` of the answer says how much that is.
   *
   * @throws StorageFull, StorageFailed
   */
  receive(captureId: string, { continues }: { continues: boolean }): Promise<ArtifactReceiver> {
    return ArtifactReceiver.open(this.#writer, this.#pathsOf(captureId), continues);
  }

  /** `range` is inclusive at both ends. @throws StorageFailed when the file is not there. */
  async openRead(captureId: string, range?: { start: number; end: number }): Promise<Readable> {
    try {
      const handle = await open(this.pathOf(captureId), 'r');
      return createReadStream('', { fd: handle, highWaterMark: 256 * 1024, ...range });
    } catch (error) {
      throw new StorageFailed(`its file cannot be opened (${(error as NodeJS.ErrnoException).code})`, {
        cause: error,
      });
    }
  }

  /** Where the stored artifact of a complete capture lies. */
  pathOf(captureId: string): string {
    return this.#pathsOf(captureId).final;
  }

  /** Deletes whatever there is of a capture. */
  async remove(captureId: string): Promise<void> {
    const paths = this.#pathsOf(captureId);
    await rm(paths.final, { force: true });
    await rm(paths.partial, { force: true });
  }

  /** Free space on the disk, for this user. */
  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.#directory);
    return bavail * bsize;
  }

  /**
   * After a start: removes what no capture needs. A file that was renamed but whose capture was not completed
   * any more goes back to being a partial one, to be verified again.
   */
  async sweep(known: KnownCaptures): Promise<void> {
    for (const name of await readdir(this.#directory)) {
      const id = name.endsWith(PARTIAL) ? name.slice(0, -PARTIAL.length) : name;
      if (!ID.test(id)) continue;
      const isPartial = id !== name;
      const paths = this.#pathsOf(id);
      if (known.unfinished.has(id)) {
        if (!isPartial) await rename(paths.final, paths.partial);
      } else if (isPartial || !known.complete.has(id)) {
        this.#log.info({ file: name }, 'removing the file of a capture that is not there');
        await rm(join(this.#directory, name), { force: true, recursive: true });
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writer[Symbol.asyncDispose]();
  }

  #pathsOf(captureId: string): ArtifactPaths {
    // Ids are made by the server; this is the last door before the file system all the same.
    if (!ID.test(captureId)) throw new StorageFailed(`${captureId} is no capture's id`);
    const final = join(this.#directory, captureId);
    return { final, partial: final + PARTIAL };
  }
}
