import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CaptureFailure } from '../../errors.ts';
import type { Artifact } from './artifact.ts';
import { folderPrefix } from './leftovers.ts';

const mostArtifactBytes = 256 * 1024 * 1024;

/**
 * Artifacts as files that nobody but this user can read (0600 in a 0700 folder of this process), for as long as
 * their captures are held. The folder is made when the first is written.
 */
export class ArtifactStore {
  readonly #folderMade: (path: string) => void;
  #folder: Promise<string> | undefined;
  #folderPath: string | undefined;

  constructor(folderMade: (path: string) => void) {
    this.#folderMade = folderMade;
  }

  /**
   * Writes and hashes the pieces in one pass.
   *
   * @throws {CaptureFailure} disk-full, artifact-too-large or artifact-unwritable; what was written is removed
   * @throws the signal's reason
   */
  async write(
    pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
    signal: AbortSignal,
  ): Promise<Artifact> {
    let path: string | undefined;
    try {
      path = join(await this.#openFolder(), randomUUID());
      return await writeFile(path, pieces, signal);
    } catch (error) {
      if (path !== undefined) await rm(path, { force: true }).catch(() => {});
      signal.throwIfAborted();
      throw toFailure(error);
    }
  }

  /**
   * Takes over a file that somebody else has written, as it is.
   *
   * @throws the signal's reason
   */
  async adopt(path: string, signal: AbortSignal): Promise<Artifact> {
    const hash = createHash('sha256');
    let sizeBytes = 0;
    for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024, signal })) {
      hash.update(piece);
      sizeBytes += piece.length;
    }
    return { path, sizeBytes, sha256: hash.digest() };
  }

  /** A stream that reads it meanwhile reads on: the bytes go when the last of them has closed the file. */
  async remove(artifact: Artifact): Promise<void> {
    await rm(artifact.path, { force: true }).catch(() => {
      // What cannot be removed now is swept with the folder.
    });
  }

  [Symbol.dispose](): void {
    if (this.#folderPath !== undefined) rmSync(this.#folderPath, { recursive: true, force: true });
    this.#folderPath = undefined;
    this.#folder = undefined;
  }

  #openFolder(): Promise<string> {
    this.#folder ??= mkdtemp(join(tmpdir(), folderPrefix())).then(
      (path) => {
        this.#folderPath = path;
        this.#folderMade(path);
        return path;
      },
      (error: unknown) => {
        this.#folder = undefined;
        throw error;
      },
    );
    return this.#folder;
  }
}

async function writeFile(
  path: string,
  pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
  signal: AbortSignal,
): Promise<Artifact> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  await using file = await open(path, 'wx', 0o600);
  for await (const piece of pieces) {
    signal.throwIfAborted();
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    sizeBytes += bytes.length;
    if (sizeBytes > mostArtifactBytes) {
      const mebibytes = mostArtifactBytes / 1024 / 1024;
      throw new CaptureFailure('artifact-too-large', `The artifact would be larger than ${mebibytes} MiB.`);
    }
    hash.update(bytes);
    await file.writeFile(bytes);
  }
  return { path, sizeBytes, sha256: hash.digest() };
}

function toFailure(error: unknown): CaptureFailure {
  if (error instanceof CaptureFailure) return error;
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new CaptureFailure('disk-full', `No space is left in ${tmpdir()} on the instance's host.`, {
      cause: error,
    });
  }
  return new CaptureFailure(
    'artifact-unwritable',
    `The artifact cannot be written to ${tmpdir()} on the instance's host (${code ?? String(error)}).`,
    { cause: error },
  );
}
