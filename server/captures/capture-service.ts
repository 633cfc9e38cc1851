import type { Logger } from 'pino';
import type { AuditLog } from '../audit/index.ts';
import { CaptureNotEnded, CaptureNotFound, NothingToKeep } from '../errors.ts';
import {
  type Capture,
  type CaptureBudgets,
  type CaptureChange,
  type CaptureId,
  type CaptureList,
  type CaptureQuery,
  type CaptureRequest,
  type FileOriginals,
  type Instance,
  KINDS_WITHOUT_DURATION,
  type OriginalsRequest,
  type SourceQuery,
  type SourceText,
  type StateChange,
  type System,
} from '../http/contract/index.ts';
import type { InstanceDirectory } from '../instances/index.ts';
import { SortableIds } from '../sortable-ids.ts';
import type { Clock, Store } from '../store/index.ts';
import { CaptureLedger } from './capture-ledger.ts';
import { CaptureQueue } from './capture-queue.ts';
import { CaptureRows } from './capture-rows.ts';
import { CaptureRuns } from './capture-runs.ts';
import { type CaptureTimes, captureTimes } from './capture-times.ts';
import { chooseInstance } from './choose-instance.ts';
import { ConversionThreads } from './conversion/conversion-threads.ts';
import { newCapture } from './new-capture.ts';
import type { ProfileForm } from './profile-forms/profile-forms.ts';
import { Retention } from './retention.ts';
import type { SourceRoot } from './sources/source-roots.ts';
import { type OpenArtifact, StoredArtifacts } from './stored-artifacts.ts';

export interface CaptureLimits {
  running: number;
  queued: number;
  artifactMaxBytes: number;
  artifactTotalBytes: number;
  retentionDays: number;
  /** What ends a capture of a kind by itself; beyond it, and for the other kinds, the agents have their own. */
  budgets?: CaptureBudgets;
}

export interface CaptureServiceOptions {
  store: Store;
  audit: AuditLog;
  instances: InstanceDirectory;
  limits: CaptureLimits;
  /** Where the files of services are found here; none may be read where there is none. */
  sources?: readonly SourceRoot[];
  clock: Clock;
  log: Logger;
  /** Limits of patience; the defaults are meant for production. */
  times?: Partial<CaptureTimes>;
}

const DAY_MS = 24 * 3600_000;

/** Captures from the wish to the verified file, and what becomes of them. */
export class CaptureService implements AsyncDisposable {
  readonly #options: CaptureServiceOptions;
  readonly #rows: CaptureRows;
  readonly #ledger: CaptureLedger;
  readonly #runs: CaptureRuns;
  readonly #artifacts: StoredArtifacts;
  readonly #retention: Retention;
  readonly #conversions: ConversionThreads;
  readonly #ids = new SortableIds<CaptureId>('cap');
  readonly #watching: Disposable;

