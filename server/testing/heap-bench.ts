import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { onTestFinished } from 'vitest';
import type { HeapQuery } from '#profile/heap/query/heap-query.ts';
import type { HeapTimes } from '../heap/heap-times.ts';
import { HeapService } from '../heap/index.ts';
import type {
  Artifact,
  Capture,
  CaptureId,
  HeapReply,
  HeapState,
  StateChange,
} from '../http/contract/index.ts';
import { Listeners } from '../listeners.ts';
import { silentLog } from './silent-log.ts';
import { temporaryDirectory } from './temp-directory.ts';
import { waitUntil } from './wait-until.ts';

export interface HeapBenchOptions {
  readonly times?: Partial<HeapTimes>;
  readonly memoryBytes?: number;
  readonly indexBytes?: number;
  readonly log?: Logger;
}

/** Shared by all tests: compiling it for each process would take most of their time. */
export const PROGRAM = join(tmpdir(), 'opscenter-test-heap-program');

/** The room of heap snapshots with real processes and files; only the captures are made up. */
export class HeapBench {
  readonly directory = temporaryDirectory();
  readonly indexDirectory = join(this.directory, 'heap-index');
  readonly #options: HeapBenchOptions;
  readonly #captures = new Map<CaptureId, Capture & { artifact: Artifact }>();
  readonly #changes = new Listeners<StateChange>((error) => {
    throw error;
  });
  service!: HeapService;

  private constructor(options: HeapBenchOptions) {
    this.#options = options;
  }

  static async open(options: HeapBenchOptions = {}): Promise<HeapBench> {
    const bench = new HeapBench(options);
    await bench.start();
    onTestFinished(() => bench.service[Symbol.asyncDispose]());
    return bench;
  }

  /** Also once more, as after a restart of the server. */
  async start(): Promise<void> {
    const { memoryBytes = 1024 ** 3, indexBytes = 1024 ** 3, times, log = silentLog } = this.#options;
    this.service = await HeapService.start({
      captures: {
        find: async (id) => this.#captures.get(id),
        artifactPath: (id) => this.artifactPath(id),
        completeIds: async () => [...this.#captures.keys()],
        onChange: (listener) => this.#changes.add(listener),
      },
      indexDirectory: this.indexDirectory,
      programDirectory: PROGRAM,
      limits: { memoryBytes, indexBytes },
      // On a loaded machine, tests that stand back would wait for ever.
      times: { niceness: 0, ...times },
      log,
    });
  }

  /** A complete capture whose artifact this is; without it nothing lies at its place. */
  add(bytes: Uint8Array | undefined, facts: Partial<Capture> & { sizeBytes?: number } = {}): CaptureId {
    const number = String(this.#captures.size + 1).padStart(20, '0');
    const id = `cap_${number}` as CaptureId;
    if (bytes) writeFileSync(this.artifactPath(id), bytes);
    const { sizeBytes = bytes?.length ?? 0, ...rest } = facts;
    const artifact = {
      mediaType: 'application/vnd.v8.heapsnapshot+json',
      sizeBytes,
      sha256: createHash('sha256')
        .update(bytes ?? id)
        .digest('hex'),
      redacted: false,
    };
    const capture = {
      id,
      kind: 'heapsnapshot',
      instanceId: 'user-service.0123456789',
      thread: 'main',
      status: { state: 'complete' },
      ...rest,
      artifact,
    };
    this.#captures.set(id, capture as Capture & { artifact: Artifact });
    return id;
  }

  /** As retention does it, or a person. */
  remove(id: CaptureId): void {
    this.#captures.delete(id);
    this.#changes.emit({ type: 'capture-removed', captureId: id });
  }

  artifactPath(id: CaptureId): string {
    return join(this.directory, id);
  }

  indexPath(id: CaptureId): string {
    return join(this.indexDirectory, id);
  }

  ask(id: CaptureId, query: HeapQuery, signal = new AbortController().signal): Promise<HeapReply> {
    return this.service.ask(id, { query }, signal);
  }

  pid(id: CaptureId): number {
    const pid = this.service.pids().get(id);
    if (pid === undefined) throw new Error(`${id} has no process`);
    return pid;
  }

  untilState<State extends HeapState['state']>(
    id: CaptureId,
    state: State,
  ): Promise<Extract<HeapState, { state: State }>> {
    return waitUntil(`${id} is ${state}`, async () => {
      const found = await this.service.state(id);
      return found.state === state ? (found as Extract<HeapState, { state: State }>) : undefined;
    });
  }

  /** Open, and its index is written or given up. */
  untilSettled(id: CaptureId): Promise<Extract<HeapState, { state: 'open' }>> {
    return waitUntil(`the index of ${id} is settled`, async () => {
      const found = await this.service.state(id);
      return found.state === 'open' && found.index !== 'writing' ? found : undefined;
    });
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
