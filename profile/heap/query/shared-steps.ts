import type { Steps } from '../analysis/steps.ts';

/** Work that several wait for: whoever is there goes on with it where it stands, and it is done once. */
export class SharedSteps<Result> {
  readonly #steps: Steps<Result>;
  #share = 0;
  #end: { readonly result: Result } | { readonly error: unknown } | undefined;
  /** How many wait for it. */
  waiting = 0;

  constructor(steps: Steps<Result>) {
    this.#steps = steps;
  }

  *join(): Steps<Result> {
    this.waiting += 1;
    try {
      while (this.#end === undefined) {
        this.#goOn();
        yield this.#share;
      }
      if ('error' in this.#end) throw this.#end.error;
      return this.#end.result;
    } finally {
      this.waiting -= 1;
    }
  }

  /** Nobody wants it any more: what it holds is given back. */
  giveUp(): void {
    this.#steps.return(undefined as never);
  }

  #goOn(): void {
    try {
      const step = this.#steps.next();
      if (step.done) this.#end = { result: step.value };
      else this.#share = step.value;
    } catch (error) {
      this.#end = { error };
    }
  }
}
