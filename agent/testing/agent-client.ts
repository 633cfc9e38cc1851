import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { MessageInitShape } from '@bufbuild/protobuf';
import { type ChannelCredentials, Client, type ClientReadableStream, credentials } from '@grpc/grpc-js';
import type {
  PreviewActionResponse,
  RunActionRequestSchema,
  RunActionResponse,
} from '../../proto/gen/opscenter/v1/action_pb.ts';
import {
  Agent,
  type DescribeResponse,
  type ReadResourceResponse,
  type WatchResponse,
} from '../../proto/gen/opscenter/v1/agent_pb.ts';
import {
  type ArtifactChunk,
  type ArtifactInfo,
  type CaptureBudgetSchema,
  type CaptureFailed,
  CaptureKind,
  type CaptureProgress,
  ChunkEncoding,
  type CollectPerformanceDataRequestSchema,
  type CollectPerformanceDataResponse,
  type ReadArtifactResponse,
} from '../../proto/gen/opscenter/v1/capture_pb.ts';
import { callUnary, openServerStream, tokenMetadata } from '../../proto/grpc/client.ts';
import { toDuration } from '../src/worker/endpoint/duration.ts';
import { testToken } from './test-registry.ts';

export type CollectStream = ClientReadableStream<CollectPerformanceDataResponse>;

export type RunStream = ClientReadableStream<RunActionResponse>;

export interface ActionOrder {
  key: string;
  type: string;
  parameters?: object;
  confirmed?: readonly string[];
  epoch?: bigint;
  attachOnly?: boolean;
}

interface CaptureWish {
  captureId: string;
  durationMs?: number;
  threadId?: string;
  intervalMicros?: number;
  leaseMs?: number;
  kind?: CaptureKind;
  budget?: MessageInitShape<typeof CaptureBudgetSchema>;
  acceptEncodings?: ChunkEncoding[];
  /** Left out: those of a CPU capture, when it is one. */
  options?: CaptureOptions;
}

type CaptureOptions = NonNullable<MessageInitShape<typeof CollectPerformanceDataRequestSchema>['options']>;

/** What came of a stream, checked as a receiver must: sequence, offset, size and hash. */
export interface Received {
  progress: CaptureProgress[];
  artifact: ArtifactInfo | undefined;
  bytes: Buffer;
  /** As they came. */
  chunks: Pick<ArtifactChunk, 'encoding' | 'data' | 'unpackedBytes'>[];
  failed: CaptureFailed | undefined;
}

/** The Agent service as a server calls it. */
export class AgentClient implements Disposable {
  readonly #client: Client;
  readonly #metadata;

  constructor(
    address: string,
    token = testToken,
    channel: ChannelCredentials = credentials.createInsecure(),
  ) {
    this.#client = new Client(address, channel, { 'grpc.enable_channelz': 0, 'grpc.enable_retries': 0 });
    this.#metadata = tokenMetadata(token);
  }

