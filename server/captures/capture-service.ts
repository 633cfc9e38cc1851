import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import type { AuditLog } from '../audit/index.ts';
import {
  ArtifactNotAvailable,
  CaptureInProgress,
  CaptureNotEnded,
  CaptureNotFound,
  QueueFull,
  ShuttingDown,
  StorageFailed,
} from '../errors.ts';
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
  TimelineEvent,
} from '../http/contract/index.ts';
import type { InstanceDirectory } from '../instances/index.ts';
import { Listeners } from '../listeners.ts';
import { type Clock, type Store, toInstant } from '../store/index.ts';
import { CaptureIds } from './capture-id.ts';
import { CaptureRows } from './capture-rows.ts';
import { CaptureRun, type RunHost } from './capture-run.ts';
import type { CaptureEvent } from './capture-state.ts';
import { type CaptureTimes, captureTimes } from './capture-times.ts';
import { chooseInstance } from './choose-instance.ts';
import { toFileName } from './file-name.ts';
import { LiveCapture } from './live-capture.ts';
import { PprofConverter } from './pprof/pprof-converter.ts';
import { Retention } from './retention.ts';

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

/** While bytes come in, progress is told so often and no more. */
const PROGRESS_EVERY_MS = 250;
const DAY_MS = 24 * 3600_000;

/** Captures from the wish to the verified file, and what becomes of them. */
export class CaptureService implements AsyncDisposable {
  readonly #options: CaptureServiceOptions;
  readonly #rows: CaptureRows;
  readonly #retention: Retention;
  readonly #retentionMs: number;
  readonly #converter: PprofConverter;
  readonly #host: RunHost;
  readonly #ids = new CaptureIds();
  readonly #live = new Map<CaptureId, LiveCapture>();
  readonly #slots = new Map<string, CaptureId>();
  readonly #runs = new Map<CaptureId, { run: CaptureRun; done: Promise<void> }>();
  #queue: LiveCapture[] = [];
  readonly #changes: Listeners<StateChange>;
  readonly #toldAt = new Map<CaptureId, number>();
  /** Saves of one capture happen one after the other. */
  readonly #saves = new Map<CaptureId, Promise<void>>();
  readonly #watching: Disposable;
  #isClosing = false;

