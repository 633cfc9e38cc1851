import { StorageFailed, StorageFull } from '../errors.ts';
import type { ArtifactWriter } from './artifact-writer.ts';
import { BLOCK_BYTES, type Piece, type WriterReply } from './artifact-writer-messages.ts';
import { type Packing, UnreadableChunk } from './unpack.ts';

/** Bytes on their way to the writer thread, per artifact, before its sender has to wait. */
const IN_FLIGHT_BLOCKS = 4;

export interface ArtifactPaths {
  /** While it is on its way in. */
  partial: string;
  final: string;
}

export type CommitResult = { kind: 'committed' } | { kind: 'mismatch'; sizeBytes: number; sha256: string };

interface Block {
  buffer: ArrayBuffer;
  bytes: Uint8Array;
  length: number;
  pieces: Piece[];
}

/**
 * One artifact on its way in. Bytes are gathered into large blocks and handed to the writer thread; nothing
 * is a stored artifact before `commit` has said so.
 */
export class ArtifactReceiver {
  readonly #writer: ArtifactWriter;
  readonly #file: number;
  readonly #finalPath: string;
  #block: Block | undefined;
  #inFlight = 0;
  #offset = 0;
  #failure: Error | undefined;
  #waiting: { resolve(reply: WriterReply): void; reject(error: Error): void } | undefined;
  #onRoom: (() => void) | undefined;

  private constructor(writer: ArtifactWriter, paths: ArtifactPaths, continues: boolean) {
    this.#writer = writer;
    this.#finalPath = paths.final;
    this.#file = writer.open(paths.partial, continues, (reply) => this.#receive(reply));
  }

  /** @throws StorageFull, StorageFailed */
  static async open(
    writer: ArtifactWriter,
    paths: ArtifactPaths,
    continues: boolean,
  ): Promise<ArtifactReceiver> {
    const receiver = new ArtifactReceiver(writer, paths, continues);
    const reply = await receiver.#answer();
    if (reply.kind === 'opened') receiver.#offset = reply.sizeBytes;
    return receiver;
  }

  /** Bytes of the artifact received so far, unpacked: where the next ones belong. */
  get offset(): number {
    return this.#offset;
  }

  /**
   * Takes the bytes (they are copied) and answers whether there is room for more; if not, wait for `room`. What is
   * packed is unpacked later, by the writer thread: whether it can be shows in a call that follows.
   *
   * @throws StorageFull, StorageFailed, UnreadableChunk
   */
  write(bytes: Uint8Array, packing?: Packing): boolean {
    if (this.#failure) throw this.#failure;
    if (packing) this.#putPacked(bytes, packing);
    else this.#putPlain(bytes);
    this.#offset += packing?.unpackedBytes ?? bytes.length;
    return this.#inFlight < IN_FLIGHT_BLOCKS;
  }

  /** @throws StorageFull, StorageFailed, UnreadableChunk */
  async room(): Promise<void> {
    while (this.#inFlight >= IN_FLIGHT_BLOCKS && !this.#failure) {
      await new Promise<void>((resolve) => {
        this.#onRoom = resolve;
      });
    }
    if (this.#failure) throw this.#failure;
  }

  /**
   * Makes the artifact durable under its final name if it is what was promised: file and directory are on the
   * disk when this answers `committed`. After a mismatch the receiver is still open.
   *
   * @throws StorageFull, StorageFailed, UnreadableChunk
   */
  async commit(promised: { sizeBytes: number; sha256: string }): Promise<CommitResult> {
    this.#flush();
    this.#post({ kind: 'commit', file: this.#file, finalPath: this.#finalPath, ...promised });
    const reply = await this.#answer();
    if (reply.kind !== 'mismatch') return { kind: 'committed' };
    return { kind: 'mismatch', sizeBytes: reply.sizeBytes, sha256: reply.sha256 };
  }

  /** Closes the file and keeps it, to be continued by a later receiver. */
  async suspend(): Promise<void> {
    if (this.#failure) return;
    this.#flush();
    this.#post({ kind: 'suspend', file: this.#file });
    await this.#answer().catch(() => {});
  }

  /** Throws away what was received. */
  async discard(): Promise<void> {
    if (this.#failure) return;
    this.#post({ kind: 'discard', file: this.#file });
    await this.#answer().catch(() => {});
  }

  #putPlain(bytes: Uint8Array): void {
    let taken = 0;
    while (taken < bytes.length) {
      this.#block ??= this.#newBlock();
      const part = bytes.subarray(taken, taken + BLOCK_BYTES - this.#block.length);
      const last = this.#block.pieces.at(-1);
      if (last && !last.packing) last.length += part.length;
      else this.#block.pieces.push({ length: part.length, packing: undefined });
      this.#put(this.#block, part);
      taken += part.length;
    }
  }

  /** In one block as a whole. */
  #putPacked(bytes: Uint8Array, packing: Packing): void {
    if (this.#block && this.#block.length + bytes.length > BLOCK_BYTES) this.#flush();
    this.#block ??= this.#newBlock();
    this.#block.pieces.push({ length: bytes.length, packing });
    this.#put(this.#block, bytes);
  }

  #put(block: Block, bytes: Uint8Array): void {
    block.bytes.set(bytes, block.length);
    block.length += bytes.length;
    if (block.length === BLOCK_BYTES) this.#flush();
  }

  #newBlock(): Block {
    const buffer = this.#writer.takeBlock();
    return { buffer, bytes: new Uint8Array(buffer), length: 0, pieces: [] };
  }

  #flush(): void {
    const block = this.#block;
    if (!block) return;
    this.#block = undefined;
    this.#inFlight++;
    this.#post({ kind: 'block', file: this.#file, buffer: block.buffer, pieces: block.pieces });
  }

  #post(request: Parameters<ArtifactWriter['post']>[0]): void {
    if (!this.#failure) this.#writer.post(request);
  }

  /** The reply to the last request that has one of its own. */
  #answer(): Promise<WriterReply> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  #receive(reply: WriterReply): void {
    if (reply.kind === 'written') this.#inFlight--;
    if (reply.kind === 'failed') this.#failure = toStorageError(reply);
    this.#onRoom?.();
    this.#onRoom = undefined;
    if (reply.kind === 'written') return;
    if (this.#failure) this.#waiting?.reject(this.#failure);
    else this.#waiting?.resolve(reply);
    this.#waiting = undefined;
  }
}

function toStorageError({ code, message }: { code: string; message: string }): Error {
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new StorageFull('the disk of the data directory is full');
  if (code === UnreadableChunk.code) return new UnreadableChunk(message);
  if (code === 'EFBIG') return new StorageFull('the file is larger than the file system allows');
  return new StorageFailed(message);
}
