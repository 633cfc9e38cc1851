import type { Logger } from 'pino';
import type { DescribeResponse, WatchResponse } from '#proto/gen/opscenter/v1/agent_pb.ts';
import type { InstanceIdentity } from '#proto/gen/opscenter/v1/identity_pb.ts';
import {
  type DiscoveredTarget,
  type DiscoverySource,
  findIdentityMistake,
  type LossReason,
} from '../discovery/index.ts';
import { InstanceNotFound } from '../errors.ts';
import type {
  FleetResource,
  Instance,
  InstanceDetail,
  InstanceId,
  ResourceDetail,
  Service,
  StateChange,
  System,
  VitalName,
  VitalsBatch,
  VitalsHistory,
} from '../http/contract/index.ts';
import { Listeners } from '../listeners.ts';
import type { Clock, Timeline } from '../store/index.ts';
import type { AgentAccess, AgentClient } from './agent-client.ts';
import { AgentLink, type Verdict } from './agent-link.ts';
import type { ConnectionEvent } from './connection.ts';
import { toDescription, toRuntime } from './description.ts';
import { DialQueue } from './dial-queue.ts';
import { FleetVitals } from './fleet-vitals.ts';
import { toInstanceId } from './instance-id.ts';
import { InstanceRecord } from './instance-record.ts';
import { InstanceRecords } from './instance-records.ts';
import { readResource } from './read-resource.ts';
import { toServices } from './services.ts';
import { TICK_MS } from './silence.ts';
import { findSymptom } from './symptoms.ts';
import { toVitalsSecond } from './vitals-second.ts';

export interface InstanceDirectoryOptions {
  sources: readonly DiscoverySource[];
  /** What the server shows to agents. */
  agentToken: string;
  /** PEM of the authority that signs the agents' certificates; without it the system's. */
  agentCa?: Buffer;
  timeline: Timeline;
  clock: Clock;
  log: Logger;
}

const DIALS_AT_ONCE = 24;

/** A target with the link to it, and the instance found there. */
interface Place {
  readonly key: string;
  readonly source: DiscoverySource;
  target: DiscoveredTarget;
  link: AgentLink | undefined;
  record: InstanceRecord | undefined;
  problem: string | undefined;
}

/** Every instance that is known, how the server stands with it and how it is. */
export class InstanceDirectory implements AsyncDisposable {
  readonly #options: InstanceDirectoryOptions;
  readonly #access: AgentAccess;
  readonly #dials = new DialQueue(DIALS_AT_ONCE);
  readonly #places = new Map<string, Place>();
  readonly #records: InstanceRecords;
  readonly #vitals = new FleetVitals();
  readonly #batches: Listeners<VitalsBatch>;
  readonly #problems = new Map<string, string | null>();
  readonly #closing = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #started: AsyncDisposable[] = [];

  private constructor(options: InstanceDirectoryOptions) {
    this.#options = options;
    this.#access = { token: options.agentToken, ca: options.agentCa };
    this.#records = new InstanceRecords(options);
    this.#batches = new Listeners((error) => options.log.error({ err: error }, 'a vitals listener failed'));
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** @throws what a source throws that cannot start */
  static async start(options: InstanceDirectoryOptions): Promise<InstanceDirectory> {
    const directory = new InstanceDirectory(options);
    try {
      for (const source of options.sources) {
        directory.#started.push(
          await source.start(
            {
              found: (target) => directory.#find(source, target),
              lost: (key, reason) => directory.#lose(source, key, reason),
              alive: (key) => directory.#places.get(placeKey(source, key))?.link?.alive(),
              findRefusal: (key) => directory.#findRefusal(placeKey(source, key)),
              problem: (sentence) => directory.#problems.set(source.name, sentence),
            },
            directory.#closing.signal,
          ),
        );
      }
      return directory;
    } catch (error) {
      await directory[Symbol.asyncDispose]();
      throw error;
    }
  }

  list(): Instance[] {
    return this.#records.all().map((record) => record.toInstance());
  }

  find(id: InstanceId): Instance | undefined {
    return this.#records.find(id)?.toInstance();
  }

