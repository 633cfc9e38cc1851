const basicMs = 20;
/** Measured on Node 20, 22, 24 and 26, with 5,000 to 100,000 functions: 11 to 16. */
const perMegabyteMs = 13;
/** One measurement may have met a pause of the service's own. */
const [leastFactor, mostFactor] = [0.5, 3];

/**
 * How long V8's CPU profiler is expected to stop a thread when it starts. It looks at every function that is compiled, so
 * the time grows with the bytecode; how fast this machine is, is learned from every start.
 */
export class StartPauseForecast {
  #bytecodeBytes = 3_000_000;
  #factor = 1;

  get ms(): number {
    return Math.round(this.#plainMs * this.#factor);
  }

  see(bytecodeBytes: number): void {
    this.#bytecodeBytes = bytecodeBytes;
  }

  learn(pauseMs: number): void {
    const factor = Math.min(mostFactor, Math.max(leastFactor, pauseMs / this.#plainMs));
    this.#factor = (this.#factor + factor) / 2;
  }

  get #plainMs(): number {
    return basicMs + (this.#bytecodeBytes / 1e6) * perMegabyteMs;
  }
}
