import type { Logger } from 'pino';
import type { InstanceId, StateChange, TimelineEvent } from '../http/contract/index.ts';
import { Listeners } from '../listeners.ts';
import type { Clock, Timeline } from '../store/index.ts';
import { type ConnectionEvent, nextConnection } from './connection.ts';
import { type HealthEvent, nextDiagnosis } from './health.ts';
import type { InstanceRecord } from './instance-record.ts';

/** How long the dead and the stopped stay listed. */
const LISTED_AFTER_END_MS = 10 * 60_000;

/** All records, and the one way in which their states change: by an event, told to whoever wants to know. */
export class InstanceRecords {
  readonly #clock: Clock;
  readonly #timeline: Timeline;
  readonly #records = new Map<InstanceId, InstanceRecord>();
  readonly #changes: Listeners<StateChange>;

  constructor({ clock, timeline, log }: { clock: Clock; timeline: Timeline; log: Logger }) {
    this.#clock = clock;
    this.#timeline = timeline;
    this.#changes = new Listeners((error) => log.error({ err: error }, 'an instance listener failed'));
  }

  all(): InstanceRecord[] {
    return [...this.#records.values()];
  }

  /** Those that have not ended. */
  present(): InstanceRecord[] {
    return this.all().filter(({ endedAtMs }) => endedAtMs === undefined);
  }

  find(id: InstanceId): InstanceRecord | undefined {
    return this.#records.get(id);
  }

  onChange(listener: (change: StateChange) => void): Disposable {
    return this.#changes.add(listener);
  }

  add(record: InstanceRecord): void {
    this.#records.set(record.id, record);
    this.#tell(record, 'instance-appeared', { version: record.identity.version });
    this.announce(record);
  }

  announce(record: InstanceRecord): void {
    this.#changes.emit({ type: 'instance', instance: record.toInstance() });
  }

  connection(record: InstanceRecord, event: ConnectionEvent): void {
    const now = this.#clock.now();
    const before = record.connection;
    record.connection = nextConnection(before, event, now);
    if (record.connection === before) return;
    const { state } = record.connection;
    const isNew = state !== before.state;
    if (isNew) record.endedAtMs = state === 'dead' || state === 'stopped' ? now : undefined;
    if (state !== 'connected') this.health(record, { kind: 'lost-sight' });
    if (isNew && state !== 'connecting') {
      this.#tell(record, `instance-${state}`, 'reason' in event ? { reason: event.reason } : {});
    }
    this.announce(record);
  }

  health(record: InstanceRecord, event: HealthEvent): void {
    const before = record.diagnosis.health;
    record.diagnosis = nextDiagnosis(record.diagnosis, event, this.#clock.now());
    const { health } = record.diagnosis;
    if (health === before) return;
    const isNews = health.state !== 'unknown' && (before.state !== 'unknown' || health.state !== 'well');
    if (isNews) {
      const reason = 'reason' in health ? { reason: health.reason } : {};
      this.#tell(record, 'health-changed', { from: before.state, to: health.state, ...reason });
    }
    this.announce(record);
  }

  /** Takes those off the list that ended long ago, and answers them. */
  forget(): InstanceRecord[] {
    const before = this.#clock.now() - LISTED_AFTER_END_MS;
    const forgotten = this.all().filter(({ endedAtMs }) => endedAtMs !== undefined && endedAtMs <= before);
    for (const { id } of forgotten) {
      this.#records.delete(id);
      this.#changes.emit({ type: 'instance-removed', instanceId: id });
    }
    return forgotten;
  }

  #tell(record: InstanceRecord, kind: TimelineEvent['kind'], detail: Record<string, string>): void {
    this.#timeline.record({
      kind,
      service: record.identity.service,
      instanceId: record.id,
      instanceName: record.name,
      captureId: null,
      actionId: null,
      detail,
    });
  }
}
