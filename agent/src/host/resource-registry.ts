import { performance } from 'node:perf_hooks';
import type { MeasureReading, ResourceFacts, ResourceReading } from '../thread-contract.ts';
import { accepted, type Registration, rejected } from './registration.ts';
import type { Resource } from './resource.ts';

const mostResources = 128;
const mostMeasures = 32;
const slowReadMs = 10;
/** A slow `read` may take this part of the main thread's time, and not more. */
const slowReadShare = 1 / 500;

interface Entry {
  readonly resource: Resource;
  reading: ResourceReading;
  /** Since when a promise of `read` is open. */
  pendingSinceMs: number | undefined;
  notBeforeMs: number;
}

/** The resources of the service, and the only place that runs its code. Nothing that code does gets out of here. */
export class ResourceRegistry {
  readonly #entries = new Map<string, Entry>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  register(resource: Resource): Registration {
    const problem = findProblem(resource);
    if (problem !== undefined) return rejected(problem);
    const { id } = resource;
    if (this.#entries.has(id)) return rejected(`A resource with the id ${id} is registered already.`);
    if (this.#entries.size >= mostResources) return rejected(`At most ${mostResources} resources are kept.`);
    const entry: Entry = {
      resource,
      reading: { id, atMs: undefined, measures: [], error: '' },
      pendingSinceMs: undefined,
      notBeforeMs: 0,
    };
    this.#entries.set(id, entry);
    this.#changed();
    return accepted(() => {
      if (this.#entries.get(id) !== entry) return;
      this.#entries.delete(id);
      this.#changed();
    });
  }

  describe(): ResourceFacts[] {
    return [...this.#entries.values()].map(({ resource }) => ({
      id: resource.id,
      kind: resource.kind,
      name: resource.name,
      description: typeof resource.description === 'string' ? resource.description.slice(0, 512) : '',
    }));
  }

  read(): ResourceReading[] {
    return [...this.#entries.values()].map((entry) => {
      readEntry(entry);
      return entry.reading;
    });
  }
}

function readEntry(entry: Entry): void {
  const startedMs = performance.now();
  if (entry.pendingSinceMs !== undefined) {
    const seconds = Math.round((startedMs - entry.pendingSinceMs) / 1000);
    if (seconds >= 2) fail(entry, `read() has not answered for ${seconds} s.`);
    return;
  }
  if (startedMs < entry.notBeforeMs) return;
  try {
    const result = entry.resource.read();
    if (isThenable(result)) awaitEntry(entry, result, startedMs);
    else succeed(entry, result);
  } catch (error) {
    fail(entry, sentenceOf(error));
  }
  const tookMs = performance.now() - startedMs;
  if (tookMs > slowReadMs) entry.notBeforeMs = startedMs + tookMs / slowReadShare;
}

function awaitEntry(entry: Entry, result: PromiseLike<unknown>, startedMs: number): void {
  entry.pendingSinceMs = startedMs;
  result.then(
    (measures: unknown) => {
      entry.pendingSinceMs = undefined;
      succeed(entry, measures);
    },
    (error: unknown) => {
      entry.pendingSinceMs = undefined;
      fail(entry, sentenceOf(error));
    },
  );
}

function succeed(entry: Entry, measures: unknown): void {
  try {
    entry.reading = { id: entry.reading.id, atMs: Date.now(), measures: toReadings(measures), error: '' };
  } catch (error) {
    fail(entry, sentenceOf(error));
  }
}

function fail(entry: Entry, error: string): void {
  entry.reading = { ...entry.reading, error };
}

/** What crosses to the agent's thread is numbers and short texts, whatever the service returned. */
function toReadings(measures: unknown): MeasureReading[] {
  if (typeof measures !== 'object' || measures === null) throw new TypeError('read() returned no measures.');
  const list: unknown[] = Array.isArray(measures)
    ? measures.slice(0, mostMeasures)
    : Object.entries(measures)
        .slice(0, mostMeasures)
        .map(([name, value]) => ({ name, value }));
  return list.map((measure) => {
    const { name, value, unit } = (measure ?? {}) as Partial<Record<string, unknown>>;
    if (typeof name !== 'string' || name === '' || typeof value !== 'number' || !Number.isFinite(value)) {
      throw new TypeError('read() returned a measure without a name or without a finite number.');
    }
    return { name: name.slice(0, 64), value, unit: typeof unit === 'string' ? unit.slice(0, 16) : '1' };
  });
}

function findProblem(resource: unknown): string | undefined {
  const { id, kind, name, read } = (resource ?? {}) as Partial<Record<keyof Resource, unknown>>;
  if (!isText(id, 128)) return 'A resource needs an id of 1 to 128 characters.';
  if (!isText(kind, 64)) return 'A resource needs a kind of 1 to 64 characters.';
  if (!isText(name, 128)) return 'A resource needs a name of 1 to 128 characters.';
  if (typeof read !== 'function') return 'A resource needs a function read().';
  return undefined;
}

function isText(value: unknown, mostCharacters: number): value is string {
  return typeof value === 'string' && value !== '' && value.length <= mostCharacters;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** Even an error's own getters may throw. */
function sentenceOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error).slice(0, 256) || 'read() threw.';
  } catch {
    return 'read() threw something that cannot be shown.';
  }
}
