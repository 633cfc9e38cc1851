import {
  type ArtifactChunk,
  type ArtifactDone,
  type ArtifactInfo,
  ChunkEncoding,
} from '#proto/gen/opscenter/v1/capture_pb.ts';
import type { Artifact } from '../http/contract/index.ts';
import type { ArtifactReceiver, Packing } from '../store/index.ts';
import { parseArtifactInfo } from './artifact-info.ts';
import { CaptureFailure, protocolFailure } from './capture-failure.ts';
import type { Handled } from './read-stream.ts';

const MAX_CHUNK_BYTES = 32 * 1024;
const MAX_UNPACKED_BYTES = 256 * 1024;

const ENCODING_WORDS = new Map<ChunkEncoding, Packing['encoding']>([
  [ChunkEncoding.GZIP, 'gzip'],
  [ChunkEncoding.ZSTD, 'zstd'],
]);

export interface IntakeOptions {
  /** What an earlier stream announced; the artifact does not change. */
  announced: Artifact | undefined;
  maxBytes: number;
  /** Opens the file; called once it is known how much is to come. */
  open(artifact: Artifact): Promise<ArtifactReceiver>;
  /** How the agent was asked to pack chunks. */
  encodings: readonly ChunkEncoding[];
  /** Bytes have come in: of the artifact so far, and with this chunk over the network. */
  onBytes(receivedBytes: number, transferredBytes: number): void;
}

/**
 * The last part of both streams that carry an artifact: artifact, chunks, done. Every number that the agent
 * gives is compared with what it must be, and the first that is not as it should be ends the capture.
 */
export class ArtifactIntake {
  readonly #options: IntakeOptions;
  #artifact: Artifact | undefined;
  #receiver: ArtifactReceiver | undefined;
  #nextSequence = 0n;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  /** @throws CaptureFailure */
  announce(message: ArtifactInfo): Handled {
    if (this.#artifact) throw protocolFailure('it announced the artifact twice');
    const artifact = parseArtifactInfo(message, this.#options.maxBytes);
    const { announced } = this.#options;
    if (announced && (announced.sha256 !== artifact.sha256 || announced.sizeBytes !== artifact.sizeBytes)) {
      throw protocolFailure('the artifact is not the one that it announced before the interruption');
    }
    this.#artifact = artifact;
    return this.#open(artifact);
  }

  /** @throws CaptureFailure, StorageFull, StorageFailed, UnreadableChunk */
  take(chunk: ArtifactChunk): Handled {
    const { artifact, receiver } = this.#opened('a chunk');
    const { sequence, offset, data } = chunk;
    if (sequence !== this.#nextSequence) {
      throw protocolFailure(`chunk ${this.#nextSequence} was to come and it sent number ${sequence}`);
    }
    if (offset !== BigInt(receiver.offset)) {
      throw protocolFailure(`offset ${receiver.offset} was to come and it sent offset ${offset}`);
    }
    if (data.length === 0 || data.length > MAX_CHUNK_BYTES) {
      throw protocolFailure(`a chunk has 1 to ${MAX_CHUNK_BYTES} bytes and it sent one of ${data.length}`);
    }
    const packing = this.#packingOf(chunk);
    if (receiver.offset + (packing?.unpackedBytes ?? data.length) > artifact.sizeBytes) {
      throw protocolFailure(`it announced ${artifact.sizeBytes} bytes and sent more`);
    }
    this.#nextSequence++;
    const hasRoom = receiver.write(data, packing);
    this.#options.onBytes(receiver.offset, data.length);
    return hasRoom ? 'more' : receiver.room();
  }

  /** @throws CaptureFailure */
  finish(message: ArtifactDone): Handled {
    const { artifact, receiver } = this.#opened('done');
    if (receiver.offset !== artifact.sizeBytes) {
      throw new CaptureFailure(
        'artifact-mismatch',
        `The agent announced ${artifact.sizeBytes} bytes and was done after ${receiver.offset}.`,
      );
    }
    const sha256 = Buffer.from(message.sha256).toString('hex');
    if (message.sizeBytes !== BigInt(artifact.sizeBytes) || sha256 !== artifact.sha256) {
      throw protocolFailure('size and SHA-256 at the end are not those that it announced');
    }
    return 'done';
  }

  #packingOf({ encoding, unpackedBytes }: ArtifactChunk): Packing | undefined {
    if (encoding === ChunkEncoding.UNSPECIFIED) {
      if (unpackedBytes === 0) return undefined;
      throw protocolFailure('it did not say how a chunk is packed');
    }
    const word = ENCODING_WORDS.get(encoding);
    if (!word || !this.#options.encodings.includes(encoding)) {
      throw protocolFailure(`it packed a chunk in a way that nobody asked for (${encoding})`);
    }
    if (unpackedBytes === 0 || unpackedBytes > MAX_UNPACKED_BYTES) {
      throw protocolFailure(
        `a packed chunk has 1 to ${MAX_UNPACKED_BYTES} bytes and it sent one of ${unpackedBytes}`,
      );
    }
    return { encoding: word, unpackedBytes };
  }

  async #open(artifact: Artifact): Promise<void> {
    this.#receiver = await this.#options.open(artifact);
  }

  #opened(what: string) {
    if (!this.#artifact || !this.#receiver)
      throw protocolFailure(`it sent ${what} before the artifact was announced`);
    return { artifact: this.#artifact, receiver: this.#receiver };
  }
}
