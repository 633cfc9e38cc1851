import type { Kysely, Transaction } from 'kysely';
import type { Logger } from 'pino';
import { AuditUnavailable } from '../errors.ts';
import type { AuditEntry, AuditList, AuditQuery, AuditVerification } from '../http/contract/index.ts';
import { type Clock, type Schema, toInstant } from '../store/index.ts';
import { appendEntry, type NewEntry, toEntry } from './audit-rows.ts';
import { findLastSequence, searchAudit } from './audit-search.ts';
import { NO_HASH } from './entry-hash.ts';
import { SignedHeads } from './signed-heads.ts';
import { verifyChain } from './verify-chain.ts';

/** What someone is about to do. */
export interface AuditedAct {
  actor: string;
  /** Such as `capture.request`. */
  action: string;
  /** The id of what it is done to. */
  target: string;
  detail: Record<string, unknown>;
}

export interface AuditOutcome {
  /** `unknown`: something may have been done and nobody can say. */
  result: 'succeeded' | 'failed' | 'unknown';
  detail: Record<string, unknown>;
}

/** Work that stands or falls with the entry: the same transaction. */
export type Alongside = (transaction: Transaction<Schema>, intentSequence: number) => Promise<void>;

export interface AuditLogOptions {
  db: Kysely<Schema>;
  dataDirectory: string;
  clock: Clock;
  log: Logger;
  /** Intents whose acts go on after a start: their outcome is still to come and is not `unknown`. */
  keepOpen?: ReadonlySet<number>;
  /** How often the head of the chain is signed; tampering is found up to the last one. */
  headIntervalMs?: number;
}

/** The append-only, hash-chained record of who did what. Every act is two entries: intent and outcome. */
export class AuditLog implements AsyncDisposable {
  readonly #db: Kysely<Schema>;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #heads: SignedHeads;
  readonly #timer: NodeJS.Timeout;
  readonly #closing = new AbortController();
  #signedUpTo = 0;
  #verifying: Promise<AuditVerification> | undefined;

  private constructor(options: AuditLogOptions, heads: SignedHeads) {
    this.#db = options.db;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#heads = heads;
    this.#timer = setInterval(() => void this.#signHead(), options.headIntervalMs ?? 30_000).unref();
  }

  /** Opens the log and gives every intent that has no outcome, and that nobody goes on with, the outcome `unknown`. */
  static async open(options: AuditLogOptions): Promise<AuditLog> {
    const heads = await SignedHeads.open(options.dataDirectory);
    const audit = new AuditLog(options, heads);
    await audit.#noteLoss();
    await audit.#settleUnknown(options.keepOpen ?? new Set());
    await audit.#signHead();
    return audit;
  }

  /**
   * Writes the intent, runs `effect`, writes the outcome.
   *
   * @throws AuditUnavailable when the intent cannot be written; `effect` has then not run. Else what it throws.
   */
  async run<T>(act: AuditedAct, effect: () => Promise<T>): Promise<T> {
    const intent = await this.intend(act);
    try {
      const value = await effect();
      await this.conclude(intent, { result: 'succeeded', detail: {} });
      return value;
    } catch (error) {
      await this.conclude(intent, { result: 'failed', detail: toDetail(error) });
      throw error;
    }
  }

  /**
   * Writes an intent and, in the same transaction, what `alongside` writes. Answers the intent's sequence.
   *
   * @throws AuditUnavailable when either cannot be written; neither has been then.
   */
  async intend(act: AuditedAct, alongside?: Alongside): Promise<number> {
    try {
      return await this.#append({ ...act, phase: 'intent', intentSequence: null, result: null }, alongside);
    } catch (error) {
      this.#log.error({ err: error, action: act.action }, 'the audit cannot be written');
      throw new AuditUnavailable({ cause: error });
    }
  }

  /**
   * Writes the outcome of an intent and, in the same transaction, what `alongside` writes. What was done is
   * done: an outcome that cannot be written is logged, answered with false, and `unknown` from the next start.
   */
  async conclude(intentSequence: number, outcome: AuditOutcome, alongside?: Alongside): Promise<boolean> {
    try {
      const intent = await this.#db
        .selectFrom('audit')
        .select(['actor', 'action', 'target'])
        .where('sequence', '=', intentSequence)
        .executeTakeFirstOrThrow();
      await this.#append({ ...intent, ...outcome, phase: 'outcome', intentSequence }, alongside);
      return true;
    } catch (error) {
      this.#log.error({ err: error, intentSequence }, 'an outcome cannot be written to the audit');
      return false;
    }
  }

