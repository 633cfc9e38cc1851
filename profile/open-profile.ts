import { CollapsedReader } from './collapsed/collapsed-reader.ts';
import { CpuProfileReader } from './cpuprofile/cpu-profile-reader.ts';
import { HeapProfileReader } from './heapprofile/heap-profile-reader.ts';
import { MEDIA_TYPES, PACKED } from './media-types.ts';
import type { ProfileLimits } from './model/profile.ts';
import { PprofReader } from './pprof/pprof-reader.ts';
import type { ProfileReader } from './profile-reader.ts';
import { SpeedscopeReader } from './speedscope/speedscope-reader.ts';
import { TraceProfileReader } from './trace-profile/trace-profile-reader.ts';

export interface OpenedFormat {
  readonly reader: ProfileReader;
  /** The file is packed; the reader is to be given what `unpackGzip` makes of it. */
  readonly isGzip: boolean;
}

/** What is known of a file besides its bytes. */
export interface ProfileFile {
  /** One of `MEDIA_TYPES`, with `+gzip` where it is packed. */
  readonly mediaType: string;
  /** The kind of the capture: V8 writes in-use and allocated memory in the same form. */
  readonly kind: string;
}

/** The reader for a file; undefined for what is no sampled profile. */
export function openProfile(
  { mediaType, kind }: ProfileFile,
  limits: Partial<ProfileLimits> = {},
): OpenedFormat | undefined {
  const isGzip = mediaType.endsWith(PACKED);
  const unpacked = isGzip ? mediaType.slice(0, -PACKED.length) : mediaType;
  const reader = readerFor(unpacked, kind, limits);
  return reader && { reader, isGzip };
}

function readerFor(
  mediaType: string,
  kind: string,
  limits: Partial<ProfileLimits>,
): ProfileReader | undefined {
  switch (mediaType) {
    case MEDIA_TYPES.cpuProfile:
      return new CpuProfileReader(limits);
    case MEDIA_TYPES.heapProfile:
      return new HeapProfileReader(kind === 'allocation' ? 'allocation' : 'heap', limits);
    case MEDIA_TYPES.pprof:
      return new PprofReader(limits);
    case MEDIA_TYPES.collapsed:
      return new CollapsedReader(limits);
    case MEDIA_TYPES.speedscope:
      return new SpeedscopeReader(limits);
    case MEDIA_TYPES.trace:
      return new TraceProfileReader(limits);
    default:
      return undefined;
  }
}
