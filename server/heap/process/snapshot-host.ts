import { existsSync, rmSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import {
  HeapFilterError,
  HeapObjectError,
  HeapQueryError,
  ProfileError,
  ProfileMemoryError,
} from '../../../profile/errors.ts';
import { IndexUnusable } from '../../../profile/heap/index-file/index-table.ts';
import type { HeapQuery } from '../../../profile/heap/query/heap-query.ts';
import type { EarlierSnapshot, FromChild, Refusal, SnapshotFile, ToChild } from '../child-messages.ts';
import { indexBytes, writeIndex } from './index-writer.ts';
import { type OpenedSnapshot, openFromArtifact, openFromIndex } from './open-snapshot.ts';

/** Does what the server tells, one thing at a time, and tells what becomes of it. */
export class SnapshotHost {
  readonly #tell: (message: FromChild) => void;
  readonly #indexRoom = Promise.withResolvers<string | null>();
  #snapshot: OpenedSnapshot | undefined;
  #earlier: { readonly sha256: string; readonly snapshot: OpenedSnapshot } | undefined;

  constructor(tell: (message: FromChild) => void) {
    this.#tell = tell;
  }

  async heed(message: ToChild): Promise<void> {
    switch (message.tell) {
      case 'open':
        await this.#open(message.file, message.limitBytes);
        return;
      case 'index-room':
        this.#indexRoom.resolve(message.refused);
        return;
      case 'ask':
        await this.#answer(message.question, message.query, message.earlier);
        return;
    }
  }

  async #open(file: SnapshotFile, limitBytes: number): Promise<void> {
    try {
      this.#snapshot = await this.#openEither(file, limitBytes);
    } catch (error) {
      this.#tell({ told: 'refused', ...toRefusal(error) });
      return;
    }
    const { from } = this.#snapshot;
    this.#tell({ told: 'opened', from, memoryBytes: memoryBytes() });
    if (from === 'artifact') await this.#keepIndex(file, this.#snapshot);
  }

  /** From the index where there is a good one. */
  async #openEither(file: SnapshotFile, limitBytes: number): Promise<OpenedSnapshot> {
    if (existsSync(file.indexPath)) {
      try {
        return openFromIndex(file, limitBytes);
      } catch (error) {
        if (!(error instanceof IndexUnusable)) throw error;
        this.#tell({ told: 'remark', message: `The index is made anew: ${error.message}.` });
        rmSync(file.indexPath, { force: true });
      }
    }
    return await openFromArtifact(file, limitBytes, (progress) =>
      this.#tell({ told: 'progress', from: 'artifact', ...progress }),
    );
  }

  /** Beside the questions, which come first: it lets them in between any two steps. */
  async #keepIndex(file: SnapshotFile, snapshot: OpenedSnapshot): Promise<void> {
    try {
      for (const step of snapshot.prepareIndex()) {
        await turn();
        step();
      }
      const index = {
        path: file.indexPath,
        artifactSha256: file.sha256,
        artifactBytes: file.sizeBytes,
        columns: snapshot.toColumns(),
      };
      this.#tell({ told: 'index-wanted', bytes: indexBytes(index) });
      const refused = await this.#indexRoom.promise;
      if (refused === null) await writeIndex(index);
      this.#tell({ told: 'index', state: refused === null ? 'kept' : 'not-kept', reason: refused });
    } catch (error) {
      this.#tell({ told: 'index', state: 'not-kept', reason: (error as Error).message });
    }
  }

  async #answer(question: number, query: HeapQuery, earlier: EarlierSnapshot | undefined): Promise<void> {
    const startedAt = performance.now();
    try {
      if (!this.#snapshot) throw new TypeError('nothing is open');
      const before = earlier && (await this.#openEarlier(earlier));
      const answer = this.#snapshot.answer(query, before);
      const tookMs = performance.now() - startedAt;
      this.#tell({ told: 'answer', question, answer, tookMs, memoryBytes: memoryBytes() });
    } catch (error) {
      if (error instanceof IndexUnusable && !earlier) {
        this.#tell({ told: 'index-damaged', message: error.message });
        return;
      }
      this.#tell({ told: 'no-answer', question, ...toRefusal(error), memoryBytes: memoryBytes() });
    }
  }

  /** The one that was compared with last stays open; another takes its place. */
  async #openEarlier(file: EarlierSnapshot): Promise<OpenedSnapshot> {
    if (this.#earlier?.sha256 === file.sha256) return this.#earlier.snapshot;
    this.#earlier?.snapshot.close();
    this.#earlier = undefined;
    const snapshot = await this.#openEither(file, file.limitBytes);
    this.#earlier = { sha256: file.sha256, snapshot };
    return snapshot;
  }
}

type Refused = { readonly refusal: Refusal; readonly code: string; readonly message: string };

function toRefusal(error: unknown): Refused {
  if (error instanceof ProfileMemoryError)
    return { refusal: 'too-large', code: error.code, message: error.message };
  if (
    error instanceof HeapFilterError ||
    error instanceof HeapObjectError ||
    error instanceof HeapQueryError
  ) {
    return { refusal: 'invalid', code: error.code, message: error.message };
  }
  if (error instanceof ProfileError)
    return { refusal: 'unreadable', code: error.code, message: error.message };
  const message = error instanceof Error ? error.message : String(error);
  // The sentence is for people; where it happened is for the log.
  console.error(error);
  return { refusal: 'failed', code: 'failed', message };
}

/** What the engine's columns and everything that is derived of them take: without the program itself. */
function memoryBytes(): number {
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
}
