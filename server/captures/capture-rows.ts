import type { Kysely, Transaction } from 'kysely';
import type { Artifact, Capture, CaptureQuery, CaptureState } from '../http/contract/index.ts';
import type { CapturesTable, Clock, Schema } from '../store/index.ts';
import { isFinal } from './capture-state.ts';
import { LiveCapture, toCapture } from './live-capture.ts';
import { NOTHING_MEASURED } from './new-capture.ts';

type Database = Kysely<Schema> | Transaction<Schema>;

/** Captures in the database. */
export class CaptureRows {
  readonly #db: Kysely<Schema>;
  readonly #retentionMs: number;

  constructor(db: Kysely<Schema>, retentionMs: number) {
    this.#db = db;
    this.#retentionMs = retentionMs;
  }

  async insert(db: Database, live: LiveCapture): Promise<void> {
    await db.insertInto('captures').values(toRow(live)).execute();
  }

  async update(db: Database, live: LiveCapture): Promise<void> {
    await db.updateTable('captures').set(toRow(live)).where('id', '=', live.id).execute();
  }

  async find(id: string): Promise<Capture | undefined> {
    const row = await this.#db.selectFrom('captures').selectAll().where('id', '=', id).executeTakeFirst();
    return row && this.#toCapture(row);
  }

  /** Newest first, one more than the limit when there are more. */
  async list(query: CaptureQuery): Promise<Capture[]> {
    let select = this.#db.selectFrom('captures').selectAll().orderBy('id', 'desc');
    if (query.service !== undefined) select = select.where('service', '=', query.service);
    if (query.instanceId !== undefined) select = select.where('instance_id', '=', query.instanceId);
    if (query.kind !== undefined) select = select.where('kind', '=', query.kind);
    if (query.since !== undefined) select = select.where('requested_at', '>=', Date.parse(query.since));
    if (query.before !== undefined) select = select.where('id', '<', query.before);
    const rows = await select.limit(query.limit + 1).execute();
    return rows.map((row) => this.#toCapture(row));
  }

  /** Those that an earlier process left unfinished, oldest first. */
  async unfinished(clock: Clock): Promise<LiveCapture[]> {
    const rows = await this.#db
      .selectFrom('captures')
      .selectAll()
      .where('state', 'not in', ['complete', 'failed', 'cancelled'])
      .orderBy('id')
      .execute();
    return rows.map((row) => {
      const { facts, status, announced } = parse(row);
      return new LiveCapture(facts, status, announced, row.audit_intent ?? 0, clock);
    });
  }

  async completeIds(): Promise<string[]> {
    const rows = await this.#db.selectFrom('captures').select('id').where('state', '=', 'complete').execute();
    return rows.map((row) => row.id);
  }

  /** Bytes of all artifacts and of those that retention may not touch. */
  async storedBytes(): Promise<{ all: number; pinned: number }> {
    const { all, pinned } = await this.#db
      .selectFrom('captures')
      .select((eb) => [
        eb.fn.sum<number | null>('stored_bytes').as('all'),
        eb.fn.sum<number | null>(eb('stored_bytes', '*', eb.ref('pinned'))).as('pinned'),
      ])
      .executeTakeFirstOrThrow();
    return { all: all ?? 0, pinned: pinned ?? 0 };
  }

  /** Ended captures that are not pinned, oldest first; `endedBefore` in milliseconds since 1970. */
  async expendable(filter: { endedBefore?: number; withArtifact?: boolean }, limit: number) {
    let select = this.#db
      .selectFrom('captures')
      .select(['id', 'stored_bytes'])
      .where('pinned', '=', 0)
      .where('ended_at', 'is not', null)
      .orderBy('id')
      .limit(limit);
    if (filter.endedBefore !== undefined) select = select.where('ended_at', '<', filter.endedBefore);
    if (filter.withArtifact) select = select.where('stored_bytes', '>', 0);
    return await select.execute();
  }

  async change(
    id: string,
    change: { pinned?: boolean | undefined; note?: string | undefined },
  ): Promise<void> {
    await this.#db
      .updateTable('captures')
      .set({
        ...(change.pinned !== undefined && { pinned: Number(change.pinned) }),
        ...(change.note !== undefined && { note: change.note }),
      })
      .where('id', '=', id)
      .execute();
  }

  async delete(id: string): Promise<void> {
    await this.#db.deleteFrom('captures').where('id', '=', id).execute();
  }

  #toCapture(row: CapturesTable): Capture {
    const { facts, status, announced } = parse(row);
    return toCapture(facts, status, announced, this.#retentionMs);
  }
}

function toRow(live: LiveCapture): CapturesTable {
  const { facts, status, announced } = live;
  const over = isFinal(status);
  return {
    id: facts.id,
    kind: facts.kind,
    service: facts.service,
    service_version: facts.serviceVersion,
    instance_id: facts.instanceId,
    instance_name: facts.instanceName,
    thread: facts.thread,
    requested_at: Date.parse(facts.requestedAt),
    requested_by: facts.requestedBy,
    duration_seconds: facts.durationSeconds,
    options: JSON.stringify(facts.options),
    price: facts.price && JSON.stringify(facts.price),
    state: status.state,
    status: JSON.stringify(status),
    ending: facts.ending,
    thread_unresponsive: Number(facts.threadUnresponsive),
    cost: JSON.stringify(facts.cost),
    artifact: announced ? JSON.stringify(announced) : null,
    stored_bytes: status.state === 'complete' && announced ? announced.sizeBytes : 0,
    pinned: Number(facts.pinned),
    note: facts.note,
    ended_at: over ? Date.parse(status.since) : null,
    audit_intent: live.auditIntent,
  };
}

function parse(row: CapturesTable) {
  const facts = {
    id: row.id,
    kind: row.kind,
    service: row.service,
    serviceVersion: row.service_version,
    instanceId: row.instance_id,
    instanceName: row.instance_name,
    thread: row.thread,
    requestedAt: new Date(row.requested_at).toISOString(),
    requestedBy: row.requested_by,
    durationSeconds: row.duration_seconds,
    options: JSON.parse(row.options),
    price: row.price === null ? null : JSON.parse(row.price),
    ending: row.ending,
    threadUnresponsive: row.thread_unresponsive === 1,
    cost: { ...NOTHING_MEASURED, ...JSON.parse(row.cost) },
    pinned: row.pinned === 1,
    note: row.note,
  } as LiveCapture['facts'];
  return {
    facts,
    status: JSON.parse(row.status) as CaptureState,
    announced: row.artifact === null ? undefined : parseArtifact(row.artifact),
  };
}

/** What an earlier version wrote lacks what came since. */
function parseArtifact(json: string): Artifact {
  const since = { endedReason: '', remarks: [], redacted: null, transferredBytes: null };
  return { ...since, ...(JSON.parse(json) as Artifact) };
}
