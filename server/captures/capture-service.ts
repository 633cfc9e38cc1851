import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import type { AuditLog } from '../audit/index.ts';
import type {
  Capture,
  CaptureChange,
  CaptureId,
  CaptureList,
  CaptureQuery,
  CaptureRequest,
  StateChange,
  System,
} from '../http/contract/index.ts';
import type { InstanceDirectory } from '../instances/index.ts';
import type { Clock, Store } from '../store/index.ts';

export interface CaptureLimits {
  running: number;
  queued: number;
  artifactMaxBytes: number;
  artifactTotalBytes: number;
  retentionDays: number;
}

export interface CaptureServiceOptions {
  store: Store;
  audit: AuditLog;
  instances: InstanceDirectory;
  limits: CaptureLimits;
  clock: Clock;
  log: Logger;
}

export interface OpenArtifact {
  stream: Readable;
  /** Of the whole artifact, whatever the range. */
  sizeBytes: number;
  mediaType: string;
  fileName: string;
  sha256: string;
}

/** Captures from the wish to the verified file, and what becomes of them. */
export class CaptureService implements AsyncDisposable {
  /** Takes up again what an earlier process left unfinished. */
  static async start(_options: CaptureServiceOptions): Promise<CaptureService> {
    throw new Error('under construction');
  }

  /**
   * @throws InstanceNotFound, ServiceNotFound, ThreadNotFound, InstanceUnreachable, KindUnavailable,
   *   CaptureInProgress, QueueFull, StorageFull, AuditUnavailable
   */
  async request(_wish: CaptureRequest, _actor: string): Promise<Capture> {
    throw new Error('under construction');
  }

  async list(_query: CaptureQuery): Promise<CaptureList> {
    throw new Error('under construction');
  }

  async find(_id: CaptureId): Promise<Capture | undefined> {
    throw new Error('under construction');
  }

  /** Ends a recording early and keeps it. One that has ended is left as it is. @throws CaptureNotFound */
  async stop(_id: CaptureId, _actor: string): Promise<Capture> {
    throw new Error('under construction');
  }

  /** Ends a capture and throws away what there is. One that has ended is left as it is. @throws CaptureNotFound */
  async cancel(_id: CaptureId, _actor: string): Promise<Capture> {
    throw new Error('under construction');
  }

  /** @throws CaptureNotFound */
  async change(_id: CaptureId, _change: CaptureChange, _actor: string): Promise<Capture> {
    throw new Error('under construction');
  }

  /** @throws CaptureNotFound, CaptureNotEnded */
  async delete(_id: CaptureId, _actor: string): Promise<void> {
    throw new Error('under construction');
  }

  /** `range` is inclusive at both ends, within the artifact. @throws CaptureNotFound, ArtifactNotAvailable */
  async openArtifact(_id: CaptureId, _range?: { start: number; end: number }): Promise<OpenArtifact> {
    throw new Error('under construction');
  }

  /** The artifact as gzip'd pprof. @throws CaptureNotFound, ArtifactNotAvailable, ArtifactUnreadable, ConversionBusy */
  async pprof(_id: CaptureId, _signal: AbortSignal): Promise<{ bytes: Uint8Array; fileName: string }> {
    throw new Error('under construction');
  }

  counts(): System['captures'] {
    throw new Error('under construction');
  }

  storage(): System['storage'] {
    throw new Error('under construction');
  }

  onChange(_listener: (change: StateChange) => void): Disposable {
    throw new Error('under construction');
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}
