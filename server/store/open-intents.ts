import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Sequences of the audit's intents whose acts outlive the process: those of actions that have not ended. */
export async function findOpenIntents(db: Kysely<Schema>): Promise<ReadonlySet<number>> {
  const rows = await db.selectFrom('actions').select('audit_intent').where('ended_at', 'is', null).execute();
  return new Set(rows.map((row) => row.audit_intent));
}
