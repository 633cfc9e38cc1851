import { existsSync, rmSync } from 'node:fs';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import {
  HeapFilterError,
  HeapObjectError,
  HeapQueryError,
  ProfileError,
  ProfileMemoryError,
} from '#profile/errors.ts';
import { IndexUnusable } from '#profile/heap/index-file/index-table.ts';
import type { HeapQuery } from '#profile/heap/query/heap-query.ts';
import { QuestionTurns } from '#profile/heap/query/question-turns.ts';
import type { EarlierSnapshot, FromChild, Refused, SnapshotFile, ToChild } from '../child-messages.ts';
import { bytesWithLastColumn, indexBytes, replaceLastColumn, writeIndex } from './index-writer.ts';
import { ANSWERS_COLUMN, type OpenedSnapshot, openFromArtifact, openFromIndex } from './open-snapshot.ts';

/** What a question ends with that nobody waits for any more. */
const FORGOTTEN = Symbol('forgotten');
/** What the one that is compared with does not open for: the cause says why. */
class EarlierUnopened extends Error {}
/** Nobody is in the middle of something, as far as one can tell. */
const QUIET_MS = 3000;

export interface SnapshotHostOptions {
  /** For how long a question is answered without a look at others. */
  readonly sliceMs?: number;
  /** How long nobody may have asked anything before what is only useful later is done. */
  readonly quietMs?: number;
}

/** Does what the server tells, and tells what becomes of it. Questions are answered in turns. */
export class SnapshotHost {
  readonly #tell: (message: FromChild) => void;
  readonly #quietMs: number;
  /** What the server says to the index that would be written. */
  #room: PromiseWithResolvers<string | null> | undefined;
  #snapshot: OpenedSnapshot | undefined;
  /** How many answers the index has. */
  #keptAnswers = 0;
  #askedAt = performance.now();
  /** Settles when the next question comes. */
  #asked = Promise.withResolvers<void>();
  #earlier: { readonly sha256: string; readonly snapshot: OpenedSnapshot } | undefined;

  readonly #turns: QuestionTurns;
  /** Questions that were neither answered nor forgotten. */
  readonly #asking = new Map<number, AbortController>();
  #comparison: Promise<void> = Promise.resolve();

  constructor(tell: (message: FromChild) => void, { sliceMs, quietMs = QUIET_MS }: SnapshotHostOptions = {}) {
    this.#tell = tell;
    this.#quietMs = quietMs;
    const later = (run: () => void) => void setImmediate(run);
    this.#turns = new QuestionTurns({ later, ...(sliceMs === undefined ? {} : { sliceMs }) });
  }

  async heed(message: ToChild): Promise<void> {
    switch (message.tell) {
      case 'open':
        await this.#open(message.file, message.limitBytes);
        return;
      case 'index-room':
        this.#room?.resolve(message.refused);
        return;
      case 'ask':
        await this.#answer(message.question, message.query, message.earlier);
        return;
      case 'forget':
        this.#asking.get(message.question)?.abort(FORGOTTEN);
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
    this.#keptAnswers = this.#snapshot.keptAnswers.count;
    if (from === 'artifact') await this.#keepIndex(file, this.#snapshot);
    await this.#keepAnswers(file, this.#snapshot);
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
      for (const _ of snapshot.prepareIndex()) await turn();
      const index = {
        path: file.indexPath,
        artifactSha256: file.sha256,
        artifactBytes: file.sizeBytes,
        columns: snapshot.toColumns(),
      };
      const refused = await this.#askForRoom(indexBytes(index));
      if (refused === null) await writeIndex(index);
      this.#tell({ told: 'index', state: refused === null ? 'kept' : 'not-kept', reason: refused });
    } catch (error) {
      this.#tell({ told: 'index', state: 'not-kept', reason: toIndexReason(error) });
    }
  }

