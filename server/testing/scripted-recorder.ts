import { once } from 'node:events';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { create } from '@bufbuild/protobuf';
import { durationMs } from '@bufbuild/protobuf/wkt';
import { type ServerWritableStream, status } from '@grpc/grpc-js';
import {
  type ArtifactChunk,
  ChunkEncoding,
  type CollectPerformanceDataRequest,
  type CollectPerformanceDataResponse,
  type ReadArtifactRequest,
  type ReadArtifactResponse,
  ReadArtifactResponseSchema,
  type ReleaseArtifactRequest,
  ReleaseArtifactResponseSchema,
  type StopCaptureRequest,
  StopCaptureResponseSchema,
} from '#proto/gen/opscenter/v1/capture_pb.ts';
import { CHUNK_BYTES, ScriptedCapture, startedEvent, toCollectResponse } from './scripted-capture.ts';
import { smallCpuProfile } from './small-cpu-profile.ts';

export type CollectCall = ServerWritableStream<CollectPerformanceDataRequest, CollectPerformanceDataResponse>;
export type ReadCall = ServerWritableStream<ReadArtifactRequest, ReadArtifactResponse>;

/** What its captures are like. */
export interface RecorderScript {
  /** What a capture yields. */
  artifact?: (captureId: string) => Uint8Array;
  mediaType?: string;
  /** Between two chunks. */
  chunkDelayMs?: number;
}

/** The captures of a scripted agent: it records what its script says, and hands the bytes out in chunks. */
export class ScriptedRecorder {
  readonly #script: RecorderScript;
  readonly #captures: Map<string, ScriptedCapture>;

  constructor(script: RecorderScript, captures: Map<string, ScriptedCapture>) {
    this.#script = script;
    this.#captures = captures;
  }

  /** Follows a capture, and starts it when it is new. */
  async collect(call: CollectCall): Promise<void> {
    const { captureId, kind, duration } = call.request;
    const capture =
      this.#captures.get(captureId) ??
      new ScriptedCapture({
        id: captureId,
        kind,
        durationMs: duration ? durationMs(duration) : 0,
        bytes: this.#script.artifact?.(captureId) ?? smallCpuProfile,
        mediaType: this.#script.mediaType ?? 'application/vnd.v8.cpuprofile+json',
      });
    this.#captures.set(captureId, capture);
    call.write(startedEvent());
    const tell = () => {
      if (!call.cancelled && !call.destroyed) call.write(capture.toProgress());
    };
    tell();
    if (!capture.isOver) {
      capture.on('changed', tell);
      const left = new AbortController();
      call.once('cancelled', () => left.abort()).once('close', () => left.abort());
      await once(capture, 'ended', { signal: left.signal }).catch(() => {});
      capture.off('changed', tell);
    }
    if (call.cancelled || call.destroyed) return;
    if (capture.failure) {
      call.write(
        toCollectResponse({
          case: 'failed',
          value: { $typeName: 'opscenter.v1.CaptureFailed', ...capture.failure },
        }),
      );
      call.end();
      return;
    }
    await this.#send(call, capture, 0, (event) => toCollectResponse(event as never));
  }

  async read(call: ReadCall): Promise<void> {
    const capture = this.#captures.get(call.request.captureId);
    if (!capture?.artifact) {
      call.emit('error', { code: status.NOT_FOUND, details: 'no such capture' });
      return;
    }
    await this.#send(call, capture, Number(call.request.offset), (event) =>
      create(ReadArtifactResponseSchema, { event }),
    );
  }

  stop({ captureId, discard }: StopCaptureRequest) {
    const capture = this.#captures.get(captureId);
    if (discard) {
      capture?.fail('discarded', 'It was thrown away.');
      this.#captures.delete(captureId);
    } else capture?.end('stopped');
    return create(StopCaptureResponseSchema, {});
  }

  release({ captureId }: ReleaseArtifactRequest) {
    this.#captures.get(captureId)?.dispose();
    this.#captures.delete(captureId);
    return create(ReleaseArtifactResponseSchema, {});
  }

  /** Sends the artifact from an offset in chunks, obeying back-pressure, and `done` at the end. */
  async #send(
    call: CollectCall | ReadCall,
    capture: ScriptedCapture,
    fromOffset: number,
    wrap: (event: ReadArtifactResponse['event']) => CollectPerformanceDataResponse | ReadArtifactResponse,
  ): Promise<void> {
    const info = capture.artifact;
    if (!info) return;
    const write = async (event: ReadArtifactResponse['event']) => {
      if (call.cancelled || call.destroyed) return;
      const { write } = call as { write(message: unknown): boolean };
      if (!write.call(call, wrap(event))) await writableAgain(call);
    };
    await write({ case: 'artifact', value: info });
    let sequence = 0n;
    const [encoding = ChunkEncoding.UNSPECIFIED] = call.request.acceptEncodings;
    let offset = fromOffset;
    while (offset < capture.bytes.length) {
      if (call.cancelled || call.destroyed) return;
      const chunk = chunkOf(capture.bytes.subarray(offset), encoding);
      await write({
        case: 'chunk',
        value: {
          $typeName: 'opscenter.v1.ArtifactChunk',
          sequence: sequence++,
          offset: BigInt(offset),
          ...chunk,
        },
      });
      offset += chunk.unpackedBytes || chunk.data.length;
      if (this.#script.chunkDelayMs) {
        await new Promise((resolve) => setTimeout(resolve, this.#script.chunkDelayMs));
      }
    }
    await write({
      case: 'done',
      value: { $typeName: 'opscenter.v1.ArtifactDone', sizeBytes: info.sizeBytes, sha256: info.sha256 },
    });
    call.end();
  }
}

type ChunkData = Pick<ArtifactChunk, 'data' | 'encoding' | 'unpackedBytes'>;

/** The beginning of the bytes as a chunk, packed when that was asked for and it gets small enough. */
function chunkOf(bytes: Uint8Array, encoding: ChunkEncoding): ChunkData {
  const unpacked = bytes.subarray(0, 3 * CHUNK_BYTES);
  if (encoding !== ChunkEncoding.UNSPECIFIED) {
    const data = encoding === ChunkEncoding.ZSTD ? zstdCompressSync(unpacked) : gzipSync(unpacked);
    if (data.length <= CHUNK_BYTES) return { data, encoding, unpackedBytes: unpacked.length };
  }
  const data = new Uint8Array(bytes.subarray(0, CHUNK_BYTES));
  return { data, encoding: ChunkEncoding.UNSPECIFIED, unpackedBytes: 0 };
}

/** A cancelled call never drains. */
async function writableAgain(call: CollectCall | ReadCall): Promise<void> {
  const over = new AbortController();
  const end = () => over.abort();
  call.once('cancelled', end).once('close', end);
  await once(call, 'drain', { signal: over.signal }).catch(() => {});
  call.off('cancelled', end).off('close', end);
}
