const pieceBytes = 64 * 1024;

/** Gathers bytes into pieces. */
export class ByteSink {
  #piece = new Uint8Array(0);
  #length = 0;
  #pieces: Uint8Array[] = [];

  copy(bytes: Uint8Array, from: number, to: number): void {
    let at = from;
    while (at < to) {
      const room = this.#roomFor(to - at);
      const count = Math.min(room, to - at);
      // A call costs more than some bytes do.
      if (count < 32) for (let i = 0; i < count; i++) this.#piece[this.#length + i] = bytes[at + i] ?? 0;
      else this.#piece.set(bytes.subarray(at, at + count), this.#length);
      this.#length += count;
      at += count;
    }
  }

  /** What was gathered since the last time. */
  take(): Uint8Array[] {
    this.#endPiece();
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  #roomFor(wanted: number): number {
    if (this.#length === this.#piece.length) {
      this.#endPiece();
      this.#piece = new Uint8Array(Math.min(pieceBytes, Math.max(wanted, 4096)));
    }
    return this.#piece.length - this.#length;
  }

  #endPiece(): void {
    if (this.#length > 0) this.#pieces.push(this.#piece.subarray(0, this.#length));
    this.#piece = this.#piece.subarray(this.#length);
    this.#length = 0;
  }
}
