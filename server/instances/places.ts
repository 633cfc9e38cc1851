import type { Logger } from 'pino';
import type { DescribeResponse, WatchResponse } from '#proto/gen/opscenter/v1/agent_pb.ts';
import type { InstanceIdentity } from '#proto/gen/opscenter/v1/identity_pb.ts';
import {
  type DiscoveredTarget,
  type DiscoveryEvents,
  type DiscoverySource,
  findIdentityMistake,
  type LossReason,
} from '../discovery/index.ts';
import type { Clock } from '../store/index.ts';
import type { AgentAccess, AgentClient } from './agent-client.ts';
import { AgentLink, type Verdict } from './agent-link.ts';
import type { ConnectionEvent } from './connection.ts';
import { toDescription, toRuntime } from './description.ts';
import { DialQueue } from './dial-queue.ts';
import { toInstanceId } from './instance-id.ts';
import { InstanceRecord } from './instance-record.ts';
import type { InstanceRecords } from './instance-records.ts';

export interface PlacesOptions {
  records: InstanceRecords;
  access: AgentAccess;
  /** A beat of the instance came. */
  onBeat(record: InstanceRecord, message: WatchResponse): void;
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

/** Where instances are: every target that discovery has found, who answers there, and the link to it. */
export class Places implements AsyncDisposable {
  readonly #options: PlacesOptions;
  readonly #records: InstanceRecords;
  readonly #dials = new DialQueue(DIALS_AT_ONCE);
  readonly #places = new Map<string, Place>();

  constructor(options: PlacesOptions) {
    this.#options = options;
    this.#records = options.records;
  }

  /** What a source is to report to. */
  eventsOf(source: DiscoverySource): Omit<DiscoveryEvents, 'problem'> {
    const placeOf = (targetKey: string) => this.#places.get(placeKey(source, targetKey));
    return {
      found: (target) => this.#find(source, target),
      lost: (targetKey, reason) => this.#lose(placeOf(targetKey), reason),
      alive: (targetKey) => placeOf(targetKey)?.link?.alive(),
      findRefusal: (targetKey) => {
        const connection = placeOf(targetKey)?.record?.connection;
        return connection?.state === 'refused' ? connection.reason : undefined;
      },
    };
  }

  /** How many targets the source has found, and the first problem with one of them. */
  stateOf(source: DiscoverySource): { targets: number; problem: string | undefined } {
    const places = [...this.#places.values()].filter((place) => place.source === source);
    return { targets: places.length, problem: places.find((place) => place.problem)?.problem };
  }

  /** The channel to the instance's agent, while it answers. */
  findClient(record: InstanceRecord): AgentClient | undefined {
    return this.#placeOf(record)?.link?.client;
  }

  /** To be called every quarter of a second. */
  tick(): void {
    for (const place of this.#places.values()) place.link?.tick();
  }

  /** To be called every second. */
  second(): void {
    for (const place of this.#places.values()) place.link?.second();
  }

  /** What a list names is dialled for ever; what announced itself and ended is not. */
  leave(record: InstanceRecord): void {
    const place = this.#placeOf(record);
    if (place?.target.identity) this.#abandon(place);
    else if (place) place.record = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#places.values()].map((place) => place.link?.[Symbol.asyncDispose]()));
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

  #openLink(place: Place): AgentLink {
    return new AgentLink({
      target: place.target,
      access: this.#options.access,
      dials: this.#dials,
      log: this.#options.log,
      events: {
        described: (description) => this.#describe(place, description),
        heard: (message) => {
          if (place.record) this.#options.onBeat(place.record, message);
        },
        changed: (event) => this.#change(place, event),
      },
    });
  }

  #lose(place: Place | undefined, reason: LossReason): void {
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
    record.describedAtMs = this.#options.clock.now();
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

  #change(place: Place, event: ConnectionEvent): void {
    if (place.record) this.#records.connection(place.record, event);
    else if ('reason' in event) place.problem = `${place.target.address}: ${event.reason}`;
  }

  #placeOf(record: InstanceRecord): Place | undefined {
    for (const place of this.#places.values()) if (place.record === record) return place;
    return undefined;
  }
}

function placeKey(source: DiscoverySource, targetKey: string): string {
  return `${source.name}\n${targetKey}`;
}
