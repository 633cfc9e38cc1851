import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Logger } from 'pino';
import type { HeapQuery } from '#profile/heap/query/heap-query.ts';
import {
  ArtifactNotAvailable,
  CaptureNotFound,
  EarlierSnapshotMissing,
  HeapSnapshotExpected,
} from '../errors.ts';
import type {
  Artifact,
  Capture,
  CaptureId,
  HeapReply,
  HeapState,
  StateChange,
} from '../http/contract/index.ts';
import { Listeners } from '../listeners.ts';
import type { SnapshotFile } from './child-messages.ts';
import type { HeapMeasurement } from './heap-measurement.ts';
import { HeapSession } from './heap-session.ts';
import { type HeapTimes, heapTimes } from './heap-times.ts';
import { IndexFiles } from './index-files.ts';
import { MemoryLedger } from './memory-ledger.ts';

/** What this room needs of the captures. */
export interface SnapshotCaptures {
  find(id: CaptureId): Promise<Capture | undefined>;
  /** Where the stored artifact of a complete capture lies. */
  artifactPath(id: CaptureId): string;
  /** Of all captures that are complete. */
  completeIds(): Promise<readonly string[]>;
  onChange(listener: (change: StateChange) => void): Disposable;
}

export interface HeapServiceOptions {
  readonly captures: SnapshotCaptures;
  readonly indexDirectory: string;
  /** Where Node keeps the processes' program compiled; a folder beside the indexes unless said otherwise. */
  readonly programDirectory?: string;
  readonly limits: { readonly memoryBytes: number; readonly indexBytes: number };
  readonly log: Logger;
  /** Limits of patience; the defaults are meant for production. */
  readonly times?: Partial<HeapTimes>;
}

/** `earlier`: what questions that compare are about. */
export interface HeapAsked {
  readonly query: HeapQuery;
  readonly earlier?: CaptureId;
}

/** How many openings that failed are remembered. */
const FAILED_KEPT = 100;

/** Heap snapshots that are looked into: each is opened when somebody asks, and closed when nobody does any more. */
export class HeapService implements AsyncDisposable {
  readonly #options: HeapServiceOptions;
  readonly #programDirectory: string;
  readonly #times: HeapTimes;
  readonly #indexes: IndexFiles;
  readonly #ledger: MemoryLedger;
  readonly #sessions = new Map<CaptureId, HeapSession>();
  readonly #measurements: Listeners<HeapMeasurement>;
  readonly #watching: Disposable;
  #isPumping = false;

