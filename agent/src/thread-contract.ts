import type { AgentErrorCode } from './errors.ts';
import type { OperationToHost, OperationToWorker, RunMemory } from './runs/run-contract.ts';

/**
 * What the service's main thread and the agent's own thread say to each other. Plain data only: everything here
 * crosses by structured clone, and the main thread must not load gRPC or protobuf.
 */
export interface WorkerSettings {
  identity: ProcessIdentity;
  runtime: RuntimeFacts;
  /** host:port of the registry. */
  server: string;
  /** Path of a PEM file, `system` for the system's authorities, or undefined for no TLS. */
  serverCa: string | undefined;
  token: TokenSource;
  endpoint: EndpointSettings;
  captureCeiling: CaptureCeiling;
  /** What the artifacts of captures may take together, in MiB. */
  artifactBudgetMb: number;
  /** The numbers that the main thread leaves with each answer; see `pulse-board.ts`. */
  pulse: SharedArrayBuffer;
  /** What the agent's thread before this one, if there was one, knew of actions. */
  memory: RunMemory;
}

/** Two heap snapshots of some size. */
export const defaultArtifactBudgetMb = 2048;

/** The most that any capture may cost, whatever is asked for; see `worker/captures/overhead`. */
export interface CaptureCeiling {
  pauseMs?: number;
  threadShare?: number;
  cpuCores?: number;
  memoryBytes?: number;
}

export interface ProcessIdentity {
  service: string;
  version: string;
  host: string;
  pid: number;
  startedAtMs: number;
  labels: Record<string, string>;
}

export interface RuntimeFacts {
  version: string;
  engineVersion: string;
  platform: string;
  arch: string;
  agentVersion: string;
}

/** A file is read again at every attempt, so that a token that appears late or changes is found. */
export type TokenSource = { kind: 'value'; token: string } | { kind: 'file'; path: string };

export interface EndpointSettings {
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** What the registry is told to dial, when it is not where the endpoint listens. */
  advertisedHost: string | undefined;
  tls: { certFile: string; keyFile: string } | undefined;
}

export interface ResourceFacts {
  id: string;
  kind: string;
  name: string;
  description: string;
}

export interface ActionFacts {
  type: string;
  title: string;
  description: string;
  parametersSchemaJson: string;
}

export interface MeasureReading {
  name: string;
  value: number;
  unit: string;
}

export interface ResourceReading {
  id: string;
  /** When the service was last asked with success; undefined when it never was. */
  atMs: number | undefined;
  measures: MeasureReading[];
  finding: FindingFacts | undefined;
  /** Empty when the last reading went well. */
  error: string;
}

export interface FindingFacts {
  sentence: string;
  /** Empty when nothing is suggested. */
  actionType: string;
  parametersJson: string;
}

export interface ItemFacts {
  id: string;
  name: string;
  condition: 'well' | 'attention' | 'bad';
  state: string;
  reason: string;
  peer: string;
  createdAtMs: number | undefined;
  lastUsedAtMs: number | undefined;
  measures: MeasureReading[];
}

export interface ResourceContents {
  reading: ResourceReading;
  items: ItemFacts[];
  /** How many there are; `items` may be cut. */
  itemCount: number;
}

/** What the agent's thread reports of its registration. */
export type LinkState =
  | { state: 'connecting' }
  | { state: 'registered'; agentAddress: string }
  | { state: 'away'; reason: string }
  | { state: 'refused'; code: AgentErrorCode; reason: string };

export type ToWorker =
  | OperationToWorker
  | { type: 'pong'; sequence: number; atNanos: bigint; resources: ResourceReading[] | undefined }
  | { type: 'offer'; resources: ResourceFacts[]; actions: ActionFacts[] }
  | { type: 'threads-changed' }
  | { type: 'are-you-there' }
  | { type: 'stop'; reason: string }
  | { type: 'exit'; reason: string };

export type ToHost =
  | OperationToHost
  | { type: 'link'; link: LinkState }
  | { type: 'here' }
  /** Asks for a sign of life; `read` also asks for the numbers and the resources. */
  | { type: 'ping'; sequence: number; read: boolean }
  /** Somebody watches, or nobody does: the main thread measures only meanwhile. */
  | { type: 'observe'; observed: boolean }
  /** Where artifacts lie, so that the main thread can remove them when the agent's thread cannot. */
  | { type: 'artifact-folder'; path: string };
