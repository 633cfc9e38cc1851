import * as zlib from 'node:zlib';
import { ChunkEncoding } from '../../../../proto/gen/opscenter/v1/capture_pb.ts';
import { chunkBytes } from './chunk-encoder.ts';

/** What a chunk may be unpacked, by the contract. */
export const mostUnpackedBytes = 256 * 1024;
/** Aimed at, so that a block which packs a little worse than the one before still fits. */
const aimedBytes = 28 * 1024;
/** Packing is worth its time when at least a tenth is saved. */
const worthwhileRatio = 0.9;
/** Too little to tell anything by. */
const fewestTellingBytes = 4 * 1024;
/** When packing does not pay: bytes that go as they are before it is tried again, twice as many each time. */
const firstRestBytes = 2 * 1024 * 1024;
const longestRestBytes = 64 * 1024 * 1024;
const mostAttempts = 4;

export interface PackedChunk {
  encoding: ChunkEncoding;
  data: Uint8Array;
  unpackedBytes: number;
}

type Pack = (bytes: Uint8Array) => Uint8Array;

/**
 * Packs an artifact chunk by chunk, each for itself, so that it can be read again from any offset. How much goes into a
 * chunk follows from how well the one before was packed.
 *
 * In the agent's own thread and not in libuv's pool, which belongs to the service: a block takes about a millisecond with
 * zstd and two with gzip, and between two blocks the thread does whatever else there is to do.
 */
export class ChunkPacker {
  readonly #encoding: ChunkEncoding;
  readonly #pack: Pack;
  #ratio = 0.25;
  #restBytes = 0;
  #nextRestBytes = firstRestBytes;

  private constructor(encoding: ChunkEncoding, pack: Pack) {
    this.#encoding = encoding;
    this.#pack = pack;
  }

  /** By the first of the encodings that this runtime has; undefined when there is none. */
  static for(accepted: readonly ChunkEncoding[]): ChunkPacker | undefined {
    for (const encoding of accepted) {
      const pack = findPack(encoding);
      if (pack) return new ChunkPacker(encoding, pack);
    }
    return undefined;
  }

  /** False while packing is given up, because it did not pay. */
  get isTrying(): boolean {
    return this.#restBytes === 0;
  }

  /** How many bytes to hand to `pack` next. */
  get wantedBytes(): number {
    const wanted = Math.floor(aimedBytes / this.#ratio);
    return Math.min(mostUnpackedBytes, Math.max(chunkBytes, wanted));
  }

  /** A chunk of the beginning of the bytes; undefined when they are to go as they are. */
  pack(bytes: Uint8Array): PackedChunk | undefined {
    let part = bytes;
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const data = this.#pack(part);
      this.#ratio = data.length / part.length;
      if (this.#ratio > worthwhileRatio) break;
      if (data.length <= chunkBytes) {
        this.#nextRestBytes = firstRestBytes;
        return { encoding: this.#encoding, data, unpackedBytes: part.length };
      }
      part = part.subarray(0, Math.floor(aimedBytes / this.#ratio));
    }
    if (bytes.length >= fewestTellingBytes) this.#rest();
    return undefined;
  }

  /** To be told of bytes that went as they are. */
  sentPlain(bytes: number): void {
    this.#restBytes = Math.max(0, this.#restBytes - bytes);
  }

  #rest(): void {
    this.#restBytes = this.#nextRestBytes;
    this.#nextRestBytes = Math.min(longestRestBytes, this.#nextRestBytes * 2);
    this.#ratio = 0.25;
  }
}

/** zstd came to Node.js with 22.15 and 23.8: looked for, not imported by name, because Node.js 20 has none. */
function findPack(encoding: ChunkEncoding): Pack | undefined {
  if (encoding === ChunkEncoding.GZIP) return (bytes) => zlib.gzipSync(bytes, { level: 1 });
  const compress = zlib.zstdCompressSync as typeof zlib.zstdCompressSync | undefined;
  if (encoding !== ChunkEncoding.ZSTD || !compress) return undefined;
  const { ZSTD_c_compressionLevel: level, ZSTD_c_windowLog: windowLog } = zlib.constants;
  // A window as large as a chunk can be: receivers need not hold more.
  const params = { [level]: 1, [windowLog]: Math.log2(mostUnpackedBytes) };
  return (bytes) => compress(bytes, { params });
}
