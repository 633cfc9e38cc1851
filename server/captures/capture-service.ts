import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import type { AuditLog } from '../audit/index.ts';
import { ArtifactNotAvailable, CaptureNotEnded, CaptureNotFound, ShuttingDown } from '../errors.ts';
import type {
  Artifact,
  Capture,
  CaptureChange,
  CaptureId,
  CaptureList,
  CaptureQuery,
  CaptureRequest,
  Instance,
  StateChange,
  System,
} from '../http/contract/index.ts';
import type { InstanceDirectory } from '../instances/index.ts';
import { SortableIds } from '../sortable-ids.ts';
import { type Clock, type Store, toInstant } from '../store/index.ts';
import { CaptureLedger } from './capture-ledger.ts';
import { CaptureQueue } from './capture-queue.ts';
import { CaptureRows } from './capture-rows.ts';
import { CaptureRun } from './capture-run.ts';
import { type CaptureTimes, captureTimes } from './capture-times.ts';
import { chooseInstance } from './choose-instance.ts';
import { toFileName } from './file-name.ts';
import { LiveCapture } from './live-capture.ts';
import { PprofConverter } from './pprof/pprof-converter.ts';
import { Retention } from './retention.ts';
import type { RunHost } from './run-host.ts';

export interface CaptureLimits {
  running: number;
  queued: number;
  artifactMaxBytes: number;
  artifactTotalBytes: number;
  retentionDays: number;
}

export interface CaptureServiceOptions {
  store: Store;
  audit: AuditLog;
  instances: InstanceDirectory;
  limits: CaptureLimits;
  clock: Clock;
  log: Logger;
  /** Limits of patience; the defaults are meant for production. */
  times?: Partial<CaptureTimes>;
}

export interface OpenArtifact {
  stream: Readable;
  /** Of the whole artifact, whatever the range. */
  sizeBytes: number;
  mediaType: string;
  fileName: string;
  sha256: string;
}

const DAY_MS = 24 * 3600_000;

/** Captures from the wish to the verified file, and what becomes of them. */
export class CaptureService implements AsyncDisposable {
  readonly #options: CaptureServiceOptions;
  readonly #rows: CaptureRows;
  readonly #ledger: CaptureLedger;
  readonly #queue: CaptureQueue;
  readonly #retention: Retention;
  readonly #converter: PprofConverter;
  readonly #host: RunHost;
  readonly #ids = new SortableIds<CaptureId>('cap');
  readonly #runs = new Map<CaptureId, { run: CaptureRun; done: Promise<void> }>();
  readonly #watching: Disposable;
  #isClosing = false;

