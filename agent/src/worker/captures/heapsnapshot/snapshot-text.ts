import { SnapshotRedactor } from '../../redaction/snapshot-redactor.ts';
import type { Recording } from '../capture-method.ts';

/** Each piece is a write of its own, and a turn of the event loop between two of them. */
const pieceBytes = 256 * 1024;

/**
 * The text of a snapshot on its way into the artifact: its strings are taken out unless they are to be kept, and either
 * way it is read to its end, so that half a snapshot is never taken for a whole one.
 */
export class SnapshotText {
  readonly #redactor = new SnapshotRedactor();
  readonly #keepStrings: boolean;
  readonly #expectedBytes: number;
  readonly #recording: Recording;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #writtenBytes = 0;

  constructor(keepStrings: boolean, expectedBytes: number, recording: Recording) {
    this.#keepStrings = keepStrings;
    this.#expectedBytes = expectedBytes;
    this.#recording = recording;
  }

  get nodeCount(): number {
    return this.#redactor.facts.nodeCount;
  }

  get writtenBytes(): number {
    return this.#writtenBytes;
  }

  /** @throws {CaptureFailure} when it is no snapshot */
  *push(bytes: Uint8Array): Generator<Uint8Array> {
    yield* this.#gather(this.#keepStrings ? this.#check(bytes) : this.#redactor.push(bytes));
  }

  /** @throws {CaptureFailure} when it is not whole */
  *end(): Generator<Uint8Array> {
    const rest = this.#redactor.end();
    yield* this.#gather(this.#keepStrings ? [] : rest);
    if (this.#waitingBytes > 0) yield this.#take();
  }

  #check(bytes: Uint8Array): Uint8Array[] {
    this.#redactor.push(bytes);
    return [bytes];
  }

  *#gather(pieces: readonly Uint8Array[]): Generator<Uint8Array> {
    for (const piece of pieces) {
      this.#waiting.push(piece);
      this.#waitingBytes += piece.length;
    }
    if (this.#waitingBytes >= pieceBytes) yield this.#take();
  }

  #take(): Uint8Array {
    const piece = Buffer.concat(this.#waiting, this.#waitingBytes);
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#writtenBytes += piece.length;
    this.#recording.wrote(this.#writtenBytes, Math.max(this.#expectedBytes, this.#writtenBytes));
    return piece;
  }
}
