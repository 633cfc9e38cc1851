import type { Logger } from 'pino';
import type { DiscoverySource } from '../discovery/index.ts';
import type {
  Instance,
  InstanceDetail,
  InstanceId,
  Service,
  StateChange,
  System,
  VitalsBatch,
  VitalsHistory,
} from '../http/contract/index.ts';
import type { Clock, Timeline } from '../store/index.ts';

export interface InstanceDirectoryOptions {
  sources: readonly DiscoverySource[];
  /** What the server shows to agents. */
  agentToken: string;
  /** PEM of the authority that signs the agents' certificates. */
  agentCa?: Buffer;
  timeline: Timeline;
  clock: Clock;
  log: Logger;
}

/** Every instance that is known, how the server stands with it and how it is. */
export class InstanceDirectory implements AsyncDisposable {
  static async start(_options: InstanceDirectoryOptions): Promise<InstanceDirectory> {
    throw new Error('under construction');
  }

  list(): Instance[] {
    throw new Error('under construction');
  }

  find(_id: InstanceId): Instance | undefined {
    throw new Error('under construction');
  }

  findDetail(_id: InstanceId): InstanceDetail | undefined {
    throw new Error('under construction');
  }

  services(): Service[] {
    throw new Error('under construction');
  }

  sources(): System['sources'] {
    throw new Error('under construction');
  }

  /** The last 15 minutes, or what is newer than `sinceMs` (milliseconds since 1970). */
  vitals(_id: InstanceId, _sinceMs?: number): VitalsHistory | undefined {
    throw new Error('under construction');
  }

  onChange(_listener: (change: StateChange) => void): Disposable {
    throw new Error('under construction');
  }

  /** Once a second. */
  onVitals(_listener: (batch: VitalsBatch) => void): Disposable {
    throw new Error('under construction');
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}
