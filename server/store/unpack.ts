import { constants, gunzipSync, zstdDecompressSync } from 'node:zlib';

/** How a piece of an artifact is packed, and how many bytes it must be unpacked. */
export interface Packing {
  encoding: 'gzip' | 'zstd';
  unpackedBytes: number;
}

/** 1 MiB: four times of what an agent packs at once. A frame that asks for more memory is refused. */
const LARGEST_WINDOW_LOG = 20;

/**
 * Unpacks a piece, and stops as soon as it becomes larger than was promised.
 *
 * @throws {UnreadableChunk}
 */
export function unpack(bytes: Uint8Array, { encoding, unpackedBytes }: Packing): Uint8Array {
  let unpacked: Uint8Array;
  try {
    const limit = { maxOutputLength: unpackedBytes };
    unpacked =
      encoding === 'gzip'
        ? gunzipSync(bytes, limit)
        : zstdDecompressSync(bytes, {
            ...limit,
            params: { [constants.ZSTD_d_windowLogMax]: LARGEST_WINDOW_LOG },
          });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UnreadableChunk(
      code === 'ERR_BUFFER_TOO_LARGE'
        ? `a packed chunk holds more than the ${unpackedBytes} bytes that it announced`
        : `a packed chunk is no ${encoding} (${message})`,
    );
  }
  if (unpacked.length !== unpackedBytes) {
    throw new UnreadableChunk(
      `a packed chunk holds ${unpacked.length} bytes where it announced ${unpackedBytes}`,
    );
  }
  return unpacked;
}

/** What came packed is not what was announced. */
export class UnreadableChunk extends Error {
  static readonly code = 'unreadable-chunk';
  readonly code = UnreadableChunk.code;
  override readonly name = 'UnreadableChunk';
}
