import type { OpenedFormat, ProfileReader } from '#profile/index.ts';
import { MEDIA_TYPES, PACKED } from '#profile/media-types.ts';
import { loadCode } from './load-code.ts';

/** What is known of a file besides its bytes. */
interface KnownFile {
  readonly mediaType: string;
  /** The kind of the capture: V8 writes in-use and allocated memory in the same form. */
  readonly kind: string;
}

/**
 * The reader for a file, like the core's `openProfile`; undefined for what is no sampled profile. Whoever opens a file has one of
 * one format, so each reader is fetched when it is needed.
 */
export async function openReader({ mediaType, kind }: KnownFile): Promise<OpenedFormat | undefined> {
  const isGzip = mediaType.endsWith(PACKED);
  const unpacked = isGzip ? mediaType.slice(0, -PACKED.length) : mediaType;
  const reader = await readerFor(unpacked, kind);
  return reader && { reader, isGzip };
}

async function readerFor(mediaType: string, kind: string): Promise<ProfileReader | undefined> {
  switch (mediaType) {
    case MEDIA_TYPES.cpuProfile: {
      const { CpuProfileReader } = await loadCode(() => import('#profile/cpuprofile/cpu-profile-reader.ts'));
      return new CpuProfileReader();
    }
    case MEDIA_TYPES.heapProfile: {
      const { HeapProfileReader } = await loadCode(
        () => import('#profile/heapprofile/heap-profile-reader.ts'),
      );
      return new HeapProfileReader(kind === 'allocation' ? 'allocation' : 'heap');
    }
    case MEDIA_TYPES.pprof: {
      const { PprofReader } = await loadCode(() => import('#profile/pprof/pprof-reader.ts'));
      return new PprofReader();
    }
    case MEDIA_TYPES.collapsed: {
      const { CollapsedReader } = await loadCode(() => import('#profile/collapsed/collapsed-reader.ts'));
      return new CollapsedReader();
    }
    case MEDIA_TYPES.speedscope: {
      const { SpeedscopeReader } = await loadCode(() => import('#profile/speedscope/speedscope-reader.ts'));
      return new SpeedscopeReader();
    }
    case MEDIA_TYPES.trace: {
      const { TraceProfileReader } = await loadCode(
        () => import('#profile/trace-profile/trace-profile-reader.ts'),
      );
      return new TraceProfileReader();
    }
    default:
      return undefined;
  }
}
