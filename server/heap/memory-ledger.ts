import { HeapMemoryExceeded } from '../errors.ts';

/** Of what the machine, or the container, has left at the start. */
const SHARE_OF_AVAILABLE = 0.6;
const LEAST_BYTES = 256 * 1024 * 1024;
/** A process costs so much before it has read anything. */
const PROCESS_BYTES = 96 * 1024 * 1024;
/** Columns at their peak, for each byte of the artifact, with something to spare. */
const BYTES_PER_ARTIFACT_BYTE = 2;

/** What heap snapshots may use when nobody says: `process.availableMemory` heeds the limits of containers. */
export function defaultHeapMemoryBytes(): number {
  return Math.max(LEAST_BYTES, Math.floor(process.availableMemory() * SHARE_OF_AVAILABLE));
}

export interface MemoryHolder {
  /** Whether it can be closed for somebody else: open, and asked by nobody. */
  readonly isIdle: boolean;
  /** When it was last asked, on any clock that all holders share. */
  readonly usedAt: number;
  close(): void;
}

/** Gives out what all open snapshots may use together, closing those that nobody asks when more is wanted. */
export class MemoryLedger {
  readonly totalBytes: number;
  readonly #places: number;
  readonly #held = new Map<MemoryHolder, number>();

  /** @param places how many may hold something at once */
  constructor(totalBytes: number, places: number) {
    this.totalBytes = totalBytes;
    this.#places = places;
  }

  get heldBytes(): number {
    return [...this.#held.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  get holderCount(): number {
    return this.#held.size;
  }

  /**
   * Takes what a snapshot of this size needs at its peak, at most all there is.
   *
   * @returns what the holder may use; undefined while others, who cannot be closed, leave too little
   */
  take(holder: MemoryHolder, artifactBytes: number): number | undefined {
    const wanted = Math.min(this.totalBytes, artifactBytes * BYTES_PER_ARTIFACT_BYTE + PROCESS_BYTES);
    const idle = this.#idle();
    const reclaimable = idle.reduce((sum, one) => sum + (this.#held.get(one) ?? 0), 0);
    const isPossible =
      this.#held.size - idle.length < this.#places &&
      this.heldBytes - reclaimable + wanted <= this.totalBytes;
    if (!isPossible) return undefined;
    for (const one of idle) {
      if (this.#held.size < this.#places && this.heldBytes + wanted <= this.totalBytes) break;
      this.release(one);
      one.close();
    }
    this.#held.set(holder, wanted);
    return wanted;
  }

  /**
   * More for one that holds something: for a second snapshot that it is compared with.
   *
   * @returns what may be used for that; undefined while others, who cannot be closed, leave too little
   */
  grow(holder: MemoryHolder, artifactBytes: number): number | undefined {
    const wanted = artifactBytes * BYTES_PER_ARTIFACT_BYTE + PROCESS_BYTES;
    const idle = this.#idle().filter((one) => one !== holder);
    const reclaimable = idle.reduce((sum, one) => sum + (this.#held.get(one) ?? 0), 0);
    if (this.heldBytes - reclaimable + wanted > this.totalBytes) return undefined;
    for (const one of idle) {
      if (this.heldBytes + wanted <= this.totalBytes) break;
      this.release(one);
      one.close();
    }
    this.#held.set(holder, (this.#held.get(holder) ?? 0) + wanted);
    return wanted;
  }

  /** Once a snapshot is open it needs less than its peak. It may grow again, within its own limit. */
  adjust(holder: MemoryHolder, memoryBytes: number): void {
    if (this.#held.has(holder)) this.#held.set(holder, memoryBytes + PROCESS_BYTES);
  }

  release(holder: MemoryHolder): void {
    this.#held.delete(holder);
  }

  /** Those that can be closed for others, the one that was longest not asked first. */
  #idle(): MemoryHolder[] {
    return [...this.#held.keys()].filter(({ isIdle }) => isIdle).sort((a, b) => a.usedAt - b.usedAt);
  }

  /** @throws HeapMemoryExceeded when not even all there is would hold the file itself */
  checkPossible(captureId: string, artifactBytes: number): void {
    if (artifactBytes <= this.totalBytes) return;
    throw new HeapMemoryExceeded(
      captureId,
      `The file alone has ${artifactBytes} bytes, and all snapshots together may use ${this.totalBytes}.`,
    );
  }
}
