import { timestampMs } from '@bufbuild/protobuf/wkt';
import type { ResourceState } from '#proto/gen/opscenter/v1/agent_pb.ts';
import type { InstanceIdentity } from '#proto/gen/opscenter/v1/identity_pb.ts';
import type { DiscoveredTarget } from '../discovery/index.ts';
import type { Connection, Instance, InstanceDetail, InstanceId, Resource } from '../http/contract/index.ts';
import { toInstant } from '../store/index.ts';
import { newConnection } from './connection.ts';
import { type Description, nothingDescribed } from './description.ts';
import { type Diagnosis, unknownHealth } from './health.ts';
import { toInstanceId } from './instance-id.ts';
import { toText } from './text.ts';

/** What is known of one instance. */
export class InstanceRecord {
  readonly id: InstanceId;
  readonly identity: InstanceIdentity;
  readonly source: string;
  address: string;
  connection: Connection;
  diagnosis: Diagnosis;
  description: Description;
  lastHeardAtMs: number | undefined;
  /** When it was found dead or stopped. */
  endedAtMs: number | undefined;
  #resources: readonly ResourceState[] = [];

  constructor(identity: InstanceIdentity, target: DiscoveredTarget, source: string, nowMs: number) {
    this.id = toInstanceId(identity);
    this.identity = identity;
    this.source = source;
    this.address = target.address;
    this.connection = newConnection(nowMs);
    this.diagnosis = unknownHealth(nowMs);
    this.description = nothingDescribed;
  }

  /** What people know it by. */
  get name(): string {
    const { labels, service, pid } = this.identity;
    return labels.instance || `${service}:${pid}`;
  }

  hear(resources: readonly ResourceState[], nowMs: number): void {
    this.lastHeardAtMs = nowMs;
    this.#resources = resources;
  }

  toInstance(): Instance {
    const { service, version, host, pid, startedAt, labels } = this.identity;
    return {
      id: this.id,
      name: this.name,
      service,
      version,
      host,
      pid,
      startedAt: toInstant(startedAt ? timestampMs(startedAt) : 0),
      address: this.address,
      source: this.source,
      labels,
      runtime: this.description.runtime,
      connection: this.connection,
      health: this.diagnosis.health,
      lastHeardAt: this.lastHeardAtMs === undefined ? null : toInstant(this.lastHeardAtMs),
      threads: this.description.threads,
      captures: this.description.captures,
    };
  }

  toDetail(): InstanceDetail {
    return {
      ...this.toInstance(),
      resources: this.#toResources(),
      actions: this.description.actions,
    };
  }

  #toResources(): Resource[] {
    const states = new Map(this.#resources.slice(0, MAX_STATES).map((state) => [state.id, state]));
    return this.description.resources.map((resource) => {
      const state = states.get(resource.id);
      return {
        ...resource,
        at: state?.at ? toInstantWithin(timestampMs(state.at)) : null,
        measures: (state?.measures ?? [])
          .slice(0, MAX_MEASURES)
          .filter(({ value }) => Number.isFinite(value))
          .map(({ name, value, unit }) => ({ name: toText(name, 64), value, unit: toText(unit, 16) })),
        error: state?.error ? toText(state.error, 500) : null,
      };
    });
  }
}

const MAX_STATES = 256;
const MAX_MEASURES = 64;

/** An agent may send any instant; Date has an end. */
function toInstantWithin(epochMs: number): string | null {
  return epochMs >= 0 && epochMs < 253_402_300_800_000 ? toInstant(epochMs) : null;
}
