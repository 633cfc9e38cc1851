import { setTimeout as delay } from 'node:timers/promises';
import type { Insertable, Kysely, Selectable } from 'kysely';
import type { Logger } from 'pino';
import type { TimelineEvent, TimelineQuery } from '../http/contract/index.ts';
import { Listeners } from '../listeners.ts';
import { type Clock, toInstant } from './clock.ts';
import type { Schema, TimelineTable } from './schema.ts';
import type { NewTimelineEvent, Timeline } from './timeline.ts';

const MAX_EVENTS = 10_000;
const MAX_AGE_MS = 30 * 24 * 3600_000;
/** Unwritten events beyond this are dropped: the database has been failing for a while then. */
const MAX_UNWRITTEN = 2000;
const RETRY_MS = 2000;

/**
 * The timeline, in memory for reading and in the database to outlive the process. Events are written in
 * batches right behind what happens: this is history, not audit, and must never hold up what it tells of.
 */
export class StoredTimeline implements Timeline {
  readonly #db: Kysely<Schema>;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #listeners: Listeners<TimelineEvent>;
  /** Oldest first. */
  #events: TimelineEvent[];
  #unwritten: TimelineEvent[] = [];
  #writing: Promise<void> | undefined;
  readonly #closing = new AbortController();

  private constructor(db: Kysely<Schema>, clock: Clock, log: Logger, events: TimelineEvent[]) {
    this.#db = db;
    this.#clock = clock;
    this.#log = log;
    this.#events = events;
    this.#listeners = new Listeners((error) => log.error({ err: error }, 'a timeline listener failed'));
  }

  static async open(db: Kysely<Schema>, clock: Clock, log: Logger): Promise<StoredTimeline> {
    const rows = await db
      .selectFrom('timeline')
      .selectAll()
      .where('at', '>=', clock.now() - MAX_AGE_MS)
      .orderBy('sequence', 'desc')
      .limit(MAX_EVENTS)
      .execute();
    return new StoredTimeline(db, clock, log, rows.reverse().map(toEvent));
  }

  record(event: NewTimelineEvent): TimelineEvent {
    const sequence = (this.#events.at(-1)?.sequence ?? 0) + 1;
    const recorded: TimelineEvent = { ...event, sequence, at: toInstant(this.#clock.now()) };
    this.#events.push(recorded);
    // In steps, so that the array is not copied at every event.
    if (this.#events.length > MAX_EVENTS * 1.1) this.#events = this.#events.slice(-MAX_EVENTS);
    this.#unwritten.push(recorded);
    this.#writing ??= this.#write();
    this.#listeners.emit(recorded);
    return recorded;
  }

  list(query: TimelineQuery): TimelineEvent[] {
    const found: TimelineEvent[] = [];
    const since = query.since === undefined ? undefined : Date.parse(query.since);
    for (let index = this.#events.length - 1; index >= 0 && found.length < query.limit; index--) {
      const event = this.#events[index] as TimelineEvent;
      if (since !== undefined && Date.parse(event.at) < since) break;
      if (query.service !== undefined && event.service !== query.service) continue;
      if (query.instanceId !== undefined && event.instanceId !== query.instanceId) continue;
      found.push(event);
    }
    return found;
  }

  onEvent(listener: (event: TimelineEvent) => void): Disposable {
    return this.#listeners.add(listener);
  }

  /** Writes what is left; gives up on what the database refuses. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#writing;
  }

  async #write(): Promise<void> {
    await Promise.resolve();
    while (this.#unwritten.length > 0) {
      const batch = this.#unwritten.splice(0, 200);
      try {
        await this.#insert(batch);
      } catch (error) {
        this.#log.warn({ err: error }, 'the timeline cannot be written');
        if (this.#closing.signal.aborted) break;
        this.#unwritten = [...batch, ...this.#unwritten].slice(-MAX_UNWRITTEN);
        await delay(RETRY_MS, undefined, { signal: this.#closing.signal }).catch(() => {});
      }
    }
    this.#writing = undefined;
  }

  async #insert(batch: TimelineEvent[]): Promise<void> {
    const newest = batch.at(-1)?.sequence ?? 0;
    await this.#db.transaction().execute(async (transaction) => {
      await transaction.insertInto('timeline').values(batch.map(toRow)).execute();
      await transaction
        .deleteFrom('timeline')
        .where((where) =>
          where.or([
            where('sequence', '<=', newest - MAX_EVENTS),
            where('at', '<', this.#clock.now() - MAX_AGE_MS),
          ]),
        )
        .execute();
    });
  }
}

function toRow(event: TimelineEvent): Insertable<TimelineTable> {
  return {
    sequence: event.sequence,
    at: Date.parse(event.at),
    kind: event.kind,
    service: event.service,
    instance_id: event.instanceId,
    instance_name: event.instanceName,
    capture_id: event.captureId,
    action_id: event.actionId,
    detail: JSON.stringify(event.detail),
  };
}

function toEvent(row: Selectable<TimelineTable>): TimelineEvent {
  return {
    sequence: row.sequence,
    at: toInstant(row.at),
    kind: row.kind as TimelineEvent['kind'],
    service: row.service,
    instanceId: row.instance_id as TimelineEvent['instanceId'],
    instanceName: row.instance_name,
    captureId: row.capture_id as TimelineEvent['captureId'],
    actionId: row.action_id as TimelineEvent['actionId'],
    detail: JSON.parse(row.detail),
  };
}
