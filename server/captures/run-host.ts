import type { Logger } from 'pino';
import type { InstanceDirectory } from '../instances/index.ts';
import type { ArtifactFiles, Clock } from '../store/index.ts';
import type { CaptureEvent } from './capture-state.ts';
import type { CaptureTimes } from './capture-times.ts';
import type { LiveCapture } from './live-capture.ts';

/** What the run of a capture needs of the service that started it. */
export interface RunHost {
  readonly instances: InstanceDirectory;
  readonly artifacts: ArtifactFiles;
  readonly times: CaptureTimes;
  readonly maxBytes: number;
  readonly clock: Clock;
  readonly log: Logger;
  /** @throws StorageFull when so much cannot be kept */
  makeRoom(bytes: number): Promise<void>;
  /** Something about the capture has changed: `state` is to be saved and told, `progress` told now and then. */
  changed(live: LiveCapture, what: 'state' | 'progress'): void;
  /** Makes the end durable, then known. @throws StorageFailed when a success cannot be */
  end(live: LiveCapture, event: CaptureEvent): Promise<void>;
}
