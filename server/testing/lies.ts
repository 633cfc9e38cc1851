import { createHash } from 'node:crypto';
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import {
  type ArtifactInfo,
  ArtifactInfoSchema,
  type ChunkEncoding,
  CollectPerformanceDataResponseSchema,
  RecordingPhase,
} from '#proto/gen/opscenter/v1/capture_pb.ts';
import type { CollectCall } from './scripted-recorder.ts';

type Event = MessageInitShape<typeof CollectPerformanceDataResponseSchema>['event'];

/** Answers a capture message by message, for agents that do not keep to the contract. */
export class Teller {
  readonly #call: CollectCall;
  readonly bytes: Uint8Array;

  constructor(call: CollectCall, bytes: Uint8Array = new Uint8Array(100_000).fill(7)) {
    this.#call = call;
    this.bytes = bytes;
  }

  get isOver(): boolean {
    return this.#call.cancelled || this.#call.destroyed;
  }

  say(event: Event): this {
    if (!this.isOver) this.#call.write(create(CollectPerformanceDataResponseSchema, { event } as never));
    return this;
  }

  started(): this {
    return this.say({ case: 'started', value: {} });
  }

  progress(phase: RecordingPhase = RecordingPhase.RECORDING, threadUnresponsive = false): this {
    return this.say({ case: 'progress', value: { phase, elapsed: durationFromMs(10), threadUnresponsive } });
  }

  /** The truth about `bytes`, but for the changes. */
  artifact(changes: MessageInitShape<typeof ArtifactInfoSchema> = {}): this {
    return this.say({ case: 'artifact', value: this.info(changes) });
  }

  chunk(sequence: number, offset: number, data: Uint8Array): this {
    return this.say({ case: 'chunk', value: { sequence: BigInt(sequence), offset: BigInt(offset), data } });
  }

  /** A chunk that says that it is packed. */
  packed(data: Uint8Array, encoding: ChunkEncoding, unpackedBytes: number): this {
    return this.say({ case: 'chunk', value: { data, encoding, unpackedBytes } });
  }

  /** All of `bytes` in good order. */
  chunks(): this {
    for (let offset = 0, sequence = 0; offset < this.bytes.length; offset += 32_768, sequence++) {
      this.chunk(sequence, offset, this.bytes.subarray(offset, offset + 32_768));
    }
    return this;
  }

  done(changes: { sizeBytes?: bigint; sha256?: Uint8Array } = {}): this {
    const { sizeBytes, sha256 } = this.info();
    return this.say({ case: 'done', value: { sizeBytes, sha256, ...changes } });
  }

  end(): void {
    this.#call.end();
  }

  info(changes: MessageInitShape<typeof ArtifactInfoSchema> = {}): ArtifactInfo {
    return create(ArtifactInfoSchema, {
      mediaType: 'application/vnd.v8.cpuprofile+json',
      sizeBytes: BigInt(this.bytes.length),
      sha256: createHash('sha256').update(this.bytes).digest(),
      recorded: durationFromMs(200),
      endedBy: 'duration',
      ...changes,
    });
  }
}
