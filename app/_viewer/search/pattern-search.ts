import type { PatternReport, PatternRequest } from './pattern-thread.ts';

/** A thread that answers as `createAnswerer` says. */
interface PatternThread {
  post(request: PatternRequest): void;
  /** Ends it at once, whatever it is doing. */
  terminate(): void;
}

export type StartThread = (onReport: (report: PatternReport) => void, onFailure: () => void) => PatternThread;

export type PatternOutcome =
  /** 1 for each text that the expression matches. */
  | { readonly kind: 'found'; readonly hits: Uint8Array }
  | { readonly kind: 'too-slow' }
  | { readonly kind: 'failed' }
  /** Something else was asked before the answer was there, or nobody wants it any more. */
  | { readonly kind: 'superseded' };

/**
 * Searches texts by regular expressions in a thread of its own. Some expressions take longer than the universe is old, and
 * nothing in the language can interrupt them: only ending the thread does. The next search starts another one.
 */
export class PatternSearch {
  readonly #texts: readonly string[];
  readonly #start: StartThread;
  readonly #budgetMs: number;
  #thread: PatternThread | undefined;
  #settle: ((outcome: PatternOutcome) => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param budgetMs of one search, from when the thread begins with it */
  constructor(texts: readonly string[], start: StartThread, budgetMs: number) {
    this.#texts = texts;
    this.#start = start;
    this.#budgetMs = budgetMs;
  }

  /** One at a time: a search that is still under way is superseded. */
  find(source: string): Promise<PatternOutcome> {
    if (this.#settle) this.#abandon({ kind: 'superseded' });
    this.#thread ??= this.#startThread();
    const outcome = new Promise<PatternOutcome>((resolve) => {
      this.#settle = resolve;
    });
    this.#thread.post({ type: 'find', source });
    return outcome;
  }

  dispose(): void {
    this.#abandon({ kind: 'superseded' });
  }

  #startThread(): PatternThread {
    // What a thread said before it was ended can still arrive.
    const isCurrent = () => this.#thread === thread;
    const thread = this.#start(
      (report) => isCurrent() && this.#take(report),
      () => isCurrent() && this.#abandon({ kind: 'failed' }),
    );
    thread.post({ type: 'texts', texts: this.#texts });
    return thread;
  }

  #take(report: PatternReport): void {
    switch (report.type) {
      case 'began':
        this.#timer = setTimeout(() => this.#abandon({ kind: 'too-slow' }), this.#budgetMs);
        break;
      case 'found':
        this.#end({ kind: 'found', hits: report.hits });
        break;
      case 'failed':
        this.#end({ kind: 'failed' });
    }
  }

  #abandon(outcome: PatternOutcome): void {
    this.#thread?.terminate();
    this.#thread = undefined;
    this.#end(outcome);
  }

  #end(outcome: PatternOutcome): void {
    clearTimeout(this.#timer);
    this.#settle?.(outcome);
    this.#settle = undefined;
  }
}
