/**
 * By how much a process has grown beside what the service itself keeps: beyond the most that it had before, less the growth
 * of the service's objects and buffers. What is freed may stay with the process for a while, so only peaks are compared.
 */
export class GrowthBesideOwn {
  readonly #mostRssBefore: number;
  #mostOwnBefore: number | undefined;
  #mostOwnSince = 0;

  /** @param mostOwnBefore undefined when it is not known: then what is seen first */
  constructor(mostRssBefore: number, mostOwnBefore: number | undefined) {
    this.#mostRssBefore = mostRssBefore;
    this.#mostOwnBefore = mostOwnBefore;
  }

  take(rssBytes: number, ownBytes: number): number {
    this.#mostOwnBefore ??= ownBytes;
    this.#mostOwnSince = Math.max(this.#mostOwnSince, ownBytes);
    return rssBytes - this.#mostRssBefore - Math.max(0, this.#mostOwnSince - this.#mostOwnBefore);
  }
}
