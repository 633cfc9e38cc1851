import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { AuditLog } from '../audit/index.ts';
import {
  ActionEnded,
  ActionInProgress,
  ActionNotFound,
  ConfirmationRequired,
  IdempotencyKeyReused,
  NothingToRun,
  PreviewExpired,
  PreviewStale,
  PreviewUsed,
  ShuttingDown,
  TooManyActions,
} from '../errors.ts';
import type {
  Action,
  ActionId,
  ActionList,
  ActionPreview,
  ActionPreviewRequest,
  ActionQuery,
  ActionRequest,
  InstanceId,
  StateChange,
} from '../http/contract/index.ts';
import type { InstanceDirectory } from '../instances/index.ts';
import { SortableIds } from '../sortable-ids.ts';
import { type Clock, type Store, toInstant } from '../store/index.ts';
import { ActionLedger } from './action-ledger.ts';
import { ActionRows } from './action-rows.ts';
import { ActionRuns } from './action-runs.ts';
import { type ActionTimes, actionTimes } from './action-times.ts';
import { DRAIN } from './blast-radius.ts';
import { LIMITS } from './limits.ts';
import { LiveAction, newPart } from './live-action.ts';
import { isPartOver } from './part-state.ts';
import { PreviewDesk } from './preview-desk.ts';
import type { HeldPreview } from './preview-shelf.ts';

export interface ActionServiceOptions {
  store: Pick<Store, 'db' | 'timeline' | 'epoch'>;
  audit: AuditLog;
  instances: InstanceDirectory;
  clock: Clock;
  log: Logger;
  /** Limits of patience; the defaults are meant for production. */
  times?: Partial<ActionTimes>;
}

/** Actions from the look at what they would do to the proof of what they did. */
export class ActionService implements AsyncDisposable {
  readonly #options: ActionServiceOptions;
  readonly #rows: ActionRows;
  readonly #ledger: ActionLedger;
  readonly #desk: PreviewDesk;
  readonly #runs: ActionRuns;
  readonly #ids = new SortableIds<ActionId>('act');
  /** What is being put on record, by idempotency key. */
  readonly #opening = new Map<string, { hash: string; live: LiveAction; opened: Promise<Action> }>();
  #isClosing = false;

