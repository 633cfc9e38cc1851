import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { LIMITS } from '../limits.ts';
import type { ParameterTask, ParameterVerdict } from './parameter-task.ts';

const START_MS = 10_000;
/** To understand a schema and to check parameters against it; a sane one takes milliseconds. */
const CHECK_MS = 2_000;
const MAX_MEMORY_MB = 128;
const UNUSABLE_REMEMBERED = 64;

/**
 * Checks parameters against the JSON Schema (2020-12) that an agent gives, in a thread that can be thrown away: the worst
 * that a hostile schema can do is that its own action cannot be previewed.
 */
export class ParameterCheck implements AsyncDisposable {
  readonly #log: Logger;
  readonly #unusable = new Map<string, string>();
  #thread: Worker | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** One after the other. Never throws. */
  check(task: ParameterTask): Promise<ParameterVerdict> {
    const verdict = this.#last.then(() => this.#check(task));
    this.#last = verdict;
    return verdict;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#thread?.terminate();
  }

  async #check(task: ParameterTask): Promise<ParameterVerdict> {
    const text = JSON.stringify(task.schema);
    if (text.length > LIMITS.schemaCharacters) return { kind: 'unusable', why: 'it is too large' };
    const known = this.#unusable.get(text);
    if (known !== undefined) return { kind: 'unusable', why: known };
    const verdict = await this.#ask(task).catch((error: Error): ParameterVerdict => {
      this.#log.warn({ err: error }, 'parameters could not be checked');
      return { kind: 'unusable', why: error.message };
    });
    if (verdict.kind === 'unusable') this.#remember(text, verdict.why);
    return verdict;
  }

  async #ask(task: ParameterTask): Promise<ParameterVerdict> {
    const thread = this.#thread ?? (await this.#start());
    const over = new AbortController();
    const timer = setTimeout(() => over.abort(), CHECK_MS);
    const ended = once(thread, 'exit', { signal: over.signal }).then(() => {
      throw new Error('it needs too much memory');
    });
    const answered = once(thread, 'message', { signal: over.signal });
    try {
      thread.postMessage(task);
      const [verdict] = (await Promise.race([answered, ended])) as [ParameterVerdict];
      return verdict;
    } catch (error) {
      this.#thread = undefined;
      await thread.terminate();
      throw over.signal.aborted ? new Error('it takes too long to check', { cause: error }) : error;
    } finally {
      clearTimeout(timer);
      over.abort();
      // Whichever lost the race ends here, seen by nobody.
      await Promise.allSettled([answered, ended]);
    }
  }

  async #start(): Promise<Worker> {
    const thread = new Worker(new URL('./parameter-thread.ts', import.meta.url), {
      name: 'parameters',
      resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MB, stackSizeMb: 2 },
    });
    // The exit that follows is what counts.
    thread.on('error', (error) => this.#log.warn({ err: error }, 'the thread that checks parameters failed'));
    thread.unref();
    // Ready once its libraries are loaded, so that only the schema's own time is measured.
    await once(thread, 'message', { signal: AbortSignal.timeout(START_MS) });
    this.#thread = thread;
    return thread;
  }

  #remember(schema: string, why: string): void {
    const [oldest] = this.#unusable.keys();
    if (this.#unusable.size >= UNUSABLE_REMEMBERED && oldest !== undefined) this.#unusable.delete(oldest);
    this.#unusable.set(schema, why);
  }
}