  /** Newest first. @throws the signal's reason */
  async list(query: AuditQuery, signal?: AbortSignal): Promise<AuditList> {
    const rows = await searchAudit(this.#db, query, signal);
    const entries = rows.slice(0, query.limit).map(toEntryAsItIs);
    const nextBefore = rows.length > query.limit ? (entries.at(-1)?.sequence ?? null) : null;
    return { entries, nextBefore };
  }

  /** Walks the whole chain; whoever asks while a walk is under way gets its answer. */
  async verify(signal?: AbortSignal): Promise<AuditVerification> {
    this.#verifying ??= this.#verify().finally(() => {
      this.#verifying = undefined;
    });
    if (!signal) return this.#verifying;
    signal.throwIfAborted();
    return Promise.race([this.#verifying, rejectOnAbort(signal)]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    this.#closing.abort();
    await this.#verifying?.catch(() => {});
    await this.#signHead();
  }

  async #verify(): Promise<AuditVerification> {
    const found = await verifyChain(this.#db, await this.#heads.read(), this.#closing.signal);
    return { ...found, checkedAt: toInstant(this.#clock.now()) };
  }

  async #append(entry: NewEntry, alongside?: Alongside): Promise<number> {
    return await this.#db.transaction().execute(async (transaction) => {
      const { sequence } = await appendEntry(transaction, this.#clock, entry);
      await alongside?.(transaction, sequence);
      return sequence;
    });
  }

  /**
   * The first head is signed before the first entry is written. That there are entries and no key, or no head, means that
   * it was taken away: that is itself a fact.
   */
  async #noteLoss(): Promise<void> {
    const { heads, forged } = await this.#heads.read();
    if (!this.#heads.isNew && (heads.length > 0 || forged)) return;
    if ((await findLastSequence(this.#db)) > 0) {
      const action = this.#heads.isNew ? 'audit.new-key' : 'audit.new-heads';
      this.#log.warn({ action }, 'the key of the signed audit heads, or all of the heads, were missing');
      await this.run({ actor: 'server', action, target: 'audit-heads', detail: {} }, async () => {});
    } else {
      await this.#heads.write({ sequence: 0, hash: NO_HASH, at: toInstant(this.#clock.now()) });
    }
  }

  async #settleUnknown(keepOpen: ReadonlySet<number>): Promise<void> {
    const open = await this.#db
      .selectFrom('audit as intent')
      .leftJoin('audit as outcome', 'outcome.intent_sequence', 'intent.sequence')
      .select(['intent.sequence', 'intent.actor', 'intent.action', 'intent.target'])
      .where('intent.phase', '=', 'intent')
      .where('outcome.sequence', 'is', null)
      .orderBy('intent.sequence')
      .execute();
    for (const { sequence, ...intent } of open) {
      if (keepOpen.has(sequence)) continue;
      await this.#append({
        ...intent,
        phase: 'outcome',
        intentSequence: sequence,
        result: 'unknown',
        detail: { reason: 'the server ended before the outcome was known' },
      });
    }
  }

  async #signHead(): Promise<void> {
    try {
      const head = await this.#db
        .selectFrom('audit')
        .select(['sequence', 'hash'])
        .orderBy('sequence', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (!head || head.sequence === this.#signedUpTo) return;
      await this.#heads.write({ ...head, at: toInstant(this.#clock.now()) });
      this.#signedUpTo = head.sequence;
    } catch (error) {
      this.#log.error({ err: error }, 'the head of the audit cannot be signed');
    }
  }
}

/** A row that someone has been at is shown all the same: that it is broken is for `verify` to say. */
function toEntryAsItIs(row: Schema['audit']): AuditEntry {
  try {
    return toEntry(row);
  } catch {
    return toEntry({ ...row, at: 0, detail: '{"unreadable":true}' });
  }
}

function toDetail(error: unknown): Record<string, unknown> {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return { code: typeof code === 'string' ? code : 'unknown', message: String(message ?? error) };
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