  private constructor(options: ActionServiceOptions) {
    this.#options = options;
    const { store, audit, instances, clock, log } = options;
    this.#rows = new ActionRows(store.db);
    this.#ledger = new ActionLedger({ store, rows: this.#rows, audit, log });
    this.#desk = new PreviewDesk({
      instances,
      clock,
      log,
      underWay: (type, instanceId) => this.#findUnderWay(type, instanceId),
      drained: () => this.#rows.instancesWith(DRAIN),
    });
    const times = { ...actionTimes, ...options.times };
    this.#runs = new ActionRuns(this.#ledger, { instances, epoch: store.epoch, times, clock, log });
  }

  /** Takes up again what an earlier process left unfinished: it is followed, never repeated. */
  static async start(options: ActionServiceOptions): Promise<ActionService> {
    const service = new ActionService(options);
    for (const live of await service.#rows.unfinished(options.clock)) service.#runs.takeUp(live);
    return service;
  }

  /**
   * What an action would do, by the instances' own word. It changes nothing.
   *
   * @throws InstanceNotFound, ServiceNotFound, ActionUnavailable, TooManyInstances, TooManyPreviews,
   *   ActionParametersInvalid
   */
  async preview(wish: ActionPreviewRequest): Promise<ActionPreview> {
    if (this.#isClosing) throw new ShuttingDown();
    return await this.#desk.preview(wish);
  }

  /**
   * Runs what was previewed. The same request with the same key is the same action, however often it comes.
   *
   * @throws IdempotencyKeyReused, PreviewExpired, PreviewUsed, PreviewStale, NothingToRun, ConfirmationRequired,
   *   ActionInProgress, TooManyActions, AuditUnavailable: nothing was done
   */
  async request(wish: ActionRequest, actor: string): Promise<{ action: Action; isNew: boolean }> {
    const hash = toHash(wish);
    const known = await this.#findByKey(wish.idempotencyKey, hash);
    if (known) return { action: known, isNew: false };
    // From here to the reservation nothing else can happen: two clicks are one after the other.
    const twin = this.#opening.get(wish.idempotencyKey);
    if (twin) {
      if (twin.hash !== hash) throw new IdempotencyKeyReused(twin.live.id);
      return { action: await twin.opened, isNew: false };
    }
    if (this.#isClosing) throw new ShuttingDown();
    const held = this.#desk.shelf.find(wish.previewId);
    if (!held || held.isUsed) return { action: await this.#findAfterAll(wish, hash, held), isNew: false };
    const live = this.#toLive(held.preview, wish, actor);
    this.#refuseConflicts(live);
    held.isUsed = true;
    const opened = this.#open(live, wish.idempotencyKey, hash);
    this.#opening.set(wish.idempotencyKey, { hash, live, opened });
    try {
      return { action: await opened, isNew: true };
    } catch (error) {
      held.isUsed = false;
      throw error;
    } finally {
      this.#opening.delete(wish.idempotencyKey);
    }
  }

  /** Newest first. */
  async list(query: ActionQuery): Promise<ActionList> {
    return await this.#ledger.list(query);
  }

  async find(id: ActionId): Promise<Action | undefined> {
    return await this.#ledger.find(id);
  }

  /** Asks every instance to take back what it has begun. An action that has ended is left as it is. @throws ActionNotFound */
  async cancel(id: ActionId, actor: string): Promise<Action> {
    const live = this.#ledger.findLive(id);
    if (!live || live.isCancelling) return await this.#get(id);
    const act = { actor, action: 'action.cancel', target: id, detail: { state: live.status.state } };
    await this.#options.audit.run(act, async () => {
      if (!live.apply({ kind: 'cancel-asked' })) return;
      live.note(null, 'cancelling', `${actor} asked to cancel.`);
      // Should the server end now, the next one knows what was asked.
      await this.#ledger.save(live);
      this.#runs.cancel(live);
    });
    return await this.#get(id);
  }

  /** Gives an action so much more time from now. @throws ActionNotFound, ActionEnded */
  async extend(id: ActionId, deadlineSeconds: number, actor: string): Promise<Action> {
    const live = this.#ledger.findLive(id);
    if (!live) throw new ActionEnded(id, (await this.#get(id)).status.state);
    const act = { actor, action: 'action.extend', target: id, detail: { deadlineSeconds } };
    await this.#options.audit.run(act, async () => {
      live.facts.deadlineAt = toInstant(this.#options.clock.now() + deadlineSeconds * 1000);
      live.apply({ kind: 'extended' });
      live.note(null, 'extended', `${actor} gave it ${deadlineSeconds} s more.`);
      await this.#ledger.save(live);
    });
    return await this.#get(id);
  }

  onChange(listener: (change: StateChange) => void): Disposable {
    return this.#ledger.onChange(listener);
  }

  /** Leaves what is under way to the next process. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosing = true;
    await Promise.allSettled([...this.#opening.values()].map(({ opened }) => opened));
    await this.#runs[Symbol.asyncDispose]();
    await this.#ledger[Symbol.asyncDispose]();
    await this.#desk[Symbol.asyncDispose]();
  }

  async #findByKey(key: string, hash: string): Promise<Action | undefined> {
    const row = await this.#rows.findByKey(key);
    if (!row) return undefined;
    if (row.requestHash !== hash) throw new IdempotencyKeyReused(row.id);
    return await this.#get(row.id as ActionId);
  }

  /** The same request may have got in since the first look. @throws PreviewUsed, PreviewExpired */
  async #findAfterAll(wish: ActionRequest, hash: string, held: HeldPreview | undefined): Promise<Action> {
    const action = await this.#findByKey(wish.idempotencyKey, hash);
    if (action) return action;
    const usedBy = await this.#rows.findByPreview(wish.previewId);
    throw held?.isUsed || usedBy ? new PreviewUsed(usedBy) : new PreviewExpired();
  }

  /** @throws NothingToRun, ConfirmationRequired */
  #toLive(preview: ActionPreview, wish: ActionRequest, actor: string): LiveAction {
    const { clock } = this.#options;
    const now = clock.now();
    const able = preview.parts.filter(({ refusal }) => !refusal);
    if (able.length === 0) {
      throw new NothingToRun(preview.parts[0]?.refusal?.message ?? 'there are none.');
    }
    const { confirmation } = preview;
    if (confirmation !== null && wish.confirmation?.trim() !== confirmation) {
      throw new ConfirmationRequired(confirmation);
    }
    const deadlineSeconds = wish.deadlineSeconds ?? preview.deadlineSeconds;
    const facts = {
      id: this.#ids.next(now),
      type: preview.type,
      title: preview.title,
      params: preview.params,
      reason: wish.reason,
      requestedBy: actor,
      requestedAt: toInstant(now),
      deadlineAt: toInstant(now + deadlineSeconds * 1000),
      preview,
    };
    const parts = able.map((part) => newPart(part, now));
    const live = new LiveAction(facts, { state: 'starting', since: toInstant(now) }, parts, [], 0, clock);
    live.note(null, 'requested', `${actor} confirmed the preview: ${wish.reason}`);
    return live;
  }

  /** @throws PreviewStale, ActionInProgress, TooManyActions */
  #refuseConflicts(live: LiveAction): void {
    for (const { instanceId, instanceName } of live.parts) {
      const inTheWay = this.#findUnderWay(live.facts.type, instanceId);
      if (inTheWay) throw new ActionInProgress(inTheWay, live.facts.type, instanceName);
      const connection = this.#options.instances.find(instanceId)?.connection;
      if (!connection) throw new PreviewStale(instanceName, 'the process has ended');
      if (connection.state !== 'connected')
        throw new PreviewStale(instanceName, `it is ${connection.state} now`);
    }
    if (this.#ledger.live().length + this.#opening.size >= LIMITS.actionsRunning) {
      throw new TooManyActions(LIMITS.actionsRunning);
    }
  }

  #findUnderWay(type: string, instanceId: InstanceId): ActionId | undefined {
    const opening = [...this.#opening.values()].map(({ live }) => live);
    return [...this.#ledger.live(), ...opening].find(
      ({ facts, parts }) =>
        facts.type === type &&
        parts.some((part) => part.instanceId === instanceId && !isPartOver(part.status)),
    )?.id;
  }

  /** The intent is on disk before any instance is asked. */
  async #open(live: LiveAction, idempotencyKey: string, requestHash: string): Promise<Action> {
    await this.#ledger.open(live, { idempotencyKey, requestHash });
    const action = structuredClone(live.toAction());
    if (!this.#isClosing) this.#runs.begin(live);
    return action;
  }

  async #get(id: ActionId): Promise<Action> {
    const action = await this.#ledger.find(id);
    if (!action) throw new ActionNotFound(id);
    return action;
  }
}

/** Of everything that the request asks for, besides its key. */
function toHash({ previewId, reason, confirmation, deadlineSeconds }: ActionRequest): string {
  const asked = JSON.stringify([previewId, reason, confirmation ?? null, deadlineSeconds ?? null]);
  return createHash('sha256').update(asked).digest('hex');
}
