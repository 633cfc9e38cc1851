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
import { toResource } from './resource.ts';

/** What is known of one instance. */
export class InstanceRecord {
  readonly id: InstanceId;
  readonly identity: InstanceIdentity;
  readonly source: string;
  address: string;
  connection: Connection;
  diagnosis: Diagnosis;
  /** When its agent last described itself; when it was found, before that. */
  describedAtMs: number;
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
    this.describedAtMs = nowMs;
    this.description = nothingDescribed;
  }

  /** What people know it by. */
  get name(): string {
    const { labels, service, pid } = this.identity;
    return labels.instance || `${service}:${pid}`;
  }

  /** Types of the actions that the instance allows. */
  get offeredActions(): ReadonlySet<string> {
    return new Set(this.description.actions.map((action) => action.type));
  }

  hear(resources: readonly ResourceState[], nowMs: number): void {
    this.lastHeardAtMs = nowMs;
    this.#resources = resources.slice(0, MAX_STATES);
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
      actionTypes: this.description.actions.map((action) => action.type),
    };
  }

  toDetail(): InstanceDetail {
    return {
      ...this.toInstance(),
      resources: this.toResources(),
      actions: this.description.actions,
    };
  }

  /** As the instance last told of them. */
  toResources(): Resource[] {
    const states = new Map(this.#resources.map((state) => [state.id, state]));
    const offered = this.offeredActions;
    return this.description.resources.map((resource) =>
      toResource(resource, states.get(resource.id), offered),
    );
  }
}

const MAX_STATES = 256;
