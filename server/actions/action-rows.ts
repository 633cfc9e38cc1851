import { type Kysely, sql, type Transaction } from 'kysely';
import type {
  Action,
  ActionEvent,
  ActionQuery,
  ActionStatus,
  ActionType,
  InstanceId,
} from '../http/contract/index.ts';
import { type Clock, type Schema, toInstant } from '../store/index.ts';
import { LIMITS } from './limits.ts';
import { type ActionFacts, LiveAction, type LivePart, toAction } from './live-action.ts';

type Database = Kysely<Schema> | Transaction<Schema>;
type Row = Schema['actions'];

/** The request that an action came with: the same again is the same action. */
export interface RequestMark {
  idempotencyKey: string;
  requestHash: string;
}

/** Rows that are read at once while a page is filled. */
const CHUNK = 20;

/** Actions in the database. */
export class ActionRows {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async insert(db: Database, live: LiveAction, mark: RequestMark): Promise<void> {
    const { facts } = live;
    const row: Row = {
      id: facts.id,
      type: facts.type,
      title: facts.title,
      params: JSON.stringify(facts.params),
      reason: facts.reason,
      requested_by: facts.requestedBy,
      requested_at: Date.parse(facts.requestedAt),
      preview: JSON.stringify(facts.preview),
      preview_id: facts.preview.id,
      idempotency_key: mark.idempotencyKey,
      request_hash: mark.requestHash,
      audit_intent: live.auditIntent,
      ...whatChanges(live),
    };
    await db.insertInto('actions').values(row).execute();
  }

  async update(db: Database, live: LiveAction): Promise<void> {
    await db.updateTable('actions').set(whatChanges(live)).where('id', '=', live.id).execute();
  }

  /** Forgets what has ended, but for the newest so many. */
  async deleteBeyond(db: Database, kept: number): Promise<void> {
    const firstBeyond = db
      .selectFrom('actions')
      .select('id')
      .where('ended_at', 'is not', null)
      .orderBy('id', 'desc')
      .limit(1)
      .offset(kept);
    await db.deleteFrom('actions').where('ended_at', 'is not', null).where('id', '<=', firstBeyond).execute();
  }

  async find(id: string): Promise<Action | undefined> {
    const row = await this.#db.selectFrom('actions').selectAll().where('id', '=', id).executeTakeFirst();
    return row && parseAction(row);
  }

  async findByKey(idempotencyKey: string): Promise<{ id: string; requestHash: string } | undefined> {
    const row = await this.#db
      .selectFrom('actions')
      .select(['id', 'request_hash'])
      .where('idempotency_key', '=', idempotencyKey)
      .executeTakeFirst();
    return row && { id: row.id, requestHash: row.request_hash };
  }

  /** The action that a preview was confirmed for. */
  async findByPreview(previewId: string): Promise<string | undefined> {
    const row = await this.#db
      .selectFrom('actions')
      .select('id')
      .where('preview_id', '=', previewId)
      .executeTakeFirst();
    return row?.id;
  }

  /** Newest first. Less than the limit when it would be too much to send; `isMore` then too. */
  async list(query: ActionQuery): Promise<{ actions: Action[]; isMore: boolean }> {
    const actions: Action[] = [];
    let { before } = query;
    let characters = 0;
    for (;;) {
      const rows = await this.#page(query, before);
      for (const row of rows) {
        characters += row.preview.length + row.parts.length + row.history.length;
        const isFull = actions.length > 0 && characters > LIMITS.pageCharacters;
        if (isFull || actions.length === query.limit) return { actions, isMore: true };
        actions.push(parseAction(row));
      }
      before = actions.at(-1)?.id;
      if (rows.length < CHUNK) return { actions, isMore: false };
    }
  }

  /** Those that an earlier process left unfinished, oldest first. */
  async unfinished(clock: Clock): Promise<LiveAction[]> {
    const rows = await this.#db
      .selectFrom('actions')
      .selectAll()
      .where('ended_at', 'is', null)
      .orderBy('id')
      .execute();
    return rows.map((row) => {
      const { facts, status, parts, history } = parse(row);
      return new LiveAction(facts, status, parts, history, row.audit_intent, clock);
    });
  }

  /** Instances on which an action of the type was done, or may have been, or is under way. */
  async instancesWith(type: ActionType): Promise<ReadonlySet<InstanceId>> {
    const { rows } = await sql<{ id: InstanceId }>`
      SELECT DISTINCT part.value ->> '$.instanceId' AS id
      FROM (SELECT parts FROM actions WHERE type = ${type} ORDER BY id DESC LIMIT 500) AS recent,
        json_each(recent.parts) AS part
      WHERE part.value ->> '$.status.state' NOT IN ('failed', 'cancelled')`.execute(this.#db);
    return new Set(rows.map((row) => row.id));
  }

  async #page(query: ActionQuery, before: string | undefined): Promise<Row[]> {
    let select = this.#db.selectFrom('actions').selectAll().orderBy('id', 'desc').limit(CHUNK);
    if (before !== undefined) select = select.where('id', '<', before);
    if (query.type !== undefined) select = select.where('type', '=', query.type);
    if (query.since !== undefined) select = select.where('requested_at', '>=', Date.parse(query.since));
    if (query.service !== undefined) select = select.where(hasPart('service', query.service));
    if (query.instanceId !== undefined) select = select.where(hasPart('instanceId', query.instanceId));
    return await select.execute();
  }
}

function hasPart(field: 'service' | 'instanceId', value: string) {
  return sql<boolean>`EXISTS (
    SELECT 1 FROM json_each(actions.parts) AS part WHERE part.value ->> ${`$.${field}`} = ${value})`;
}

function whatChanges({ facts, status, parts, history, isOver }: LiveAction) {
  return {
    deadline_at: Date.parse(facts.deadlineAt),
    state: status.state,
    status: JSON.stringify(status),
    parts: JSON.stringify(parts),
    history: JSON.stringify(history),
    ended_at: isOver ? Date.parse(status.since) : null,
  };
}

function parseAction(row: Row): Action {
  const { facts, status, parts, history } = parse(row);
  return toAction(facts, status, parts, history);
}

function parse(row: Row) {
  const facts = {
    id: row.id,
    type: row.type,
    title: row.title,
    params: JSON.parse(row.params),
    reason: row.reason,
    requestedBy: row.requested_by,
    requestedAt: toInstant(row.requested_at),
    deadlineAt: toInstant(row.deadline_at),
    preview: JSON.parse(row.preview),
  } as ActionFacts;
  return {
    facts,
    status: JSON.parse(row.status) as ActionStatus,
    parts: JSON.parse(row.parts) as LivePart[],
    history: JSON.parse(row.history) as ActionEvent[],
  };
}
