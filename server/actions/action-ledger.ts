import type { Logger } from 'pino';
import type { AuditLog, AuditOutcome } from '../audit/index.ts';
import type {
  Action,
  ActionId,
  ActionList,
  ActionQuery,
  StateChange,
  TimelineEvent,
} from '../http/contract/index.ts';
import { Listeners } from '../listeners.ts';
import type { Store } from '../store/index.ts';
import type { ActionRows, RequestMark } from './action-rows.ts';
import type { ActionChange } from './action-state.ts';
import { LIMITS } from './limits.ts';
import { confirmedTargets, type LiveAction } from './live-action.ts';

type End = Extract<ActionChange, { kind: 'ended' }>;

export interface ActionLedgerOptions {
  store: Pick<Store, 'db' | 'timeline'>;
  rows: ActionRows;
  audit: AuditLog;
  log: Logger;
}

/** A change is saved and told at once, the next ones so long after it. */
const TELL_EVERY_MS = 200;
/** How often an end is tried again that could not be written. */
const OWED_EVERY_MS = 5_000;

/** The one way in which actions change: on record, saved, told. Knows the unfinished ones and finds all. */
export class ActionLedger implements AsyncDisposable {
  readonly #options: ActionLedgerOptions;
  readonly #live = new Map<ActionId, LiveAction>();
  readonly #changes: Listeners<StateChange>;
  readonly #toldAt = new Map<ActionId, number>();
  readonly #telling = new Map<ActionId, NodeJS.Timeout>();
  /** Saves of one action happen one after the other. */
  readonly #saves = new Map<ActionId, Promise<void>>();
  /** Ends that are known and could not be written. */
  readonly #owed = new Map<LiveAction, End>();
  readonly #owedTimer: NodeJS.Timeout;

  constructor(options: ActionLedgerOptions) {
    this.#options = options;
    this.#changes = new Listeners((error) => options.log.error({ err: error }, 'an action listener failed'));
    this.#owedTimer = setInterval(() => void this.#writeOwed(), OWED_EVERY_MS).unref();
  }

