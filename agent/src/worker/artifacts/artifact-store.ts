import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import { chmod, mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CaptureFailure } from '../../errors.ts';
import { defaultArtifactBudgetMb } from '../../thread-contract.ts';
import type { Artifact } from './artifact.ts';
import { inMebibytes, requireDiskRoom } from './disk-room.ts';
import { folderPrefix } from './leftovers.ts';

/** While an artifact is written, the disk is looked at again after so many bytes. */
const lookEveryBytes = 16 * 1024 * 1024;

/**
 * Artifacts as files that nobody but this user can read (0600 in a 0700 folder of this process), for as long as
 * their captures are held. The folder is made when the first is written. All of them together keep within a budget, and
 * leave some room on the disk.
 */
export class ArtifactStore {
  readonly #folderMade: (path: string) => void;
  /** What all artifacts together may take. */
  readonly budgetBytes: number;
  readonly #held = new Set<Artifact>();
  /** Those that are being written included. */
  #usedBytes = 0;
  #folder: Promise<string> | undefined;
  #folderPath: string | undefined;

  constructor(folderMade: (path: string) => void, budgetBytes = defaultArtifactBudgetMb * 1024 * 1024) {
    this.#folderMade = folderMade;
    this.budgetBytes = budgetBytes;
  }

  get isFull(): boolean {
    return this.#usedBytes >= this.budgetBytes;
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
    let written = 0;
    try {
      const folder = await this.#openFolder();
      path = join(folder, randomUUID());
      const artifact = await writeFile(path, pieces, signal, async (bytes) => {
        this.#take(bytes);
        written += bytes;
        const isDue = Math.floor(written / lookEveryBytes) > Math.floor((written - bytes) / lookEveryBytes);
        if (isDue || written === bytes) await requireDiskRoom(folder, bytes);
      });
      this.#held.add(artifact);
      return artifact;
    } catch (error) {
      this.#usedBytes -= written;
      if (path !== undefined) await rm(path, { force: true }).catch(() => {});
      signal.throwIfAborted();
      throw toFailure(error, written);
    }
  }

  /**
   * Takes over a file that somebody else has written, as it is: from now on nobody but this user can read it, and when
   * it cannot be taken it is removed.
   *
   * @throws {CaptureFailure} artifact-too-large or artifact-unwritable
   * @throws the signal's reason
   */
  async adopt(path: string, signal: AbortSignal): Promise<Artifact> {
    let taken = 0;
    try {
      await chmod(path, 0o600);
      const { size } = await stat(path);
      this.#take(size);
      taken = size;
      const hash = createHash('sha256');
      let sizeBytes = 0;
      for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024, signal })) {
        hash.update(piece);
        sizeBytes += piece.length;
      }
      this.#usedBytes += sizeBytes - taken;
      const artifact = { path, sizeBytes, sha256: hash.digest() };
      this.#held.add(artifact);
      return artifact;
    } catch (error) {
      this.#usedBytes -= taken;
      await rm(path, { force: true }).catch(() => {});
      signal.throwIfAborted();
      throw toFailure(error, taken);
    }
  }

  /** A stream that reads it meanwhile reads on: the bytes go when the last of them has closed the file. */
  async remove(artifact: Artifact): Promise<void> {
    if (this.#held.delete(artifact)) this.#usedBytes -= artifact.sizeBytes;
    await rm(artifact.path, { force: true }).catch(() => {
      // What cannot be removed now is swept with the folder.
    });
  }

  [Symbol.dispose](): void {
    if (this.#folderPath !== undefined) rmSync(this.#folderPath, { recursive: true, force: true });
    this.#folderPath = undefined;
    this.#folder = undefined;
  }

  /** @throws {CaptureFailure} */
  #take(bytes: number): void {
    if (this.#usedBytes + bytes > this.budgetBytes) {
      throw new CaptureFailure(
        'artifact-too-large',
        `The artifacts of this process may take ${inMebibytes(this.budgetBytes)} together, of which ` +
          `${inMebibytes(this.#usedBytes)} are taken, by this one too. artifactBudgetMb (OPSCENTER_AGENT_ARTIFACT_MB) ` +
          'of the agent raises it.',
      );
    }
    this.#usedBytes += bytes;
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
  take: (bytes: number) => Promise<void>,
): Promise<Artifact> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  await using file = await open(path, 'wx', 0o600);
  for await (const piece of pieces) {
    signal.throwIfAborted();
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    await take(bytes.length);
    sizeBytes += bytes.length;
    hash.update(bytes);
    await file.writeFile(bytes);
  }
  return { path, sizeBytes, sha256: hash.digest() };
}

function toFailure(error: unknown, writtenBytes: number): CaptureFailure {
  if (error instanceof CaptureFailure) return error;
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new CaptureFailure(
      'disk-full',
      `No space is left in ${tmpdir()} on the instance's host after ${inMebibytes(writtenBytes)} of the artifact.`,
      {
        cause: error,
      },
    );
  }
  return new CaptureFailure(
    'artifact-unwritable',
    `The artifact cannot be written to ${tmpdir()} on the instance's host (${code ?? String(error)}).`,
    { cause: error },
  );
}
