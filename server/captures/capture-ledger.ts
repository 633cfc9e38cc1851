import type { Logger } from 'pino';
import type { AuditLog, AuditOutcome } from '../audit/index.ts';
import { StorageFailed } from '../errors.ts';
import type {
  Capture,
  CaptureId,
  CaptureList,
  CaptureQuery,
  StateChange,
  TimelineEvent,
} from '../http/contract/index.ts';
import { Listeners } from '../listeners.ts';
import type { Store } from '../store/index.ts';
import type { CaptureRows } from './capture-rows.ts';
import type { CaptureEvent } from './capture-state.ts';
import type { LiveCapture } from './live-capture.ts';

export interface CaptureLedgerOptions {
  store: Store;
  rows: CaptureRows;
  audit: AuditLog;
  log: Logger;
  retentionMs: number;
  /** An artifact was added to what is stored. */
  onStored(): Promise<void>;
}

/** While bytes come in, progress is told so often and no more. */
const PROGRESS_EVERY_MS = 250;
/** How often an end is tried again that could not be written. */
const OWED_EVERY_MS = 5_000;

/** The one way in which captures change: on record, saved, told. Knows the unfinished ones and finds all. */
export class CaptureLedger implements AsyncDisposable {
  readonly #options: CaptureLedgerOptions;
  readonly #live = new Map<CaptureId, LiveCapture>();
  readonly #changes: Listeners<StateChange>;
  readonly #toldAt = new Map<CaptureId, number>();
  /** Saves of one capture happen one after the other. */
  readonly #saves = new Map<CaptureId, Promise<void>>();
  /** Ends that are known and could not be written. */
  readonly #owed = new Map<CaptureId, LiveCapture>();
  readonly #owedTimer: NodeJS.Timeout;

  constructor(options: CaptureLedgerOptions) {
    this.#options = options;
    this.#changes = new Listeners((error) => options.log.error({ err: error }, 'a capture listener failed'));
    this.#owedTimer = setInterval(() => void this.#writeOwed(), OWED_EVERY_MS).unref();
  }

  findLive(id: CaptureId): LiveCapture | undefined {
    const live = this.#live.get(id);
    return live?.isOver ? undefined : live;
  }

  async find(id: CaptureId): Promise<Capture | undefined> {
    const live = this.#live.get(id);
    return live ? this.toCapture(live) : await this.#options.rows.find(id);
  }

  /** Newest first. */
  async list(query: CaptureQuery): Promise<CaptureList> {
    const rows = await this.#options.rows.list(query);
    const captures = rows.slice(0, query.limit).map((row) => {
      const live = this.#live.get(row.id);
      return live ? this.toCapture(live) : row;
    });
    const nextBefore = rows.length > query.limit ? (captures.at(-1)?.id ?? null) : null;
    return { captures, nextBefore };
  }

  onChange(listener: (change: StateChange) => void): Disposable {
    return this.#changes.add(listener);
  }

  toCapture(live: LiveCapture): Capture {
    return structuredClone(live.toCapture(this.#options.retentionMs));
  }

  /** Puts a new capture on record: its intent and its row are one transaction. @throws AuditUnavailable */
  async open(live: LiveCapture): Promise<void> {
    const { kind, instanceId, thread, durationSeconds, options, requestedBy: actor } = live.facts;
    const detail = { kind, instanceId, thread, durationSeconds, options: { ...options } };
    const act = { actor, action: 'capture.request', target: live.id, detail };
    await this.#options.audit.intend(act, async (transaction, sequence) => {
      live.auditIntent = sequence;
      await this.#options.rows.insert(transaction, live);
    });
    this.#live.set(live.id, live);
    this.#record(live.facts, 'capture-requested', {});
    this.emit(live);
  }

