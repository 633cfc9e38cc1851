import { mkdirSync } from 'node:fs';
import { readdir, rm, stat, statfs, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';

const PARTIAL = '.part';
const ID = /^[0-9a-z_]{1,64}$/;
/** What the database and everyone else on the disk keep for themselves, as with artifacts. */
const RESERVE_BYTES = 64 * 1024 * 1024;

interface KeptIndex {
  readonly bytes: number;
  usedAt: number;
}

export interface IndexFilesOptions {
  readonly directory: string;
  /** What all of them may take; the least recently used go first. */
  readonly totalBytes: number;
  readonly log: Logger;
}

/**
 * The indexes of snapshots, one file each. Every one can be made anew from its artifact, so any of them may be deleted at any
 * time, also by hand.
 */
export class IndexFiles {
  readonly #options: IndexFilesOptions;
  readonly #kept = new Map<string, KeptIndex>();
  /** Room that was granted and is being filled. */
  readonly #promised = new Map<string, number>();

  private constructor(options: IndexFilesOptions) {
    this.#options = options;
  }

  /** Makes the directory, and removes what was not finished or belongs to no capture any more. */
  static async open(options: IndexFilesOptions, captures: ReadonlySet<string>): Promise<IndexFiles> {
    const files = new IndexFiles(options);
    mkdirSync(options.directory, { recursive: true, mode: 0o700 });
    for (const name of await readdir(options.directory)) {
      const path = join(options.directory, name);
      if (ID.test(name) && captures.has(name)) {
        const { size, mtimeMs } = await stat(path);
        files.#kept.set(name, { bytes: size, usedAt: mtimeMs });
      } else if (ID.test(name) || name.endsWith(PARTIAL)) await rm(path, { force: true, recursive: true });
    }
    await files.#shrinkTo(options.totalBytes);
    return files;
  }

  get directory(): string {
    return this.#options.directory;
  }

  get keptBytes(): number {
    return [...this.#kept.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  has(captureId: string): boolean {
    return this.#kept.has(captureId);
  }

  pathOf(captureId: string): string {
    // Ids are made by the server; this is the last door before the file system all the same.
    if (!ID.test(captureId)) throw new TypeError(`${captureId} is no capture's id`);
    return join(this.#options.directory, captureId);
  }

  /** It was opened, so others are deleted before it. */
  async used(captureId: string): Promise<void> {
    const kept = this.#kept.get(captureId);
    if (!kept) return;
    kept.usedAt = Date.now();
    const now = new Date();
    await utimes(this.pathOf(captureId), now, now).catch(() => {});
  }

  /**
   * Deletes others until one of this size fits. What the capture has stays until the new one is whole: on the disk there is to be
   * room for both, and of the budget the new one takes the place of the old.
   *
   * @returns a sentence that says why it does not, or undefined when it does
   */
  async makeRoom(captureId: string, bytes: number): Promise<string | undefined> {
    const { totalBytes, directory } = this.#options;
    const others = [...this.#promised].filter(([id]) => id !== captureId);
    const promised = others.reduce((sum, [, one]) => sum + one, 0);
    if (bytes + promised > totalBytes) {
      return `It would take ${bytes} bytes, and OPSCENTER_HEAP_INDEX_BYTES allows ${totalBytes} for all.`;
    }
    this.#promised.set(captureId, bytes);
    await this.#shrinkTo(totalBytes - promised - bytes, captureId);
    const { bavail, bsize } = await statfs(directory);
    if (bavail * bsize >= bytes + RESERVE_BYTES) return undefined;
    this.#promised.delete(captureId);
    return `It would take ${bytes} bytes, and the disk of the data directory has ${bavail * bsize} left.`;
  }

  /** What was promised to this process is written, or never will be. */
  async settled(captureId: string, pid: number | undefined): Promise<void> {
    this.#promised.delete(captureId);
    const path = this.pathOf(captureId);
    await rm(`${path}.${pid}${PARTIAL}`, { force: true }).catch(() => {});
    const size = await stat(path).then(
      (found) => found.size,
      () => undefined,
    );
    if (size === undefined) this.#kept.delete(captureId);
    else this.#kept.set(captureId, { bytes: size, usedAt: Date.now() });
  }

  async remove(captureId: string): Promise<void> {
    const path = this.pathOf(captureId);
    this.#kept.delete(captureId);
    this.#promised.delete(captureId);
    try {
      await rm(path, { force: true });
    } catch (error) {
      this.#options.log.warn({ err: error, capture: captureId }, 'the index of a snapshot cannot be deleted');
    }
  }

  /** @param spared is not deleted and not counted */
  async #shrinkTo(bytes: number, spared?: string): Promise<void> {
    const oldest = [...this.#kept]
      .filter(([id]) => id !== spared)
      .sort(([, a], [, b]) => a.usedAt - b.usedAt);
    let keptBytes = oldest.reduce((sum, [, one]) => sum + one.bytes, 0);
    for (const [id, one] of oldest) {
      if (keptBytes <= bytes) return;
      keptBytes -= one.bytes;
      this.#options.log.info({ capture: id }, 'the index of a snapshot makes room for others');
      await this.remove(id);
    }
  }
}