  live(): LiveAction[] {
    return [...this.#live.values()];
  }

  findLive(id: ActionId): LiveAction | undefined {
    return this.#live.get(id);
  }

  async find(id: ActionId): Promise<Action | undefined> {
    const live = this.#live.get(id);
    return live ? toSnapshot(live) : await this.#options.rows.find(id);
  }

  /** Newest first. */
  async list(query: ActionQuery): Promise<ActionList> {
    const { actions, isMore } = await this.#options.rows.list(query);
    const current = actions.map((action) => {
      const live = this.#live.get(action.id);
      return live ? toSnapshot(live) : action;
    });
    return { actions: current, nextBefore: isMore ? (actions.at(-1)?.id ?? null) : null };
  }

  onChange(listener: (change: StateChange) => void): Disposable {
    return this.#changes.add(listener);
  }

  /** Puts a new action on record: its intent, its row and its key are one transaction. @throws AuditUnavailable */
  async open(live: LiveAction, mark: RequestMark): Promise<void> {
    const { facts } = live;
    const { type, params, reason, preview } = facts;
    const instances = live.parts.map((part) => {
      const confirmed = live.confirmed(part);
      return { id: part.instanceId, name: part.instanceName, targets: confirmed ? toIds(confirmed) : [] };
    });
    const { playersAffected, playersDisconnected } = preview;
    const detail = { type, params, reason, instances, playersAffected, playersDisconnected };
    const act = { actor: facts.requestedBy, action: 'action.run', target: live.id, detail };
    await this.#options.audit.intend(act, async (transaction, sequence) => {
      live.auditIntent = sequence;
      await this.#options.rows.insert(transaction, live, mark);
      await this.#options.rows.deleteBeyond(transaction, LIMITS.actionsKept);
    });
    this.#live.set(live.id, live);
    this.#record(live, 'action-requested', { reason });
    this.#tell(live);
  }

  /** Takes up what an earlier process left: its intent is still open. */
  reopen(live: LiveAction): void {
    this.#live.set(live.id, live);
    this.changed(live);
  }

  /** Saves and tells, not more often than can be followed. */
  changed(live: LiveAction): void {
    if (!this.#live.has(live.id) || this.#telling.has(live.id)) return;
    const waitMs = (this.#toldAt.get(live.id) ?? 0) + TELL_EVERY_MS - performance.now();
    if (waitMs <= 0) {
      this.#turn(live);
      return;
    }
    this.#telling.set(
      live.id,
      setTimeout(() => this.#turn(live), waitMs),
    );
  }

  /** Saves now, and answers once that is done. */
  async save(live: LiveAction): Promise<void> {
    this.#turn(live);
    await this.#saves.get(live.id);
  }

  /**
   * The end of an action: its row and the outcome in the audit are one transaction, and only then is it told. What
   * cannot be written is tried again until it can, and is not told before.
   */
  async end(live: LiveAction, end: End): Promise<void> {
    this.#stopTelling(live.id);
    await this.#saves.get(live.id);
    if (!(await this.#writeEnd(live, end))) this.#owed.set(live, end);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#owedTimer);
    // What is under way is saved as it stands.
    for (const live of this.#live.values()) if (this.#telling.has(live.id)) this.#turn(live);
    await Promise.all([...this.#saves.values()]);
    await this.#writeOwed();
  }

  #turn(live: LiveAction): void {
    this.#stopTelling(live.id);
    if (!this.#live.has(live.id)) return;
    this.#save(live);
    this.#tell(live);
  }

  #stopTelling(id: ActionId): void {
    clearTimeout(this.#telling.get(id));
    this.#telling.delete(id);
  }

  #tell(live: LiveAction): void {
    this.#toldAt.set(live.id, performance.now());
    this.#changes.emit({ type: 'action', action: toSnapshot(live) });
  }

  #save(live: LiveAction): void {
    const { rows, store, log } = this.#options;
    const before = this.#saves.get(live.id) ?? Promise.resolve();
    const save = before
      .then(() => rows.update(store.db, live))
      .catch((error) => {
        // The end is what counts; a state in between is only where a restart would go on from.
        log.error({ err: error, action: live.id }, 'the state of an action cannot be saved');
      })
      .finally(() => {
        if (this.#saves.get(live.id) === save) this.#saves.delete(live.id);
      });
    this.#saves.set(live.id, save);
  }

  async #writeEnd(live: LiveAction, end: End): Promise<boolean> {
    const { audit, rows } = this.#options;
    const before = live.status;
    if (!live.apply(end)) return true;
    const { status } = live;
    // Until it is on disk, nobody reads of it.
    live.status = before;
    const isWritten = await audit.conclude(live.auditIntent, toOutcome(live, end), async (transaction) => {
      live.status = status;
      const written = rows.update(transaction, live);
      live.status = before;
      await written;
    });
    if (!isWritten) return false;
    live.status = status;
    this.#owed.delete(live);
    this.#live.delete(live.id);
    this.#record(live, `action-${end.state}`, { message: end.message });
    this.#tell(live);
    this.#toldAt.delete(live.id);
    return true;
  }

  async #writeOwed(): Promise<void> {
    for (const [live, end] of this.#owed) if (!(await this.#writeEnd(live, end))) return;
  }

  #record(
    { id, facts, parts }: LiveAction,
    kind: TimelineEvent['kind'],
    detail: Record<string, string>,
  ): void {
    const [first] = parts;
    const services = new Set(parts.map(({ service }) => service));
    this.#options.store.timeline.record({
      kind,
      service: services.size === 1 && first ? first.service : null,
      instanceId: parts.length === 1 && first ? first.instanceId : null,
      instanceName: parts.length === 1 && first ? first.instanceName : null,
      captureId: null,
      actionId: id,
      detail: { type: facts.type, title: facts.title, ...detail },
    });
  }
}

function toSnapshot(live: LiveAction): Action {
  return structuredClone(live.toAction());
}

/** Enough to know what was confirmed, without filling the audit with it; the action itself has all. */
const IDS_ON_RECORD = 100;

function toIds(confirmed: Parameters<typeof confirmedTargets>[0]): string[] {
  const ids = confirmedTargets(confirmed).map(({ id }) => id);
  return ids.length > IDS_ON_RECORD
    ? [...ids.slice(0, IDS_ON_RECORD), `and ${ids.length - IDS_ON_RECORD} more`]
    : ids;
}

function toOutcome({ parts }: LiveAction, { state, message }: End): AuditOutcome {
  const count = (outcome: string) =>
    parts.reduce((sum, part) => sum + part.outcomes.filter((told) => told.outcome === outcome).length, 0);
  const sum = (of: 'playersAffected' | 'playersDisconnected') =>
    parts.some((part) => part[of] === null)
      ? null
      : parts.reduce((total, part) => total + (part[of] ?? 0), 0);
  const detail = {
    state,
    message,
    playersAffected: sum('playersAffected'),
    playersDisconnected: sum('playersDisconnected'),
    done: count('done'),
    kept: count('kept'),
    failed: count('failed'),
    unknown: count('unknown'),
  };
  return { result: RESULTS[state], detail };
}

/** A person's cancelling is what was wanted; what was done in part was not. */
const RESULTS: Record<End['state'], AuditOutcome['result']> = {
  succeeded: 'succeeded',
  cancelled: 'succeeded',
  partial: 'failed',
  failed: 'failed',
  unknown: 'unknown',
};