  /**
   * Takes up what an earlier process left. Nobody saw how its act ended, so going on is an act of its own.
   *
   * @throws AuditUnavailable
   */
  async reopen(live: LiveCapture): Promise<void> {
    const detail = { state: live.status.state };
    const act = { actor: 'server', action: 'capture.resume', target: live.id, detail };
    await this.#options.audit.intend(act, async (transaction, sequence) => {
      live.auditIntent = sequence;
      await this.#options.rows.update(transaction, live);
    });
    this.#live.set(live.id, live);
  }

  /** Saves and tells. What is only progress is told now and then. */
  changed(live: LiveCapture, what: 'state' | 'progress'): void {
    if (what === 'state') {
      this.#save(live);
      this.emit(live);
      return;
    }
    const now = performance.now();
    if (now - (this.#toldAt.get(live.id) ?? 0) < PROGRESS_EVERY_MS) return;
    this.#toldAt.set(live.id, now);
    this.emit(live);
  }

  /** Until what was changed so far is saved. */
  async saved(id: CaptureId): Promise<void> {
    await this.#saves.get(id);
  }

  /**
   * The end of a capture: its row and the outcome in the audit are one transaction, and only then is it told.
   * Only a success depends on being written; a failure stays one, and is written as soon as that is possible.
   *
   * @throws StorageFailed when a success cannot be written
   */
  async end(live: LiveCapture, event: CaptureEvent): Promise<void> {
    await this.saved(live.id);
    const before = live.status;
    if (!live.apply(event)) return;
    const isComplete = live.status.state === 'complete';
    if (await this.#writeEnd(live)) this.#forget(live);
    else if (isComplete) {
      live.status = before;
      throw new StorageFailed('the database could not be written');
    } else this.#owed.set(live.id, live);
    if (isComplete) await this.#options.onStored();
    this.#tellEnd(live);
  }

  emit(live: LiveCapture): void {
    this.tell({ type: 'capture', capture: this.toCapture(live) });
  }

  tell(change: StateChange): void {
    this.#changes.emit(change);
  }

  tellDeleted(capture: Capture): void {
    this.#record(capture, 'capture-deleted', {});
    this.tell({ type: 'capture-removed', captureId: capture.id });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#owedTimer);
    await Promise.all([...this.#saves.values()]);
    await this.#writeOwed();
  }

  #save(live: LiveCapture): void {
    const { rows, store, log } = this.#options;
    const before = this.#saves.get(live.id) ?? Promise.resolve();
    const save = before
      .then(() => rows.update(store.db, live))
      .catch((error) => {
        // The end is what counts; a state in between is only where a restart would go on from.
        log.error({ err: error, capture: live.id }, 'the state of a capture cannot be saved');
      })
      .finally(() => {
        if (this.#saves.get(live.id) === save) this.#saves.delete(live.id);
      });
    this.#saves.set(live.id, save);
  }

  #writeEnd(live: LiveCapture): Promise<boolean> {
    const { audit, rows } = this.#options;
    return audit.conclude(live.auditIntent, toOutcome(live), (transaction) => rows.update(transaction, live));
  }

  async #writeOwed(): Promise<void> {
    for (const live of this.#owed.values()) {
      if (!(await this.#writeEnd(live))) return;
      this.#owed.delete(live.id);
      this.#forget(live);
    }
  }

  #forget(live: LiveCapture): void {
    this.#live.delete(live.id);
    this.#toldAt.delete(live.id);
  }

  #tellEnd(live: LiveCapture): void {
    const { status } = live;
    if (status.state === 'failed') {
      this.#record(live.facts, 'capture-failed', { code: status.code, message: status.message });
    } else if (status.state === 'complete') this.#record(live.facts, 'capture-complete', {});
    else this.#record(live.facts, 'capture-cancelled', {});
    this.emit(live);
  }

  #record(facts: LiveCapture['facts'], kind: TimelineEvent['kind'], detail: Record<string, string>): void {
    this.#options.store.timeline.record({
      kind,
      service: facts.service,
      instanceId: facts.instanceId,
      instanceName: facts.instanceName,
      captureId: facts.id,
      actionId: null,
      detail: { kind: facts.kind, ...detail },
    });
  }
}

function toOutcome({ status, announced }: LiveCapture): AuditOutcome {
  const state = { state: status.state };
  if (status.state === 'failed') {
    return { result: 'failed', detail: { ...state, code: status.code, message: status.message } };
  }
  if (status.state !== 'complete' || !announced) return { result: 'succeeded', detail: state };
  const { sizeBytes, sha256 } = announced;
  return { result: 'succeeded', detail: { ...state, sizeBytes, sha256 } };
}
