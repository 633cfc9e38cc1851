import type { ActionService } from '../actions/index.ts';
import type { AuditLog } from '../audit/index.ts';
import type { CaptureService } from '../captures/index.ts';
import type { HeapService } from '../heap/index.ts';
import type { InstanceDirectory } from '../instances/index.ts';
import type { Timeline } from '../store/index.ts';

/** What the front door uses of the rooms behind it; `main` hands them in. */
export interface Rooms {
  readonly directory: Pick<
    InstanceDirectory,
    | 'list'
    | 'services'
    | 'sources'
    | 'findDetail'
    | 'resources'
    | 'readResource'
    | 'readCaptureOffers'
    | 'vitals'
    | 'onChange'
    | 'onVitals'
  >;
  readonly captures: Pick<
    CaptureService,
    | 'request'
    | 'list'
    | 'find'
    | 'stop'
    | 'cancel'
    | 'change'
    | 'delete'
    | 'openArtifact'
    | 'profile'
    | 'text'
    | 'source'
    | 'originals'
    | 'counts'
    | 'storage'
    | 'onChange'
  >;
  readonly actions: Pick<
    ActionService,
    'preview' | 'request' | 'list' | 'find' | 'cancel' | 'extend' | 'onChange'
  >;
  readonly heaps: Pick<HeapService, 'state' | 'open' | 'ask' | 'close' | 'usage' | 'onMeasurement'>;
  readonly audit: Pick<AuditLog, 'run' | 'list' | 'verify'>;
  readonly timeline: Pick<Timeline, 'list' | 'onEvent'>;
}