  private constructor(options: CaptureServiceOptions) {
    this.#options = options;
    const { store, audit, instances, limits, clock, log } = options;
    this.#retentionMs = limits.retentionDays * DAY_MS;
    this.#rows = new CaptureRows(store.db, this.#retentionMs);
    this.#changes = new Listeners((error) => log.error({ err: error }, 'a capture listener failed'));
    this.#converter = new PprofConverter(log);
    this.#retention = new Retention({
      rows: this.#rows,
      artifacts: store.artifacts,
      audit,
      clock,
      log,
      totalBytes: limits.artifactTotalBytes,
      retentionMs: this.#retentionMs,
      onDeleted: (capture) => this.#tellDeleted(capture),
    });
    this.#host = {
      instances,
      artifacts: store.artifacts,
      times: { ...captureTimes, ...options.times },
      maxBytes: limits.artifactMaxBytes,
      clock,
      log,
      makeRoom: (bytes) => this.#retention.makeRoom(bytes),
      changed: (live, what) => this.#changed(live, what),
      end: (live, event) => this.#end(live, event),
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
    this.#reserve(live, instance);
    try {
      await this.#retention.checkRoom();
      await this.#insert(live);
    } catch (error) {
      this.#release(live);
      throw error;
    }
    this.#tell(live, 'capture-requested', {});
    this.#pump();
    return this.#toCapture(live);
  }

  /** Newest first. */
  async list(query: CaptureQuery): Promise<CaptureList> {
    const rows = await this.#rows.list(query);
    const captures = rows.slice(0, query.limit).map((row) => this.#newest(row));
    const nextBefore = rows.length > query.limit ? (captures.at(-1)?.id ?? null) : null;
    return { captures, nextBefore };
  }

  async find(id: CaptureId): Promise<Capture | undefined> {
    const live = this.#live.get(id);
    return live ? this.#toCapture(live) : await this.#rows.find(id);
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
      await this.#saves.get(id);
      const live = this.#live.get(id);
      if (live) Object.assign(live.facts, change);
      await this.#rows.change(id, change);
    });
    const changed = await this.#get(id);
    await this.#retention.recount();
    this.#changes.emit({ type: 'capture', capture: changed });
    return changed;
  }

  /** @throws CaptureNotFound, CaptureNotEnded, AuditUnavailable */
  async delete(id: CaptureId, actor: string): Promise<void> {
    const capture = await this.#get(id);
    if (this.#live.has(id)) throw new CaptureNotEnded(id, capture.status.state);
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
    return { running: this.#runs.size, queued: this.#queue.length, runningLimit, queueLimit };
  }

  storage(): System['storage'] {
    const { artifactTotalBytes: artifactLimitBytes, retentionDays } = this.#options.limits;
    return { artifactBytes: this.#retention.storedBytes, artifactLimitBytes, retentionDays };
  }

  onChange(listener: (change: StateChange) => void): Disposable {
    return this.#changes.add(listener);
  }

  /** Leaves what is under way to the next process. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosing = true;
    this.#watching[Symbol.dispose]();
    const runs = [...this.#runs.values()];
    for (const { run } of runs) run.suspend();
    await Promise.all(runs.map(({ done }) => done));
    await Promise.all([...this.#saves.values()]);
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
    const status = { state: 'queued', since: requestedAt, ahead: this.#queue.length } as const;
    return new LiveCapture(facts, status, undefined, 0, clock);
  }

  /** Takes its place at once, so that of two requests at the same moment one is told of the other. */
  #reserve(live: LiveCapture, instance: Instance): void {
    const other = this.#slots.get(live.slot);
    if (other) throw new CaptureInProgress(other, live.facts.kind, instance.name);
    const { running, queued } = this.#options.limits;
    const ahead = this.#runs.size + this.#queue.length;
    if (ahead >= running + queued) throw new QueueFull(this.#runs.size, this.#queue.length);
    this.#slots.set(live.slot, live.id);
    this.#live.set(live.id, live);
    this.#queue.push(live);
  }

  #release(live: LiveCapture): void {
    this.#queue = this.#queue.filter((queued) => queued !== live);
    this.#live.delete(live.id);
    if (this.#slots.get(live.slot) === live.id) this.#slots.delete(live.slot);
    this.#toldAt.delete(live.id);
  }

  async #insert(live: LiveCapture): Promise<void> {
    const { kind, instanceId, thread, durationSeconds, options, requestedBy } = live.facts;
    await this.#options.audit.intend(
      {
        actor: requestedBy,
        action: 'capture.request',
        target: live.id,
        detail: { kind, instanceId, thread, durationSeconds, options: { ...options } },
      },
      async (transaction, sequence) => {
        live.auditIntent = sequence;
        await this.#rows.insert(transaction, live);
      },
    );
  }

  /** What an earlier process left: nobody saw how its act ended, so going on is an act of its own. */
  async #resume(live: LiveCapture): Promise<void> {
    this.#live.set(live.id, live);
    this.#slots.set(live.slot, live.id);
    const detail = { state: live.status.state };
    const act = { actor: 'server', action: 'capture.resume', target: live.id, detail };
    live.apply({
      kind: 'broke',
      reason: 'The server was restarted.',
      givesUpAtMs: this.#options.clock.now() + this.#host.times.giveUpMs,
    });
    live.auditIntent = await this.#options.audit.intend(act, async (transaction, sequence) => {
      live.auditIntent = sequence;
      await this.#rows.update(transaction, live);
    });
    if (live.facts.ending === 'cancel') await this.#end(live, { kind: 'cancelled' });
    else if (live.status.state === 'queued') this.#queue.push(live);
    else this.#startRun(live, true);
  }

  /** Starts what is next while there is room. */
  #pump(): void {
    if (this.#isClosing) return;
    // One whose row is not written yet is not started, and neither is what stands behind it.
    while (this.#runs.size < this.#options.limits.running && this.#queue[0]?.auditIntent) {
      const next = this.#queue.shift();
      if (!next) break;
      next.apply({ kind: 'turn-came' });
      this.#changed(next, 'state');
      this.#startRun(next, false);
    }
    for (const [ahead, live] of this.#queue.entries()) {
      if (live.status.state !== 'queued' || live.status.ahead === ahead) continue;
      live.apply({ kind: 'moved-up', ahead });
      this.#emit(live);
    }
  }

  #startRun(live: LiveCapture, resumed: boolean): void {
    const run = new CaptureRun(live, this.#host, resumed);
    const done = run.run().then((result) => {
      this.#runs.delete(live.id);
      if (result === 'ended') this.#release(live);
      this.#pump();
    });
    this.#runs.set(live.id, { run, done });
  }

  async #endEarly(id: CaptureId, actor: string, how: 'stop' | 'cancel'): Promise<Capture> {
    const live = this.#live.get(id);
    if (!live) return await this.#get(id);
    // Whoever asks again, or asks to keep what is being thrown away, changes nothing.
    if (live.facts.ending === how || live.facts.ending === 'cancel') return this.#toCapture(live);
    const act = { actor, action: `capture.${how}`, target: id, detail: { state: live.status.state } };
    await this.#options.audit.run(act, async () => {
      if (live.isOver) return;
      if (live.status.state === 'queued') {
        // There is nothing to keep yet.
        await this.#end(live, { kind: 'cancelled' });
        this.#release(live);
        this.#pump();
        return;
      }
      live.facts.ending = how;
      this.#changed(live, 'state');
      await this.#saves.get(id);
      const entry = this.#runs.get(id);
      if (how === 'stop') await entry?.run.stop();
      else {
        entry?.run.cancel();
        await entry?.done;
      }
    });
    return await this.#get(id);
  }

  /** Saves and tells. What is only progress is told now and then. */
  #changed(live: LiveCapture, what: 'state' | 'progress'): void {
    if (what === 'progress') {
      const now = performance.now();
      if (now - (this.#toldAt.get(live.id) ?? 0) < PROGRESS_EVERY_MS) return;
      this.#toldAt.set(live.id, now);
      this.#emit(live);
      return;
    }
    const before = this.#saves.get(live.id) ?? Promise.resolve();
    const save = before
      .then(() => this.#rows.update(this.#options.store.db, live))
      .catch((error) => {
        // The end is what counts; a state in between is only where a restart would go on from.
        this.#options.log.error({ err: error, capture: live.id }, 'the state of a capture cannot be saved');
      })
      .finally(() => {
        if (this.#saves.get(live.id) === save) this.#saves.delete(live.id);
      });
    this.#saves.set(live.id, save);
    this.#emit(live);
  }

  /**
   * The end of a capture: its row and the outcome in the audit are one transaction, and only then is it told.
   *
   * @throws StorageFailed when a success cannot be written
   */
  async #end(live: LiveCapture, event: CaptureEvent): Promise<void> {
    await this.#saves.get(live.id);
    const before = live.status;
    if (!live.apply(event)) return;
    const { status, announced } = live;
    const isComplete = status.state === 'complete';
    const outcome = {
      result: status.state === 'failed' ? ('failed' as const) : ('succeeded' as const),
      detail: {
        state: status.state,
        ...(status.state === 'failed' && { code: status.code, message: status.message }),
        ...(isComplete && announced && { sizeBytes: announced.sizeBytes, sha256: announced.sha256 }),
      },
    };
    const isWritten = await this.#options.audit.conclude(live.auditIntent, outcome, (transaction) =>
      this.#rows.update(transaction, live),
    );
    if (!isWritten && isComplete) {
      live.status = before;
      throw new StorageFailed('the database could not be written');
    }
    if (isComplete) await this.#retention.recount();
    this.#tellEnd(live);
  }

  #tellEnd(live: LiveCapture): void {
    const { status } = live;
    if (status.state === 'failed') {
      this.#tell(live, 'capture-failed', { code: status.code, message: status.message });
    } else if (status.state === 'complete') this.#tell(live, 'capture-complete', {});
    else this.#tell(live, 'capture-cancelled', {});
  }

  #tell(live: LiveCapture, kind: TimelineEvent['kind'], detail: Record<string, string>): void {
    this.#record(live.facts, kind, detail);
    this.#emit(live);
  }

  #tellDeleted(capture: Capture): void {
    this.#record(capture, 'capture-deleted', {});
    this.#changes.emit({ type: 'capture-removed', captureId: capture.id });
  }

  #record(facts: LiveCapture['facts'], kind: TimelineEvent['kind'], detail: Record<string, string>): void {
    this.#options.store.timeline.record({
      kind,
      service: facts.service,
      instanceId: facts.instanceId,
      instanceName: facts.instanceName,
      captureId: facts.id,
      detail: { kind: facts.kind, ...detail },
    });
  }

  #emit(live: LiveCapture): void {
    this.#changes.emit({ type: 'capture', capture: this.#toCapture(live) });
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
    for (const live of this.#queue.filter((queued) => queued.facts.instanceId === instance.id)) {
      const message = `${instance.name} ended before the turn of the capture came: ${reason}`;
      await this.#end(live, { kind: 'failed', code: 'instance-ended', message });
      this.#release(live);
    }
    this.#pump();
  }

  /** Tells an agent to let go of captures that have ended here while it could not be reached. */
  async #letGo(instance: Instance): Promise<void> {
    for (const id of this.#options.instances.heldCaptures(instance.id) as CaptureId[]) {
      if (this.#live.has(id)) continue;
      const agent = this.#options.instances.findAgent(instance.id);
      const capture = await this.#rows.find(id).catch(() => undefined);
      if (!agent || !capture || this.#live.has(id)) continue;
      const letGo = capture.artifact ? agent.releaseArtifact(id) : agent.stopCapture(id, true);
      await letGo.catch(() => {});
    }
  }

  #toCapture(live: LiveCapture): Capture {
    return structuredClone(live.toCapture(this.#retentionMs));
  }

  #newest(row: Capture): Capture {
    const live = this.#live.get(row.id);
    return live ? this.#toCapture(live) : row;
  }

  async #get(id: CaptureId): Promise<Capture> {
    const capture = await this.find(id);
    if (!capture) throw new CaptureNotFound(id);
    return capture;
  }

  async #getComplete(id: CaptureId): Promise<{ capture: Capture; artifact: Artifact }> {
    const capture = await this.#get(id);
    if (!capture.artifact) throw new ArtifactNotAvailable(id, capture.status.state);
    return { capture, artifact: capture.artifact };
  }
}
