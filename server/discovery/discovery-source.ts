import type { InstanceIdentity, RuntimeInfo } from '#proto/gen/opscenter/v1/identity_pb.ts';

/** An address at which an agent is expected. */
export interface DiscoveredTarget {
  /** Unique within its source. */
  key: string;
  /** host:port as it was announced, for people. */
  address: string;
  /** The address that is dialled: resolved once, allowed by the address policy, and kept. */
  host: string;
  port: number;
  tls: boolean;
  /** What the target said about itself; undefined when only the address is known. */
  identity: InstanceIdentity | undefined;
  runtime: RuntimeInfo | undefined;
}

/** Why a target is no longer there. */
export type LossReason =
  | { kind: 'deregistered'; sentence: string }
  | { kind: 'lease-expired' }
  | { kind: 'withdrawn' };

export interface DiscoveryEvents {
  /** A new target, or one already known that announced itself again. */
  found(target: DiscoveredTarget): void;
  lost(targetKey: string, reason: LossReason): void;
  /** The target gave a sign of life. */
  alive(targetKey: string): void;
  /** Why the target is refused, in a sentence; undefined when it is not. */
  findRefusal(targetKey: string): string | undefined;
  /** What is wrong with the source itself, in a sentence; null when nothing is. */
  problem(sentence: string | null): void;
}

/** Where targets come from. */
export interface DiscoverySource {
  readonly name: string;
  /** Reports targets until what it returns is disposed or the signal aborts. */
  start(events: DiscoveryEvents, signal: AbortSignal): Promise<AsyncDisposable>;
}
