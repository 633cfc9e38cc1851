import type { Transaction } from 'kysely';
import type { AuditEntry } from '../http/contract/index.ts';
import { type Clock, type Schema, toInstant } from '../store/index.ts';
import { canonicalJson } from './canonical-json.ts';
import { hashEntry, NO_HASH } from './entry-hash.ts';

type AuditRow = Schema['audit'];
export type NewEntry = Omit<AuditEntry, 'sequence' | 'at' | 'hash' | 'previousHash'>;

/** Adds one link to the chain. The transaction makes reading the head and adding to it one step. */
export async function appendEntry(
  transaction: Transaction<Schema>,
  clock: Clock,
  entry: NewEntry,
): Promise<AuditEntry> {
  const head = await transaction
    .selectFrom('audit')
    .select(['sequence', 'hash'])
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  const unsigned = {
    ...entry,
    // As it will be read back: what JSON cannot hold is lost here and not in between.
    detail: JSON.parse(canonicalJson(entry.detail)) as Record<string, unknown>,
    sequence: (head?.sequence ?? 0) + 1,
    at: toInstant(clock.now()),
    previousHash: head?.hash ?? NO_HASH,
  };
  const appended = { ...unsigned, hash: hashEntry(unsigned) };
  await transaction.insertInto('audit').values(toRow(appended)).execute();
  return appended;
}

function toRow(entry: AuditEntry): AuditRow {
  return {
    sequence: entry.sequence,
    at: Date.parse(entry.at),
    actor: entry.actor,
    action: entry.action,
    phase: entry.phase,
    intent_sequence: entry.intentSequence,
    target: entry.target,
    result: entry.result,
    detail: canonicalJson(entry.detail),
    hash: entry.hash,
    previous_hash: entry.previousHash,
  };
}

/** @throws SyntaxError or RangeError when someone has been at the row */
export function toEntry(row: AuditRow): AuditEntry {
  return {
    sequence: row.sequence,
    at: toInstant(row.at),
    actor: row.actor,
    action: row.action,
    phase: row.phase,
    intentSequence: row.intent_sequence,
    target: row.target,
    result: row.result,
    detail: JSON.parse(row.detail),
    hash: row.hash,
    previousHash: row.previous_hash,
  };
}