  /**
   * Answers to questions that go through the whole heap are added to the index. In a fresh one they are computed while nobody asks
   * anything, so that whoever opens it again has them at once.
   */
  async #keepAnswers(file: SnapshotFile, snapshot: OpenedSnapshot): Promise<void> {
    try {
      if (snapshot.from === 'artifact') {
        for (const _ of snapshot.prepareLargeAnswers()) {
          await turn();
          await this.#quiet();
        }
      }
      for (;;) {
        await this.#quiet();
        const { count, toBytes } = snapshot.keptAnswers;
        if (count > this.#keptAnswers && existsSync(file.indexPath)) {
          await this.#addAnswers(file.indexPath, toBytes());
        }
        this.#keptAnswers = count;
        await this.#asked.promise;
      }
    } catch (error) {
      this.#tell({ told: 'remark', message: `Answers are not kept: ${(error as Error).message}.` });
    }
  }

  /** Without room for another copy the index stays as it is: what it does not have is answered anew the next time. */
  async #addAnswers(indexPath: string, answers: Uint8Array): Promise<void> {
    const refused = await this.#askForRoom(
      await bytesWithLastColumn(indexPath, ANSWERS_COLUMN, answers.length),
    );
    if (refused !== null) {
      this.#tell({ told: 'remark', message: `Answers are not added to the index: ${refused}` });
      return;
    }
    try {
      await replaceLastColumn(indexPath, ANSWERS_COLUMN, answers);
    } finally {
      this.#tell({ told: 'index-replaced' });
    }
  }

  /** @returns null, or why there is none */
  #askForRoom(bytes: number): Promise<string | null> {
    this.#room = Promise.withResolvers();
    this.#tell({ told: 'index-wanted', bytes });
    return this.#room.promise;
  }

  /** Until nobody has asked anything for a while. */
  async #quiet(): Promise<void> {
    for (;;) {
      const leftMs = this.#askedAt + this.#quietMs - performance.now();
      if (leftMs <= 0) return;
      await sleep(leftMs);
    }
  }

  #noteAsked(): void {
    this.#askedAt = performance.now();
    this.#asked.resolve();
    this.#asked = Promise.withResolvers<void>();
  }

  async #answer(question: number, query: HeapQuery, earlier: EarlierSnapshot | undefined): Promise<void> {
    const startedAt = performance.now();
    this.#noteAsked();
    const asking = new AbortController();
    this.#asking.set(question, asking);
    try {
      const answer = await this.#findAnswer(query, earlier, asking.signal);
      const tookMs = performance.now() - startedAt;
      this.#tell({ told: 'answer', question, answer, tookMs, memoryBytes: memoryBytes() });
    } catch (error) {
      if (error === FORGOTTEN) this.#tell({ told: 'forgotten', question, memoryBytes: memoryBytes() });
      else if (error instanceof IndexUnusable && this.#snapshot?.isDamaged) {
        this.#tell({ told: 'index-damaged', message: error.message });
      } else {
        const [of, cause] =
          error instanceof EarlierUnopened ? (['earlier', error.cause] as const) : (['this', error] as const);
        this.#tell({ told: 'no-answer', question, of, ...toRefusal(cause), memoryBytes: memoryBytes() });
      }
    } finally {
      this.#asking.delete(question);
      // Also when it has ended: what is prepared in between waits until people are done.
      this.#askedAt = performance.now();
    }
  }

  async #findAnswer(
    query: HeapQuery,
    earlier: EarlierSnapshot | undefined,
    signal: AbortSignal,
  ): Promise<Record<string, unknown>> {
    if (!this.#snapshot) throw new TypeError('nothing is open');
    if (!earlier) return await this.#turns.run(this.#snapshot.answering(query), signal);
    const last = this.#comparison;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#comparison = promise;
    try {
      // One after another: the next one may be about another snapshot, for which this one is closed.
      await last;
      return await this.#compare(this.#snapshot, query, earlier, signal);
    } finally {
      resolve();
    }
  }

  async #compare(
    snapshot: OpenedSnapshot,
    query: HeapQuery,
    earlier: EarlierSnapshot,
    signal: AbortSignal,
  ): Promise<Record<string, unknown>> {
    signal.throwIfAborted();
    const before = await this.#openEarlier(earlier);
    try {
      return await this.#turns.run(snapshot.answering(query, before, earlier.processes), signal);
    } catch (error) {
      if (!(error instanceof IndexUnusable) || !before.isDamaged) throw error;
      this.#tell({ told: 'remark', message: `The index of the earlier one is damaged: ${error.message}.` });
      rmSync(earlier.indexPath, { force: true });
      this.#closeEarlier();
      const again = await this.#openEarlier(earlier);
      return await this.#turns.run(snapshot.answering(query, again, earlier.processes), signal);
    }
  }

  /** The one that was compared with last stays open; another takes its place. */
  async #openEarlier(file: EarlierSnapshot): Promise<OpenedSnapshot> {
    if (this.#earlier?.sha256 === file.sha256) return this.#earlier.snapshot;
    this.#closeEarlier();
    const snapshot = await this.#openEither(file, file.limitBytes).catch((cause: unknown) => {
      throw new EarlierUnopened('the earlier one does not open', { cause });
    });
    this.#earlier = { sha256: file.sha256, snapshot };
    return snapshot;
  }

  #closeEarlier(): void {
    this.#earlier?.snapshot.close();
    this.#earlier = undefined;
  }
}

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
  // A system's words may name files of the server, and what is thrown by mistake was not written for people.
  console.error(error);
  return { refusal: 'failed', code: '', message: '' };
}

/** As whoever asks is told: what the system says may name files of the server, and goes to the log alone. */
function toIndexReason(error: unknown): string {
  if (error instanceof ProfileError) return error.message;
  console.error(error);
  return isOfFullDisk(error)
    ? 'The disk of the data directory is full.'
    : 'It could not be written; the log of the server says why.';
}

function isOfFullDisk(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

/** What the engine's columns and everything that is derived of them take: without the program itself. */
function memoryBytes(): number {
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
}
