import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

const MAX_FILE_BYTES = 1024 * 1024;
const MAX_BUFFERED_BYTES = 256 * 1024;

/**
 * What a process writes, kept in `NAME.log` and, once that is full, in `NAME.log.1`: 2 MiB at most. When the disk
 * cannot keep up or fails, output is dropped rather than held: a service must not wait for its log.
 */
export class ServiceLog {
  readonly #path: string;
  #sizeBytes: number;
  #file: WriteStream;

  constructor(directory: string, name: string) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.#path = join(directory, `${name}.log`);
    this.#sizeBytes = statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
    this.#file = this.#open();
  }

  keep(output: Readable): void {
    output.on('data', (piece: Buffer) => this.#write(piece));
    output.on('error', () => undefined);
  }

  close(): void {
    this.#file.end();
  }

  #write(piece: Buffer): void {
    if (this.#file.writableLength > MAX_BUFFERED_BYTES) return;
    if (this.#sizeBytes + piece.length > MAX_FILE_BYTES) this.#turnOver();
    this.#sizeBytes += piece.length;
    this.#file.write(piece);
  }

  #turnOver(): void {
    this.#file.end();
    try {
      renameSync(this.#path, `${this.#path}.1`);
    } catch {
      // Somebody removed the file: the new one takes its place.
    }
    this.#file = this.#open();
    this.#sizeBytes = 0;
  }

  #open(): WriteStream {
    const file = createWriteStream(this.#path, { flags: 'a', mode: 0o600 });
    file.on('error', () => undefined);
    return file;
  }
}
