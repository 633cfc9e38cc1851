import { performance } from 'node:perf_hooks';
import type { ItemFacts, ResourceContents, ResourceReading } from '../../thread-contract.ts';
import { limited } from '../limited.ts';
import { sentenceOf } from '../plain-data.ts';
import type { Resource } from './resource.ts';
import { toItems, toReport } from './resource-readings.ts';

const slowReadMs = 10;
/** A slow `read` may take this part of the main thread's time, and not more. */
const slowReadShare = 1 / 500;
/** The same for what somebody waits for who has opened the resource. */
const openShare = 1 / 20;
const contentsLimitMs = 2_000;

interface Items {
  items: ItemFacts[];
  itemCount: number;
  error: string;
}

/** One resource of the service, and the only place that runs its code. */
export class ResourceEntry {
  readonly resource: Resource;
  #reading: ResourceReading;
  /** The promise of `read` that is open. */
  #open: { sinceMs: number; settled: Promise<void> } | undefined;
  #notBeforeMs = 0;
  #wasSlow = false;
  #contents: Promise<ResourceContents> | undefined;

  constructor(resource: Resource) {
    this.resource = resource;
    this.#reading = { id: resource.id, atMs: undefined, measures: [], finding: undefined, error: '' };
  }

  /** What is known now; asks the service when it is time. */
  look(): ResourceReading {
    const nowMs = performance.now();
    if (this.#open) {
      const seconds = Math.round((nowMs - this.#open.sinceMs) / 1000);
      if (seconds >= 2) this.#fail(`read() has not answered for ${seconds} s.`);
    } else if (nowMs >= this.#notBeforeMs) {
      this.#ask();
    }
    return this.#reading;
  }

  /** The state and what is in it, asked for now; callers at the same time share one answer. */
  async lookInside(): Promise<ResourceContents> {
    const contents = this.#contents ?? this.#askContents();
    try {
      return await limited(contentsLimitMs, () => contents);
    } catch (error) {
      return this.#told({ items: [], itemCount: 0, error: `read() or items() ${sentenceOf(error, 'It')}` });
    }
  }

  #askContents(): Promise<ResourceContents> {
    const startedMs = performance.now();
    const contents = this.#readContents();
    const tookMs = performance.now() - startedMs;
    const forget = () => {
      this.#contents = undefined;
    };
    this.#contents = contents;
    void contents.then(() => {
      if (tookMs > slowReadMs) setTimeout(forget, tookMs / openShare).unref();
      else forget();
    });
    return contents;
  }

  async #readContents(): Promise<ResourceContents> {
    if (!this.#open) this.#ask();
    const items = this.#askItems();
    await this.#open?.settled;
    return this.#told(await items);
  }

  #told({ items, itemCount, error }: Items): ResourceContents {
    const reading = this.#reading;
    return { reading: error === '' ? reading : { ...reading, error }, items, itemCount };
  }

  async #askItems(): Promise<Items> {
    try {
      const list: unknown = await this.resource.items?.();
      return { ...(list === undefined ? { items: [], itemCount: 0 } : toItems(list)), error: '' };
    } catch (error) {
      return { items: [], itemCount: 0, error: sentenceOf(error, 'items()') };
    }
  }

  #ask(): void {
    const startedMs = performance.now();
    try {
      const result: unknown = this.resource.read();
      if (isThenable(result)) this.#await(result, startedMs);
      else this.#succeed(result);
    } catch (error) {
      this.#fail(sentenceOf(error, 'read()'));
    }
    const tookMs = performance.now() - startedMs;
    const isSlow = tookMs > slowReadMs;
    // Once is a busy machine or a garbage collection, and half a minute without numbers would be a high price for that.
    if (isSlow && this.#wasSlow) this.#notBeforeMs = startedMs + tookMs / slowReadShare;
    this.#wasSlow = isSlow;
  }

  #await(result: PromiseLike<unknown>, sinceMs: number): void {
    const settled = Promise.resolve(result)
      .then(
        (report) => this.#succeed(report),
        (error: unknown) => this.#fail(sentenceOf(error, 'read()')),
      )
      .then(() => {
        this.#open = undefined;
      });
    this.#open = { sinceMs, settled };
  }

  #succeed(report: unknown): void {
    try {
      this.#reading = { id: this.#reading.id, atMs: Date.now(), ...toReport(report), error: '' };
    } catch (error) {
      this.#fail(sentenceOf(error, 'read()'));
    }
  }

  #fail(error: string): void {
    this.#reading = { ...this.#reading, error };
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
