/**
 * So many dials at once and no more: after a restart of the server the whole fleet comes back within seconds,
 * and each new channel costs the event loop a few milliseconds.
 */
export class DialQueue {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  async enter(): Promise<Disposable> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    let left = false;
    return {
      [Symbol.dispose]: () => {
        if (left) return;
        left = true;
        const next = this.#waiting.shift();
        if (next) setImmediate(next);
        else this.#free++;
      },
    };
  }
}
