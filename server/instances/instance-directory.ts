import type { Logger } from 'pino';
import type { WatchResponse } from '#proto/gen/opscenter/v1/agent_pb.ts';
import type { DiscoverySource } from '../discovery/index.ts';
import { InstanceNotFound } from '../errors.ts';
import type {
  CaptureOffers,
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
import type { AgentClient } from './agent-client.ts';
import type { Compression } from './chunk-encodings.ts';
import { FleetVitals } from './fleet-vitals.ts';
import type { InstanceRecord } from './instance-record.ts';
import { InstanceRecords } from './instance-records.ts';
import { Places } from './places.ts';
import { readCaptureOffers } from './read-capture-offers.ts';
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
  /** Whether artifacts travel packed; where it pays when left out. */
  compression?: Compression;
  timeline: Timeline;
  clock: Clock;
  log: Logger;
}

/** Every instance that is known, how the server stands with it and how it is. */
export class InstanceDirectory implements AsyncDisposable {
  readonly #options: InstanceDirectoryOptions;
  readonly #records: InstanceRecords;
  readonly #places: Places;
  readonly #vitals = new FleetVitals();
  readonly #batches: Listeners<VitalsBatch>;
  readonly #problems = new Map<string, string | null>();
  readonly #closing = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #started: AsyncDisposable[] = [];

  private constructor(options: InstanceDirectoryOptions) {
    const { agentToken, agentCa, compression = 'auto', clock, log } = options;
    this.#options = options;
    this.#records = new InstanceRecords(options);
    this.#places = new Places({
      records: this.#records,
      access: { token: agentToken, ca: agentCa, compression },
      onBeat: (record, message) => this.#hear(record, message),
      clock,
      log,
    });
    this.#batches = new Listeners((error) => log.error({ err: error }, 'a vitals listener failed'));
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** @throws what a source throws that cannot start */
  static async start(options: InstanceDirectoryOptions): Promise<InstanceDirectory> {
    const directory = new InstanceDirectory(options);
    try {
      for (const source of options.sources) {
        const events = {
          ...directory.#places.eventsOf(source),
          problem: (sentence: string | null) => directory.#problems.set(source.name, sentence),
        };
        directory.#started.push(await source.start(events, directory.#closing.signal));
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

  /**
   * What can be captured in the instance and at which price, asked of it now.
   *
   * @throws InstanceNotFound, InstanceUnreachable; the signal's reason
   */
  async readCaptureOffers(id: InstanceId, signal: AbortSignal): Promise<CaptureOffers> {
    const record = this.#records.find(id);
    if (!record) throw new InstanceNotFound(id);
    return await readCaptureOffers(record, this.findAgent(id), this.#options.clock, signal);
  }

  services(): Service[] {
    return toServices(this.list());
  }

  sources(): System['sources'] {
    return this.#options.sources.map((source) => {
      const { targets, problem } = this.#places.stateOf(source);
      return { name: source.name, targets, problem: this.#problems.get(source.name) ?? problem ?? null };
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
    return record?.connection.state === 'connected' ? this.#places.findClient(record) : undefined;
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
    await this.#places[Symbol.asyncDispose]();
    await Promise.all(this.#started.splice(0).map((source) => source[Symbol.asyncDispose]()));
  }

  #hear(record: InstanceRecord, message: WatchResponse): void {
    const now = this.#options.clock.now();
    const second = toVitalsSecond(message.vitals);
    record.hear(message.resources, now);
    this.#vitals.hear(record.id, second, now);
    this.#records.health(record, { kind: 'second', ...findSymptom(second) });
  }

  #tick(): void {
    this.#places.tick();
    const batch = this.#vitals.turn(this.#options.clock.now());
    if (!batch) return;
    this.#places.second();
    this.#forget();
    this.#batches.emit(batch);
  }

  #forget(): void {
    for (const record of this.#records.forget()) {
      this.#vitals.forget(record.id);
      this.#places.leave(record);
    }
  }
}
