import { ChunkEncoding } from '#proto/gen/opscenter/v1/capture_pb.ts';
import { isLoopback } from '../config.ts';

/** Whether artifacts travel packed: where that pays, always, never. */
export type Compression = 'auto' | 'on' | 'off';

const PACKED: readonly ChunkEncoding[] = [ChunkEncoding.ZSTD, ChunkEncoding.GZIP];

/**
 * How an agent is asked to pack what it sends, the best first. Not over loopback: there a byte is copied faster than
 * anything packs it, and the processor that packs it may be the one that the service needs.
 */
export function encodingsFor(host: string, compression: Compression): readonly ChunkEncoding[] {
  const pays = compression === 'on' || (compression === 'auto' && !isLoopback(host));
  return pays ? PACKED : [];
}