  describe(): Promise<DescribeResponse> {
    return callUnary(this.#client, Agent, 'describe', {}, this.#unary());
  }

  async stop(captureId: string, discard = false): Promise<void> {
    await callUnary(this.#client, Agent, 'stopCapture', { captureId, discard }, this.#unary());
  }

  async release(captureId: string): Promise<void> {
    await callUnary(this.#client, Agent, 'releaseArtifact', { captureId }, this.#unary());
  }

  readResource(id: string): Promise<ReadResourceResponse> {
    return callUnary(this.#client, Agent, 'readResource', { id }, this.#unary());
  }

  previewAction(type: string, parameters: object = {}): Promise<PreviewActionResponse> {
    const request = { type, parametersJson: JSON.stringify(parameters) };
    return callUnary(this.#client, Agent, 'previewAction', request, this.#unary());
  }

  openRun(order: ActionOrder): RunStream {
    const request: MessageInitShape<typeof RunActionRequestSchema> = {
      type: order.type,
      parametersJson: JSON.stringify(order.parameters ?? {}),
      confirmedTargetIds: [...(order.confirmed ?? [])],
      idempotencyKey: order.key,
      epoch: order.epoch ?? 1n,
      attachOnly: order.attachOnly ?? false,
    };
    const options = { metadata: this.#metadata };
    return ignoreCancel(openServerStream(this.#client, Agent, 'runAction', request, options));
  }

  /** Every event of the run, until its end. */
  async run(order: ActionOrder): Promise<RunActionResponse[]> {
    const events: RunActionResponse[] = [];
    for await (const event of this.openRun(order) as AsyncIterable<RunActionResponse>) events.push(event);
    return events;
  }

  async cancelAction(key: string, epoch = 1n): Promise<void> {
    await callUnary(this.#client, Agent, 'cancelAction', { idempotencyKey: key, epoch }, this.#unary());
  }

  watch(): ClientReadableStream<WatchResponse> {
    return ignoreCancel(openServerStream(this.#client, Agent, 'watch', {}, { metadata: this.#metadata }));
  }

  /** The first message of `watch` that fits. */
  async watchUntil(fits: (message: WatchResponse) => boolean): Promise<WatchResponse> {
    const stream = this.watch();
    try {
      for await (const message of stream as AsyncIterable<WatchResponse>) {
        if (fits(message)) return message;
      }
      throw new Error('the stream has ended');
    } finally {
      stream.cancel();
    }
  }

  openCollect(wish: CaptureWish): CollectStream {
    const kind = wish.kind ?? CaptureKind.CPU;
    const request: MessageInitShape<typeof CollectPerformanceDataRequestSchema> = {
      captureId: wish.captureId,
      kind,
      duration: toDuration(wish.durationMs ?? 1_000),
      threadId: wish.threadId ?? '',
      ...(wish.budget && { budget: wish.budget }),
      acceptEncodings: wish.acceptEncodings ?? [],
      options: wish.options ?? optionsOf(kind, wish),
      ...(wish.leaseMs === undefined ? {} : { lease: toDuration(wish.leaseMs) }),
    };
    const options = { metadata: this.#metadata };
    return ignoreCancel(openServerStream(this.#client, Agent, 'collectPerformanceData', request, options));
  }

  collect(wish: CaptureWish): Promise<Received> {
    return receive(this.openCollect(wish), 0);
  }

  openRead(
    captureId: string,
    offset = 0,
    acceptEncodings: ChunkEncoding[] = [],
  ): ClientReadableStream<ReadArtifactResponse> {
    const request = { captureId, offset: BigInt(offset), acceptEncodings };
    const options = { metadata: this.#metadata };
    return ignoreCancel(openServerStream(this.#client, Agent, 'readArtifact', request, options));
  }

  read(captureId: string, offset = 0, acceptEncodings: ChunkEncoding[] = []): Promise<Received> {
    return receive(this.openRead(captureId, offset, acceptEncodings), offset);
  }

  [Symbol.dispose](): void {
    this.#client.close();
  }

  #unary() {
    return { metadata: this.#metadata, deadlineMs: 10_000 };
  }
}

function optionsOf(kind: CaptureKind, { intervalMicros = 0 }: CaptureWish): CaptureOptions {
  return kind === CaptureKind.CPU ? { case: 'cpu', value: { intervalMicros } } : { case: undefined };
}

/** Waits for the first message that fits, without losing those that follow. */
export async function nextEvent<Case extends string>(
  stream: CollectStream,
  wanted: Case,
  fits: (value: unknown) => boolean = () => true,
): Promise<void> {
  for (;;) {
    const [message] = (await once(stream, 'data')) as [CollectPerformanceDataResponse];
    if (message.event.case === wanted && fits(message.event.value)) return;
  }
}

async function receive(
  stream: ClientReadableStream<CollectPerformanceDataResponse> | ClientReadableStream<ReadArtifactResponse>,
  fromOffset: number,
): Promise<Received> {
  const received: Received = {
    progress: [],
    artifact: undefined,
    bytes: Buffer.alloc(0),
    chunks: [],
    failed: undefined,
  };
  const pieces: Buffer[] = [];
  let sequence = 0n;
  let offset = BigInt(fromOffset);
  for await (const { event } of stream as AsyncIterable<CollectPerformanceDataResponse>) {
    if (event.case === 'progress') received.progress.push(event.value);
    if (event.case === 'artifact') received.artifact = event.value;
    if (event.case === 'failed') received.failed = event.value;
    if (event.case === 'chunk') {
      checkChunk(event.value, sequence, offset);
      received.chunks.push(event.value);
      const unpacked = unpack(event.value);
      pieces.push(unpacked);
      sequence += 1n;
      offset += BigInt(unpacked.length);
    }
    if (event.case === 'done') checkEnd(event.value.sizeBytes, offset);
  }
  received.bytes = Buffer.concat(pieces);
  if (received.artifact && fromOffset === 0) checkHash(received.bytes, received.artifact);
  return received;
}

function checkChunk(chunk: ArtifactChunk, sequence: bigint, offset: bigint): void {
  const size = chunk.data.length;
  if (chunk.sequence !== sequence || chunk.offset !== offset || size < 1 || size > 32_768) {
    throw new Error(
      `chunk ${chunk.sequence} at ${chunk.offset} (${size} bytes) where ${sequence} at ${offset} was due`,
    );
  }
}

function unpack({ encoding, data, unpackedBytes }: ArtifactChunk): Buffer {
  if (encoding === ChunkEncoding.UNSPECIFIED) return Buffer.from(data);
  const bytes = encoding === ChunkEncoding.ZSTD ? zstdDecompressSync(data) : gunzipSync(data);
  if (bytes.length !== unpackedBytes || unpackedBytes > 262_144) {
    throw new Error(`${bytes.length} bytes were packed where ${unpackedBytes} were promised`);
  }
  return bytes;
}

function checkEnd(sizeBytes: bigint, offset: bigint): void {
  if (sizeBytes !== offset) throw new Error(`${offset} bytes came of ${sizeBytes}`);
}

function checkHash(bytes: Buffer, { sha256 }: ArtifactInfo): void {
  if (!createHash('sha256').update(bytes).digest().equals(sha256)) throw new Error('the hash is wrong');
}

/** A cancelled call ends in an error event that nobody may be listening for any more. */
function ignoreCancel<Stream extends ClientReadableStream<unknown>>(stream: Stream): Stream {
  stream.on('error', () => {});
  return stream;
}
