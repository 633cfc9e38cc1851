import { isIP } from 'node:net';
import { create, type DescMethod, type Message, type MessageInitShape } from '@bufbuild/protobuf';
import { Client, type ClientReadableStream, credentials, type Metadata } from '@grpc/grpc-js';
import type {
  PreviewActionRequestSchema,
  PreviewActionResponse,
  RunActionRequestSchema,
  RunActionResponse,
} from '#proto/gen/opscenter/v1/action_pb.ts';
import {
  Agent,
  type DescribeResponse,
  type ReadResourceResponse,
  type WatchResponse,
} from '#proto/gen/opscenter/v1/agent_pb.ts';
import {
  type ChunkEncoding,
  CollectPerformanceDataRequestSchema,
  type CollectPerformanceDataResponse,
  ReadArtifactRequestSchema,
  type ReadArtifactResponse,
} from '#proto/gen/opscenter/v1/capture_pb.ts';
import { callUnary, openServerStream, tokenMetadata } from '#proto/grpc/client.ts';
import { toMethodDefinition } from '#proto/grpc/service-definition.ts';
import type { DiscoveredTarget } from '../discovery/index.ts';
import { assertBounded } from './bounded-message.ts';
import { type Compression, encodingsFor } from './chunk-encodings.ts';
import { decodeChunk } from './decode-chunk.ts';

export interface AgentAccess {
  /** What the server shows to agents. */
  token: string;
  /** PEM of the authority that signs the agents' certificates; without it the system's. */
  ca: Buffer | undefined;
  compression: Compression;
}

/** Of unary calls. Agents answer off the main thread, so that even a stuck service is in time. */
const DEADLINE_MS = 5_000;
/** People wait for it, and what is read of a service that does not answer by then is no news. */
const READ_RESOURCE_MS = 3_000;
/** What an agent may have on its way to us on one connection before it has to wait. */
const FLOW_CONTROL_BYTES = 1024 * 1024;

/** One gRPC channel to one agent. */
export class AgentClient implements Disposable {
  readonly #client: Client;
  readonly #metadata: Metadata;
  /** How the chunks of artifacts may be packed. */
  readonly encodings: readonly ChunkEncoding[];

  constructor(target: DiscoveredTarget, access: AgentAccess) {
    const host = target.host.includes(':') ? `[${target.host}]` : target.host;
    const name = target.address.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
    this.#client = new Client(
      `${host}:${target.port}`,
      target.tls ? credentials.createSsl(access.ca ?? null) : credentials.createInsecure(),
      {
        // The pinned address is dialled; the certificate is for the name that was announced.
        ...(target.tls &&
          !isIP(name) && { 'grpc.ssl_target_name_override': name, 'grpc.default_authority': name }),
        // With the 64 KiB of HTTP/2 an artifact waits for window updates more than it travels.
        'grpc-node.flow_control_window': FLOW_CONTROL_BYTES,
        'grpc.keepalive_time_ms': 20_000,
        'grpc.keepalive_timeout_ms': 10_000,
        'grpc.keepalive_permit_without_calls': 1,
        // An artifact is never repeated by the library: it is resumed from its offset, by us.
        'grpc.enable_retries': 0,
        'grpc.enable_channelz': 0,
        'grpc.enable_http_proxy': 0,
        'grpc.service_config_disable_resolution': 1,
        // A closed channel takes its connection along.
        'grpc.use_local_subchannel_pool': 1,
        'grpc.max_receive_message_length': 1024 * 1024,
      },
    );
    this.#metadata = tokenMetadata(access.token);
    this.encodings = encodingsFor(target.host, access.compression);
  }

  describe(signal?: AbortSignal): Promise<DescribeResponse> {
    return callUnary(this.#client, Agent, 'describe', {}, this.#unary(signal));
  }

  watch(): ClientReadableStream<WatchResponse> {
    return openServerStream(this.#client, Agent, 'watch', {}, this.#stream());
  }

  collect(
    request: MessageInitShape<typeof CollectPerformanceDataRequestSchema>,
  ): ClientReadableStream<CollectPerformanceDataResponse> {
    return this.#openArtifactStream(
      Agent.method.collectPerformanceData,
      create(CollectPerformanceDataRequestSchema, { ...request, acceptEncodings: [...this.encodings] }),
    );
  }

  readArtifact(captureId: string, offset: number): ClientReadableStream<ReadArtifactResponse> {
    return this.#openArtifactStream(
      Agent.method.readArtifact,
      create(ReadArtifactRequestSchema, {
        captureId,
        offset: BigInt(offset),
        acceptEncodings: [...this.encodings],
      }),
    );
  }

  async stopCapture(captureId: string, discard: boolean, signal?: AbortSignal): Promise<void> {
    await callUnary(this.#client, Agent, 'stopCapture', { captureId, discard }, this.#unary(signal));
  }

  async releaseArtifact(captureId: string, signal?: AbortSignal): Promise<void> {
    await callUnary(this.#client, Agent, 'releaseArtifact', { captureId }, this.#unary(signal));
  }

  /** One resource with what is in it now. */
  readResource(id: string, signal?: AbortSignal): Promise<ReadResourceResponse> {
    const options = { ...this.#unary(signal), deadlineMs: READ_RESOURCE_MS };
    return callUnary(this.#client, Agent, 'readResource', { id }, options);
  }

  previewAction(
    request: MessageInitShape<typeof PreviewActionRequestSchema>,
    signal?: AbortSignal,
  ): Promise<PreviewActionResponse> {
    return callUnary(this.#client, Agent, 'previewAction', request, this.#unary(signal));
  }

  /** Without a deadline: an action ends by itself or is cancelled, and losing the stream ends nothing. */
  runAction(
    request: MessageInitShape<typeof RunActionRequestSchema>,
  ): ClientReadableStream<RunActionResponse> {
    return openServerStream(this.#client, Agent, 'runAction', request, this.#stream());
  }

  async cancelAction(idempotencyKey: string, epoch: number, signal?: AbortSignal): Promise<void> {
    const request = { idempotencyKey, epoch: BigInt(epoch) };
    await callUnary(this.#client, Agent, 'cancelAction', request, this.#unary(signal));
  }

  [Symbol.dispose](): void {
    this.#client.close();
  }

  /** As `openServerStream`, but that chunks are read in the quick way. */
  #openArtifactStream<Response extends Message>(
    method: DescMethod,
    request: Message,
  ): ClientReadableStream<Response> {
    const { path, requestSerialize, responseDeserialize } = toMethodDefinition(method);
    const chunkField = method.output.field.chunk?.number ?? 0;
    const deserialize = (bytes: Buffer): Message => {
      const value = decodeChunk(bytes, chunkField);
      if (!value) return responseDeserialize(bytes);
      return { $typeName: method.output.typeName, event: { case: 'chunk', value } } as Message;
    };
    return this.#client.makeServerStreamRequest(
      path,
      requestSerialize,
      deserialize,
      request,
      this.#metadata,
    ) as ClientReadableStream<Response>;
  }

  #unary(signal?: AbortSignal) {
    return { ...this.#stream(), deadlineMs: DEADLINE_MS, ...(signal && { signal }) };
  }

  #stream() {
    return { metadata: this.#metadata, inspect: assertBounded };
  }
}
