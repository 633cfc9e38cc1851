import { CpuProfileReader } from './cpuprofile/cpu-profile-reader.ts';
import { HeapProfileReader } from './heapprofile/heap-profile-reader.ts';
import type { ProfileLimits } from './model/profile.ts';
import { PprofReader } from './pprof/pprof-reader.ts';
import type { ProfileReader } from './profile-reader.ts';

export interface OpenedFormat {
  readonly reader: ProfileReader;
  /** The file is packed; the reader is to be given what `unpackGzip` makes of it. */
  readonly isGzip: boolean;
}

/** What is known of a file besides its bytes. */
export interface ProfileFile {
  readonly mediaType: string;
  /** The kind of the capture: V8 writes in-use and allocated memory in the same form. */
  readonly kind: string;
}

/** The reader for a file; undefined for what is no sampled profile. */
export function openProfile(
  file: ProfileFile,
  limits: Partial<ProfileLimits> = {},
): OpenedFormat | undefined {
  switch (file.mediaType) {
    case 'application/vnd.v8.cpuprofile+json':
      return { reader: new CpuProfileReader(limits), isGzip: false };
    case 'application/vnd.v8.heapprofile+json': {
      const kind = file.kind === 'allocation' ? 'allocation' : 'heap';
      return { reader: new HeapProfileReader(kind, limits), isGzip: false };
    }
    case 'application/vnd.pprof+gzip':
      return { reader: new PprofReader(limits), isGzip: true };
    default:
      return undefined;
  }
}