  findDetail(id: InstanceId): InstanceDetail | undefined {
    return this.#records.find(id)?.toDetail();
  }

  /** As their instances last told of them; instances that have ended have none any more. */
  resources(): FleetResource[] {
    return this.#records.present().flatMap((record) =>
      record.toResources().map((resource) => ({
        instanceId: record.id,
        instanceName: record.name,
        service: record.identity.service,
        resource,
      })),
    );
  }

  /**
   * One resource with what is in it, read from the instance now.
   *
   * @throws InstanceNotFound, ResourceNotFound, InstanceUnreachable, MainThreadStuck, ResourceUnreadable; the
   *   signal's reason
   */
  async readResource(id: InstanceId, resourceId: string, signal: AbortSignal): Promise<ResourceDetail> {
    const record = this.#records.find(id);
    if (!record) throw new InstanceNotFound(id);
    return await readResource(record, this.findAgent(id), resourceId, signal);
  }

  services(): Service[] {
    return toServices(this.list());
  }

  sources(): System['sources'] {
    return this.#options.sources.map(({ name }) => {
      const places = [...this.#places.values()].filter((place) => place.source.name === name);
      const problem = this.#problems.get(name) ?? places.find((place) => place.problem)?.problem ?? null;
      return { name, targets: places.length, problem };
    });
  }

  /** The last 15 minutes, or what is newer than `sinceMs` (milliseconds since 1970). */
  vitals(id: InstanceId, sinceMs?: number): VitalsHistory | undefined {
    if (!this.#records.find(id)) return undefined;
    return this.#vitals.history(id, sinceMs);
  }

  /** The newest number of one vital; undefined when there is no recent one. */
  latestVital(id: InstanceId, name: VitalName): number | undefined {
    return this.#vitals.latest(id, name, this.#options.clock.now());
  }

  /** The channel to the instance's agent; undefined while it is not connected. */
  findAgent(id: InstanceId): AgentClient | undefined {
    const record = this.#records.find(id);
    if (record?.connection.state !== 'connected') return undefined;
    return this.#placeOf(record)?.link?.client;
  }

  /** Ids of the captures that the agent held when it was last asked. */
  heldCaptures(id: InstanceId): readonly string[] {
    return this.#records.find(id)?.description.heldCaptures ?? [];
  }

  onChange(listener: (change: StateChange) => void): Disposable {
    return this.#records.onChange(listener);
  }

  /** Once a second. */
  onVitals(listener: (batch: VitalsBatch) => void): Disposable {
    return this.#batches.add(listener);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    this.#closing.abort();
    await Promise.all([...this.#places.values()].map((place) => place.link?.[Symbol.asyncDispose]()));
    await Promise.all(this.#started.splice(0).map((source) => source[Symbol.asyncDispose]()));
  }

  #find(source: DiscoverySource, target: DiscoveredTarget): void {
    const key = placeKey(source, target.key);
    const known = this.#places.get(key);
    const place: Place = known ?? {
      key,
      source,
      target,
      link: undefined,
      record: undefined,
      problem: undefined,
    };
    place.target = target;
    this.#places.set(key, place);
    if (target.identity) this.#settle(place, target.identity);
    if (place.record) this.#records.connection(place.record, { kind: 'announced' });
    if (place.link) place.link.retarget(target);
    else place.link = this.#openLink(place);
  }

  #findRefusal(key: string): string | undefined {
    const connection = this.#places.get(key)?.record?.connection;
    return connection?.state === 'refused' ? connection.reason : undefined;
  }

  #openLink(place: Place): AgentLink {
    return new AgentLink({
      target: place.target,
      access: this.#access,
      dials: this.#dials,
      log: this.#options.log,
      events: {
        described: (description) => this.#describe(place, description),
        heard: (message) => this.#hear(place, message),
        changed: (event) => this.#changePlace(place, event),
      },
    });
  }

  #lose(source: DiscoverySource, targetKey: string, reason: LossReason): void {
    const place = this.#places.get(placeKey(source, targetKey));
    if (!place) return;
    const { record } = place;
    switch (reason.kind) {
      case 'lease-expired':
        // The registry is one way to hear of an instance; as long as its vitals come it is there.
        if (record && record.connection.state !== 'connected') {
          const sentence = 'Its lease ran out and its agent does not answer.';
          this.#records.connection(record, { kind: 'gone', evidence: 'silent', reason: sentence });
        }
        return;
      case 'deregistered':
        if (record) this.#records.connection(record, { kind: 'left', reason: reason.sentence });
        this.#abandon(place);
        return;
      case 'withdrawn':
        if (record) this.#records.connection(record, { kind: 'left', reason: 'It is no longer listed.' });
        this.#abandon(place);
    }
  }

  #abandon(place: Place): void {
    this.#places.delete(place.key);
    void place.link?.[Symbol.asyncDispose]();
  }

  #describe(place: Place, message: DescribeResponse): Verdict {
    const { identity } = message;
    const mistake = findIdentityMistake(identity);
    if (mistake || !identity) {
      return { kind: 'refused', reason: `The agent says something impossible about itself: ${mistake}` };
    }
    if (place.target.identity && toInstanceId(place.target.identity) !== toInstanceId(identity)) {
      return { kind: 'refused', reason: 'Another process answers at the address that it registered with.' };
    }
    if (!this.#settle(place, identity)) return { kind: 'elsewhere' };
    const { record } = place;
    if (!record) return { kind: 'elsewhere' };
    place.problem = undefined;
    record.description = toDescription(message);
    this.#records.announce(record);
    return { kind: 'wanted' };
  }

  /** Puts the instance with this identity at this place. Answers whether it may be there. */
  #settle(place: Place, identity: InstanceIdentity): boolean {
    const id = toInstanceId(identity);
    if (place.record?.id === id) return true;
    const record = this.#records.find(id);
    const elsewhere = record && this.#placeOf(record);
    if (elsewhere && elsewhere !== place) {
      if (record.connection.state === 'connected' || place.target.identity === undefined) return false;
      elsewhere.record = undefined;
    }
    if (place.record) {
      const reason = 'Another process answers at its address.';
      this.#records.connection(place.record, { kind: 'gone', evidence: 'connection-refused', reason });
    }
    place.record = record ?? this.#appear(place, identity);
    place.record.address = place.target.address;
    return true;
  }

  #appear(place: Place, identity: InstanceIdentity): InstanceRecord {
    const record = new InstanceRecord(identity, place.target, place.source.name, this.#options.clock.now());
    record.description = { ...record.description, runtime: toRuntime(place.target.runtime) };
    this.#records.add(record);
    return record;
  }

  #hear(place: Place, message: WatchResponse): void {
    const { record } = place;
    if (!record) return;
    const now = this.#options.clock.now();
    const second = toVitalsSecond(message.vitals);
    record.hear(message.resources, now);
    this.#vitals.hear(record.id, second, now);
    this.#records.health(record, { kind: 'second', ...findSymptom(second) });
  }

  #changePlace(place: Place, event: ConnectionEvent): void {
    if (place.record) this.#records.connection(place.record, event);
    else if ('reason' in event) place.problem = `${place.target.address}: ${event.reason}`;
  }

  #placeOf(record: InstanceRecord): Place | undefined {
    for (const place of this.#places.values()) if (place.record === record) return place;
    return undefined;
  }

  #tick(): void {
    for (const place of this.#places.values()) place.link?.tick();
    const now = this.#options.clock.now();
    const batch = this.#vitals.turn(now);
    if (!batch) return;
    for (const place of this.#places.values()) place.link?.second();
    this.#forget();
    this.#batches.emit(batch);
  }

  #forget(): void {
    for (const record of this.#records.forget()) {
      const place = this.#placeOf(record);
      this.#vitals.forget(record.id);
      // What a list names is dialled for ever; what announced itself and ended is not.
      if (place?.target.identity) this.#abandon(place);
      else if (place) place.record = undefined;
    }
  }
}

function placeKey(source: DiscoverySource, targetKey: string): string {
  return `${source.name}\n${targetKey}`;
}