  private constructor(options: HeapServiceOptions, indexes: IndexFiles, programDirectory: string) {
    this.#programDirectory = programDirectory;
    this.#options = options;
    this.#indexes = indexes;
    this.#times = { ...heapTimes, ...options.times };
    this.#ledger = new MemoryLedger(options.limits.memoryBytes, this.#times.processes);
    this.#measurements = new Listeners((error) =>
      options.log.error({ err: error }, 'a listener of measurements failed'),
    );
    this.#watching = options.captures.onChange((change) => {
      if (change.type === 'capture-removed') void this.#forget(change.captureId);
    });
  }

  static async start(options: HeapServiceOptions): Promise<HeapService> {
    const { indexDirectory: directory, limits, log, captures } = options;
    const complete = new Set(await captures.completeIds());
    const indexes = await IndexFiles.open({ directory, totalBytes: limits.indexBytes, log }, complete);
    const programDirectory = options.programDirectory ?? join(directory, 'compiled-program');
    // It has to be there before a process may be allowed to use it.
    await mkdir(programDirectory, { recursive: true, mode: 0o700 });
    return new HeapService(options, indexes, programDirectory);
  }

  /** @throws CaptureNotFound, ArtifactNotAvailable, HeapSnapshotExpected */
  async state(id: CaptureId): Promise<HeapState> {
    return (await this.#sessionOf(id)).toState();
  }

  /**
   * Begins to open it, unless that was done; what failed is tried again.
   *
   * @throws CaptureNotFound, ArtifactNotAvailable, HeapSnapshotExpected
   */
  async open(id: CaptureId): Promise<HeapState> {
    const session = await this.#sessionOf(id);
    session.open();
    return session.toState();
  }

  /** Ends what is being opened, and closes what is open, for everybody. The index stays. */
  async close(id: CaptureId): Promise<HeapState> {
    const session = await this.#sessionOf(id);
    session.close();
    return session.toState();
  }

  /**
   * @throws CaptureNotFound, ArtifactNotAvailable, HeapSnapshotExpected, EarlierSnapshotMissing, and what
   *   `HeapSession.ask` throws
   */
  async ask(
    id: CaptureId,
    { query, earlier: earlierId }: HeapAsked,
    signal: AbortSignal,
  ): Promise<HeapReply> {
    const session = await this.#sessionOf(id);
    if (!query.ask.startsWith('compar')) {
      return { ...(await session.ask({ query, signal })), comparedWith: null };
    }
    if (earlierId === undefined || earlierId === id) throw new EarlierSnapshotMissing();
    const [later, before] = [await this.#demand(id), await this.#demand(earlierId)];
    if (!session.isComparedWith(this.#toFile(before))) await this.#prepareEarlier(earlierId, signal);
    // An instance is one process, and each of its threads has a heap of its own.
    const sameProcess = later.instanceId === before.instanceId && later.thread === before.thread;
    const earlier = {
      ...this.#toFile(before),
      captureId: earlierId,
      processes: sameProcess ? 'one' : 'two',
    } as const;
    const answered = await session.ask({ query, earlier, signal });
    return { ...answered, comparedWith: { captureId: earlierId, sameProcess } };
  }

  onMeasurement(listener: (measurement: HeapMeasurement) => void): Disposable {
    return this.#measurements.add(listener);
  }

  /** For the meters. */
  usage(): { open: number; opening: number; waiting: number; memoryBytes: number; indexBytes: number } {
    const sessions = [...this.#sessions.values()];
    const count = (is: HeapSession['is']) => sessions.filter((session) => session.is === is).length;
    return {
      open: count('open'),
      opening: count('opening'),
      waiting: count('waiting'),
      memoryBytes: sessions.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
      indexBytes: this.#indexes.keptBytes,
    };
  }

  /** The processes that run, by capture. */
  pids(): ReadonlyMap<CaptureId, number> {
    const running = [...this.#sessions].flatMap(([id, { pid }]) =>
      pid === undefined ? [] : [[id, pid] as const],
    );
    return new Map(running);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#watching[Symbol.dispose]();
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    for (const session of sessions) session.close();
    await Promise.all(sessions.map((session) => session.ended()));
  }

  /**
   * So that the later one's process finds an index, and need not read the whole artifact of the earlier one. It does where no index
   * can be kept.
   */
  async #prepareEarlier(id: CaptureId, signal: AbortSignal): Promise<void> {
    if (this.#indexes.has(id)) return;
    const session = await this.#sessionOf(id);
    if (session.isWithoutIndex) return;
    await session.ask({ query: { ask: 'summary' }, signal });
    await session.indexSettled();
  }

  async #sessionOf(id: CaptureId): Promise<HeapSession> {
    const capture = await this.#demand(id);
    const known = this.#sessions.get(id);
    if (known) return known;
    const { captures, log } = this.#options;
    const session = new HeapSession({
      captureId: id,
      file: this.#toFile(capture),
      artifactDirectory: dirname(captures.artifactPath(id)),
      programDirectory: this.#programDirectory,
      indexes: this.#indexes,
      ledger: this.#ledger,
      times: this.#times,
      log,
      onRoom: () => this.#pump(),
      isNext: (one) => this.#waiting()[0] === one,
      measure: (measurement) => this.#measurements.emit(measurement),
    });
    this.#sessions.set(id, session);
    return session;
  }

  async #demand(id: CaptureId): Promise<Capture & { artifact: Artifact }> {
    const capture = await this.#options.captures.find(id);
    if (!capture) throw new CaptureNotFound(id);
    const { artifact, kind, status } = capture;
    if (kind !== 'heapsnapshot') throw new HeapSnapshotExpected(id, kind);
    if (!artifact) throw new ArtifactNotAvailable(id, status.state);
    return { ...capture, artifact };
  }

  #toFile({ id, artifact }: Capture & { artifact: Artifact }): SnapshotFile {
    return {
      artifactPath: this.#options.captures.artifactPath(id),
      indexPath: this.#indexes.pathOf(id),
      sha256: artifact.sha256,
      sizeBytes: artifact.sizeBytes,
    };
  }

  /** Later, when whoever made room is done: what was freed may be meant for somebody. */
  #pump(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    queueMicrotask(() => {
      this.#isPumping = false;
      for (const session of this.#waiting()) {
        session.tryToStart();
        if (session.is === 'waiting') break;
      }
      this.#tidy();
    });
  }

  /** In the order in which they came: a large one is not passed by small ones for ever. */
  #waiting(): HeapSession[] {
    const waiting = [...this.#sessions.values()].filter((session) => session.is === 'waiting');
    return waiting.sort((a, b) => (a.waitingSince ?? 0) - (b.waitingSince ?? 0));
  }

  #tidy(): void {
    const over = [...this.#sessions].filter(([, { is }]) => is === 'failed' || is === 'closed');
    const surplus = over.slice(0, Math.max(0, over.length - FAILED_KEPT));
    for (const [id] of surplus) this.#sessions.delete(id);
  }

  async #forget(id: CaptureId): Promise<void> {
    const session = this.#sessions.get(id);
    this.#sessions.delete(id);
    session?.close();
    await session?.ended();
    await this.#indexes.remove(id);
  }
}
