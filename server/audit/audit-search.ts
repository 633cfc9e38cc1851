import { setImmediate as nextTurn } from 'node:timers/promises';
import { type ExpressionBuilder, type Kysely, sql } from 'kysely';
import type { AuditQuery } from '../http/contract/index.ts';
import type { Schema } from '../store/index.ts';

type AuditRow = Schema['audit'];

/** Entries looked through at a time: a few milliseconds, so that the event loop stays free for everyone else. */
const WINDOW = 2000;

/**
 * The rows that a query asks for, newest first: one more than its limit when there are more. Goes back through the
 * record window by window until there are enough.
 *
 * @throws the signal's reason
 */
export async function searchAudit(
  db: Kysely<Schema>,
  query: AuditQuery,
  signal?: AbortSignal,
): Promise<AuditRow[]> {
  const wanted = query.limit + 1;
  const found: AuditRow[] = [];
  let end = query.before ?? (await findLastSequence(db)) + 1;
  while (found.length < wanted && end > 1) {
    signal?.throwIfAborted();
    const begin = Math.max(1, end - WINDOW);
    found.push(...(await searchWindow(db, query, { begin, end, limit: wanted - found.length })));
    if (query.since !== undefined && (await isOlder(db, begin, Date.parse(query.since)))) break;
    end = begin;
    await nextTurn();
  }
  return found;
}

async function searchWindow(
  db: Kysely<Schema>,
  { actor, action, since, search }: AuditQuery,
  { begin, end, limit }: { begin: number; end: number; limit: number },
): Promise<AuditRow[]> {
  let select = db
    .selectFrom('audit')
    .selectAll()
    .where('sequence', '>=', begin)
    .where('sequence', '<', end)
    .orderBy('sequence', 'desc')
    .limit(limit);
  if (actor !== undefined) select = select.where('actor', '=', actor);
  if (action !== undefined) select = select.where('action', '=', action);
  if (since !== undefined) select = select.where('at', '>=', Date.parse(since));
  if (search !== undefined && search !== '') select = select.where((eb) => ofActWith(eb, search));
  return await select.execute();
}

/** The text stands in the entry itself, in its intent or in its outcome. */
function ofActWith(eb: ExpressionBuilder<Schema, 'audit'>, text: string) {
  const others = eb
    .selectFrom('audit as other')
    .select('other.sequence')
    .where((other) =>
      other.or([
        other('other.sequence', '=', other.ref('audit.intent_sequence')),
        other('other.intent_sequence', '=', other.ref('audit.sequence')),
      ]),
    )
    .where(stands(text, 'other'));
  return eb.or([stands(text, 'audit'), eb.exists(others)]);
}

/** Literally, but for the case of ASCII letters. In the detail the text stands as JSON spells it. */
function stands(text: string, table: 'audit' | 'other') {
  const plain = toPattern(text);
  const spelled = toPattern(JSON.stringify(text).slice(1, -1));
  const like = (column: string, pattern: string) =>
    sql<boolean>`${sql.ref(`${table}.${column}`)} LIKE ${pattern} ESCAPE '\\'`;
  return sql<boolean>`(${sql.join(
    [like('actor', plain), like('action', plain), like('target', plain), like('detail', spelled)],
    sql` OR `,
  )})`;
}

function toPattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/** Entries are in the order of time: before one that is older there is none that is not. */
async function isOlder(db: Kysely<Schema>, sequence: number, epochMs: number): Promise<boolean> {
  const row = await db.selectFrom('audit').select('at').where('sequence', '=', sequence).executeTakeFirst();
  return row !== undefined && row.at < epochMs;
}

export async function findLastSequence(db: Kysely<Schema>): Promise<number> {
  const { last } = await db
    .selectFrom('audit')
    .select((eb) => eb.fn.max('sequence').as('last'))
    .executeTakeFirstOrThrow();
  return last ?? 0;
}
