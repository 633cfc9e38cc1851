import type { Kysely, Transaction } from 'kysely';
import type { Logger } from 'pino';
import type { AuditList, AuditQuery, AuditVerification } from '../http/contract/index.ts';
import type { Clock, Schema } from '../store/index.ts';

/** What someone is about to do. */
export interface AuditedAct {
  actor: string;
  /** Such as `capture.request`. */
  action: string;
  /** The id of what it is done to. */
  target: string;
  detail: Record<string, unknown>;
}

export interface AuditLogOptions {
  db: Kysely<Schema>;
  dataDirectory: string;
  clock: Clock;
  log: Logger;
}

/** The append-only, hash-chained record of who did what. */
export class AuditLog implements AsyncDisposable {
  /** Opens the log and gives every intent that has no outcome the outcome `unknown`. */
  static async open(_options: AuditLogOptions): Promise<AuditLog> {
    throw new Error('under construction');
  }

  /**
   * Writes the intent, runs `effect`, writes the outcome.
   *
   * @throws AuditUnavailable when the intent cannot be written; `effect` has then not run.
   */
  async run<T>(_act: AuditedAct, _effect: () => Promise<T>): Promise<T> {
    throw new Error('under construction');
  }

  /** Writes an intent and, in the same transaction, what `alongside` writes. Answers the intent's sequence. */
  async intend(
    _act: AuditedAct,
    _alongside?: (transaction: Transaction<Schema>) => Promise<void>,
  ): Promise<number> {
    throw new Error('under construction');
  }

  /** Newest first. */
  async list(_query: AuditQuery): Promise<AuditList> {
    throw new Error('under construction');
  }

  async verify(_signal?: AbortSignal): Promise<AuditVerification> {
    throw new Error('under construction');
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}
