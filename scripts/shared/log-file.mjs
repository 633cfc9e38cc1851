import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const LARGEST_BYTES = 8 * 1024 * 1024;

/** A log of bounded size: when it is full it becomes `<name>.1`, over the one before, and begins anew. */
export class LogFile {
  constructor(path) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.path = path;
    this.#open();
  }

  #descriptor;
  #sizeBytes = 0;

  write(chunk) {
    if (this.#descriptor === undefined) return;
    try {
      if (this.#sizeBytes > LARGEST_BYTES) this.#rotate();
      this.#sizeBytes += writeSync(this.#descriptor, chunk);
    } catch {
      // A full disk costs log lines and nothing else.
    }
  }

  close() {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #open() {
    this.#descriptor = openSync(this.path, 'a', 0o600);
    this.#sizeBytes = statSync(this.path).size;
  }

  #rotate() {
    this.close();
    renameSync(this.path, `${this.path}.1`);
    this.#open();
  }
}