  private constructor(options: CaptureServiceOptions) {
    this.#options = options;
    const { store, audit, instances, limits, clock, log } = options;
    const retentionMs = limits.retentionDays * DAY_MS;
    const rows = new CaptureRows(store.db, retentionMs);
    this.#rows = rows;
    this.#conversions = new ConversionThreads(log);
    this.#retention = new Retention({
      rows,
      artifacts: store.artifacts,
      audit,
      clock,
      log,
      totalBytes: limits.artifactTotalBytes,
      retentionMs,
      onDeleted: (capture) => this.#ledger.tellDeleted(capture),
    });
    const onStored = () => this.#retention.recount();
    this.#ledger = new CaptureLedger({ store, rows, audit, log, retentionMs, onStored });
    this.#artifacts = new StoredArtifacts(
      this.#ledger,
      store.artifacts,
      this.#conversions,
      options.sources ?? [],
    );
    this.#runs = new CaptureRuns(new CaptureQueue(limits), this.#ledger, {
      instances,
      artifacts: store.artifacts,
      times: { ...captureTimes, ...options.times },
      maxBytes: limits.artifactMaxBytes,
      clock,
      log,
      makeRoom: (bytes) => this.#retention.makeRoom(bytes),
      changed: (live, what) => this.#ledger.changed(live, what),
      end: (live, event) => this.#ledger.end(live, event),
    });
    this.#watching = instances.onChange((change) => {
      if (change.type === 'instance') this.#heed(change.instance);
    });
  }

  /** Takes up again what an earlier process left unfinished. */
  static async start(options: CaptureServiceOptions): Promise<CaptureService> {
    const service = new CaptureService(options);
    const unfinished = await service.#rows.unfinished(options.clock);
    await options.store.artifacts.sweep({
      complete: new Set(await service.#rows.completeIds()),
      unfinished: new Set(unfinished.map((live) => live.id)),
    });
    for (const live of unfinished) await service.#runs.resume(live);
    await service.#retention.start();
    service.#runs.pump();
    return service;
  }

  /**
   * @throws InstanceNotFound, ServiceNotFound, ThreadNotFound, InstanceUnreachable, KindUnavailable, ConsentMissing,
   *   CaptureInProgress, QueueFull, StorageFull, AuditUnavailable
   */
  async request(wish: CaptureRequest, actor: string): Promise<Capture> {
    const { instances, clock } = this.#options;
    const instance = chooseInstance(instances, wish);
    const id = this.#ids.next(clock.now());
    const ahead = this.#runs.counts.queued;
    const budget = this.#options.limits.budgets?.[wish.kind];
    const live = newCapture({ id, wish, instance, actor, ahead, budget }, clock);
    await this.#runs.admit(live, async () => {
      await this.#retention.checkRoom();
      await this.#ledger.open(live);
    });
    return this.#ledger.toCapture(live);
  }

  /** Newest first. */
  async list(query: CaptureQuery): Promise<CaptureList> {
    return await this.#ledger.list(query);
  }

  async find(id: CaptureId): Promise<Capture | undefined> {
    return await this.#ledger.find(id);
  }

  /**
   * Ends a recording early and keeps it. One that has ended is left as it is.
   *
   * @throws CaptureNotFound, NothingToKeep
   */
  async stop(id: CaptureId, actor: string): Promise<Capture> {
    const kind = this.#ledger.findLive(id)?.facts.kind;
    if (kind && KINDS_WITHOUT_DURATION.includes(kind)) throw new NothingToKeep(id, kind);
    return await this.#endEarly(id, actor, 'stop');
  }

  /** Ends a capture and throws away what there is. One that has ended is left as it is. @throws CaptureNotFound */
  async cancel(id: CaptureId, actor: string): Promise<Capture> {
    return await this.#endEarly(id, actor, 'cancel');
  }

  /** @throws CaptureNotFound, AuditUnavailable */
  async change(id: CaptureId, change: CaptureChange, actor: string): Promise<Capture> {
    await this.#get(id);
    const act = { actor, action: 'capture.change', target: id, detail: { ...change } };
    await this.#options.audit.run(act, async () => {
      await this.#ledger.saved(id);
      const live = this.#ledger.findLive(id);
      if (live) Object.assign(live.facts, change);
      await this.#rows.change(id, change);
    });
    await this.#retention.recount();
    const capture = await this.#get(id);
    this.#ledger.tell({ type: 'capture', capture });
    return capture;
  }

  /** @throws CaptureNotFound, CaptureNotEnded, AuditUnavailable */
  async delete(id: CaptureId, actor: string): Promise<void> {
    const capture = await this.#get(id);
    if (this.#ledger.findLive(id)) throw new CaptureNotEnded(id, capture.status.state);
    await this.#retention.delete(capture, actor, 'asked for');
  }

  /** `range` is inclusive at both ends, within the artifact. @throws CaptureNotFound, ArtifactNotAvailable */
  async openArtifact(id: CaptureId, range?: { start: number; end: number }): Promise<OpenArtifact> {
    return await this.#artifacts.open(id, range);
  }

  /**
   * The profile in a form that other tools read: pprof comes as gzip.
   *
   * @throws CaptureNotFound, ArtifactNotAvailable, ArtifactUnreadable, ConversionBusy
   */
  async profile(
    id: CaptureId,
    form: ProfileForm,
    signal: AbortSignal,
  ): Promise<{ bytes: Uint8Array; fileName: string }> {
    return await this.#artifacts.profile(id, form, signal);
  }

  /**
   * What was pending, as text.
   *
   * @throws CaptureNotFound, ArtifactNotAvailable, ArtifactUnreadable, ConversionBusy
   */
  async text(id: CaptureId, signal: AbortSignal): Promise<{ bytes: Uint8Array; fileName: string }> {
    return await this.#artifacts.text(id, signal);
  }

  /**
   * The text of a file that the capture's profile names.
   *
   * @throws CaptureNotFound, ArtifactNotAvailable, and what `CaptureSources` throws
   */
  async source(id: CaptureId, query: SourceQuery, signal: AbortSignal): Promise<SourceText> {
    return await this.#artifacts.source(id, query, signal);
  }

  /**
   * Where functions and lines of generated files come from, by their source maps.
   *
   * @throws CaptureNotFound, ArtifactNotAvailable, and what `CaptureSources` throws
   */
  async originals(id: CaptureId, asked: OriginalsRequest, signal: AbortSignal): Promise<FileOriginals[]> {
    return await this.#artifacts.originals(id, asked, signal);
  }

  /** Where the stored artifact of a complete capture lies, for whoever reads it in a process of its own. */
  artifactPath(id: CaptureId): string {
    return this.#options.store.artifacts.pathOf(id);
  }

  /** Of all captures that are complete. */
  async completeIds(): Promise<readonly string[]> {
    return await this.#rows.completeIds();
  }

  counts(): System['captures'] {
    const { running: runningLimit, queued: queueLimit } = this.#options.limits;
    return { ...this.#runs.counts, runningLimit, queueLimit };
  }

  storage(): System['storage'] {
    const { artifactTotalBytes: artifactLimitBytes, retentionDays } = this.#options.limits;
    return { artifactBytes: this.#retention.storedBytes, artifactLimitBytes, retentionDays };
  }

  onChange(listener: (change: StateChange) => void): Disposable {
    return this.#ledger.onChange(listener);
  }

  /** Leaves what is under way to the next process. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#watching[Symbol.dispose]();
    await this.#runs[Symbol.asyncDispose]();
    await this.#ledger[Symbol.asyncDispose]();
    await this.#conversions[Symbol.asyncDispose]();
    await this.#retention[Symbol.asyncDispose]();
  }

  async #endEarly(id: CaptureId, actor: string, how: 'stop' | 'cancel'): Promise<Capture> {
    const live = this.#ledger.findLive(id);
    if (!live) return await this.#get(id);
    // Whoever asks again, or asks to keep what is being thrown away, changes nothing.
    if (live.facts.ending === how || live.facts.ending === 'cancel') return this.#ledger.toCapture(live);
    const act = { actor, action: `capture.${how}`, target: id, detail: { state: live.status.state } };
    await this.#options.audit.run(act, () => this.#runs.end(live, how));
    return await this.#get(id);
  }

  /** An instance that ended takes its queued captures along; one that came back may hold what nobody wants. */
  #heed(instance: Instance): void {
    const { connection } = instance;
    const isGone =
      connection.state === 'stopped' ||
      (connection.state === 'dead' && connection.evidence === 'connection-refused');
    if (isGone) void this.#runs.failQueued(instance, connection.reason);
    if (connection.state === 'connected') void this.#letGo(instance);
  }

  /** Tells an agent to let go of captures that have ended here while it could not be reached. */
  async #letGo(instance: Instance): Promise<void> {
    for (const id of this.#options.instances.heldCaptures(instance.id)) {
      const agent = this.#options.instances.findAgent(instance.id);
      const capture = await this.#rows.find(id).catch(() => undefined);
      if (!agent || !capture || this.#runs.has(capture.id) || this.#ledger.findLive(capture.id)) continue;
      const letGo = capture.artifact ? agent.releaseArtifact(id) : agent.stopCapture(id, true);
      await letGo.catch(() => {});
    }
  }

  async #get(id: CaptureId): Promise<Capture> {
    const capture = await this.#ledger.find(id);
    if (!capture) throw new CaptureNotFound(id);
    return capture;
  }
}