  private constructor(options: CaptureServiceOptions) {
    this.#options = options;
    const { store, audit, instances, limits, clock, log } = options;
    const retentionMs = limits.retentionDays * DAY_MS;
    const rows = new CaptureRows(store.db, retentionMs);
    this.#rows = rows;
    this.#queue = new CaptureQueue(limits);
    this.#converter = new PprofConverter(log);
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
    this.#host = {
      instances,
      artifacts: store.artifacts,
      times: { ...captureTimes, ...options.times },
      maxBytes: limits.artifactMaxBytes,
      clock,
      log,
      makeRoom: (bytes) => this.#retention.makeRoom(bytes),
      changed: (live, what) => this.#ledger.changed(live, what),
      end: (live, event) => this.#ledger.end(live, event),
    };
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
    for (const live of unfinished) await service.#resume(live);
    await service.#retention.start();
    service.#pump();
    return service;
  }

  /**
   * @throws InstanceNotFound, ServiceNotFound, ThreadNotFound, InstanceUnreachable, KindUnavailable,
   *   CaptureInProgress, QueueFull, StorageFull, AuditUnavailable
   */
  async request(wish: CaptureRequest, actor: string): Promise<Capture> {
    if (this.#isClosing) throw new ShuttingDown();
    const instance = chooseInstance(this.#options.instances, wish);
    const live = this.#toLive(wish, instance, actor);
    this.#queue.reserve(live);
    try {
      await this.#retention.checkRoom();
      await this.#ledger.open(live);
    } catch (error) {
      this.#queue.leave(live);
      this.#pump();
      throw error;
    }
    this.#pump();
    return this.#ledger.toCapture(live);
  }

  /** Newest first. */
  async list(query: CaptureQuery): Promise<CaptureList> {
    return await this.#ledger.list(query);
  }

  async find(id: CaptureId): Promise<Capture | undefined> {
    return await this.#ledger.find(id);
  }

  /** Ends a recording early and keeps it. One that has ended is left as it is. @throws CaptureNotFound */
  async stop(id: CaptureId, actor: string): Promise<Capture> {
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
    const { capture, artifact } = await this.#getComplete(id);
    const stream = await this.#options.store.artifacts.openRead(id, range);
    const { sizeBytes, mediaType, sha256 } = artifact;
    return { stream, sizeBytes, mediaType, sha256, fileName: toFileName(capture, artifact) };
  }

  /**
   * The artifact as gzip'd pprof.
   *
   * @throws CaptureNotFound, ArtifactNotAvailable, ArtifactUnreadable, ConversionBusy
   */
  async pprof(id: CaptureId, signal: AbortSignal): Promise<{ bytes: Uint8Array; fileName: string }> {
    const { capture, artifact } = await this.#getComplete(id);
    const path = this.#options.store.artifacts.pathOf(id);
    const bytes = await this.#converter.convert(capture, artifact, path, signal);
    return { bytes, fileName: toFileName(capture, artifact).replace(/\.[a-z]+$/, '.pb.gz') };
  }

  counts(): System['captures'] {
    const { running: runningLimit, queued: queueLimit } = this.#options.limits;
    const queued = this.#queue.waiting.length;
    return { running: this.#queue.runningCount, queued, runningLimit, queueLimit };
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
    this.#isClosing = true;
    this.#watching[Symbol.dispose]();
    const runs = [...this.#runs.values()];
    for (const { run } of runs) run.suspend();
    await Promise.all(runs.map(({ done }) => done));
    await this.#ledger[Symbol.asyncDispose]();
    await this.#converter[Symbol.asyncDispose]();
    await this.#retention[Symbol.asyncDispose]();
  }

  #toLive(wish: CaptureRequest, instance: Instance, actor: string): LiveCapture {
    const { clock } = this.#options;
    const requestedAt = toInstant(clock.now());
    const facts: LiveCapture['facts'] = {
      id: this.#ids.next(clock.now()),
      kind: wish.kind,
      service: instance.service,
      serviceVersion: instance.version,
      instanceId: instance.id,
      instanceName: instance.name,
      thread: wish.thread,
      requestedAt,
      requestedBy: actor,
      durationSeconds: wish.durationSeconds,
      options: wish.options,
      ending: null,
      threadUnresponsive: false,
      cost: { startPauseMs: null, stopPauseMs: null, memoryGrowthBytes: null },
      pinned: false,
      note: wish.note,
    };
    const status = { state: 'queued', since: requestedAt, ahead: this.#queue.waiting.length } as const;
    return new LiveCapture(facts, status, undefined, 0, clock);
  }

  async #resume(live: LiveCapture): Promise<void> {
    const givesUpAtMs = this.#options.clock.now() + this.#host.times.giveUpMs;
    live.apply({ kind: 'broke', reason: 'The server was restarted.', givesUpAtMs });
    await this.#ledger.reopen(live);
    if (live.facts.ending === 'cancel') {
      await this.#ledger.end(live, { kind: 'cancelled' });
      await this.#options.store.artifacts.remove(live.id);
      return;
    }
    this.#queue.restore(live);
    if (live.status.state !== 'queued') this.#startRun(this.#queue.run(live), true);
  }

  /** Starts what is next while there is room. */
  #pump(): void {
    if (this.#isClosing) return;
    for (let next = this.#queue.next(); next; next = this.#queue.next()) {
      next.apply({ kind: 'turn-came' });
      this.#ledger.changed(next, 'state');
      this.#startRun(next, false);
    }
    for (const [ahead, live] of this.#queue.waiting.entries()) {
      if (live.status.state !== 'queued' || live.status.ahead === ahead) continue;
      live.apply({ kind: 'moved-up', ahead });
      if (live.auditIntent) this.#ledger.emit(live);
    }
  }

  #startRun(live: LiveCapture, resumed: boolean): void {
    const run = new CaptureRun(live, this.#host, resumed);
    const done = run.run().then((result) => {
      this.#runs.delete(live.id);
      if (result === 'ended') this.#queue.leave(live);
      this.#pump();
    });
    this.#runs.set(live.id, { run, done });
  }

  async #endEarly(id: CaptureId, actor: string, how: 'stop' | 'cancel'): Promise<Capture> {
    const live = this.#ledger.findLive(id);
    if (!live) return await this.#get(id);
    // Whoever asks again, or asks to keep what is being thrown away, changes nothing.
    if (live.facts.ending === how || live.facts.ending === 'cancel') return this.#ledger.toCapture(live);
    const act = { actor, action: `capture.${how}`, target: id, detail: { state: live.status.state } };
    await this.#options.audit.run(act, async () => {
      if (live.status.state === 'queued') await this.#takeOut(live);
      else if (!live.isOver) await this.#endRun(live, how);
    });
    return await this.#get(id);
  }

  /** Out of the queue: there is nothing to keep yet. */
  async #takeOut(live: LiveCapture): Promise<void> {
    this.#queue.leave(live);
    await this.#ledger.end(live, { kind: 'cancelled' });
    this.#pump();
  }

  async #endRun(live: LiveCapture, how: 'stop' | 'cancel'): Promise<void> {
    live.facts.ending = how;
    this.#ledger.changed(live, 'state');
    // Should the server end now, the next one knows what was asked.
    await this.#ledger.saved(live.id);
    const entry = this.#runs.get(live.id);
    if (how === 'stop') return await entry?.run.stop();
    entry?.run.cancel();
    await entry?.done;
  }

  /** An instance that ended takes its queued captures along; one that came back may hold what nobody wants. */
  #heed(instance: Instance): void {
    const { connection } = instance;
    const isGone =
      connection.state === 'stopped' ||
      (connection.state === 'dead' && connection.evidence === 'connection-refused');
    if (isGone) void this.#failQueued(instance, connection.reason);
    if (connection.state === 'connected') void this.#letGo(instance);
  }

  async #failQueued(instance: Instance, reason: string): Promise<void> {
    const queued = this.#queue.waiting.filter(
      ({ facts, auditIntent }) => auditIntent && facts.instanceId === instance.id,
    );
    for (const live of queued) {
      this.#queue.leave(live);
      const message = `${instance.name} ended before the turn of the capture came: ${reason}`;
      await this.#ledger.end(live, { kind: 'failed', code: 'instance-ended', message });
    }
    this.#pump();
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

  async #getComplete(id: CaptureId): Promise<{ capture: Capture; artifact: Artifact }> {
    const capture = await this.#get(id);
    if (!capture.artifact) throw new ArtifactNotAvailable(id, capture.status.state);
    return { capture, artifact: capture.artifact };
  }
}
