import type { InstanceId, VitalName, VitalsBatch } from '#contract';

/** The vitals that lists draw as sparklines; of the others only the last value is kept. */
export const TRACKED = ['cpuCores', 'rssBytes', 'loopDelayP99Ms', 'unresponsiveMs'] as const;
export type Tracked = (typeof TRACKED)[number];

/** How many seconds of history a list shows. */
export const HISTORY_SECONDS = 120;

export type Latest = Partial<Record<VitalName, number | null>>;

/** One subject's recent seconds. `series` are rings: read them with `readRing`, oldest first. */
export interface VitalsTrack {
  readonly series: Record<Tracked, Float32Array>;
  /** Seconds written so far; the ring's next place is this modulo its length. */
  written: number;
  latest: Latest;
}

/** How a service's value is made of its instances': load adds up, a delay is as bad as its worst. */
const SERVICE_VALUE: Record<Tracked, 'sum' | 'worst'> = {
  cpuCores: 'sum',
  rssBytes: 'sum',
  loopDelayP99Ms: 'worst',
  unresponsiveMs: 'worst',
};

/**
 * Vitals live outside of React's state: a second of 500 instances changes everything at once, and only what is on
 * the screen may pay for it. Subjects are instance ids and service names; they cannot collide, for only ids have dots.
 */
export class VitalsStore {
  readonly #tracks = new Map<string, VitalsTrack>();
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #batchListeners = new Set<(batch: VitalsBatch) => void>();
  #seconds = 0;

  /** Every second that was taken in moves all tracks on by one place, so that gaps stay gaps. */
  take(batch: VitalsBatch): void {
    this.#seconds += 1;
    const touched = new Set<string>();
    const services = new Map<string, Latest>();
    batch.instanceIds.forEach((id, index) => {
      const latest = valuesAt(batch, index);
      this.#write(id, latest);
      touched.add(id);
      const service = serviceOf(id);
      services.set(service, combine(services.get(service), latest));
    });
    for (const [service, latest] of services) {
      this.#write(service, latest);
      touched.add(service);
    }
    for (const subject of touched) for (const listener of this.#listeners.get(subject) ?? []) listener();
    for (const listener of this.#batchListeners) listener(batch);
  }

  find(subject: string): VitalsTrack | undefined {
    return this.#tracks.get(subject);
  }

  latest(subject: string): Latest | undefined {
    return this.#tracks.get(subject)?.latest;
  }

  subscribe(subject: string, listener: () => void): () => void {
    let listeners = this.#listeners.get(subject);
    if (listeners === undefined) {
      listeners = new Set();
      this.#listeners.set(subject, listeners);
    }
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(subject);
    };
  }

  onBatch(listener: (batch: VitalsBatch) => void): () => void {
    this.#batchListeners.add(listener);
    return () => this.#batchListeners.delete(listener);
  }

  forget(subject: string): void {
    this.#tracks.delete(subject);
  }

  #write(subject: string, latest: Latest): void {
    let track = this.#tracks.get(subject);
    if (track === undefined) {
      track = { series: emptySeries(), written: this.#seconds - 1, latest };
      this.#tracks.set(subject, track);
    }
    // Seconds without news from this subject: nothing is interpolated.
    const missed = Math.min(this.#seconds - 1 - track.written, HISTORY_SECONDS);
    for (const name of TRACKED) {
      const ring = track.series[name];
      for (let back = missed; back > 0; back--)
        ring[(this.#seconds - 1 - back) % HISTORY_SECONDS] = Number.NaN;
      ring[(this.#seconds - 1) % HISTORY_SECONDS] = latest[name] ?? Number.NaN;
    }
    track.written = this.#seconds;
    track.latest = latest;
  }
}

/** Oldest first; NaN where nothing was measured. */
export function readRing(track: VitalsTrack, name: Tracked, into: Float32Array): Float32Array {
  const ring = track.series[name];
  for (let i = 0; i < HISTORY_SECONDS; i++) {
    into[i] = ring[(track.written + i) % HISTORY_SECONDS] ?? Number.NaN;
  }
  return into;
}

/** Of an id such as `user-service.0a1b2c3d4e`. */
export function serviceOf(id: InstanceId): string {
  return id.slice(0, id.lastIndexOf('.'));
}

function emptySeries(): Record<Tracked, Float32Array> {
  const empty = () => new Float32Array(HISTORY_SECONDS).fill(Number.NaN);
  return { cpuCores: empty(), rssBytes: empty(), loopDelayP99Ms: empty(), unresponsiveMs: empty() };
}

function valuesAt(batch: VitalsBatch, index: number): Latest {
  const latest: Latest = {};
  for (const name in batch.columns) {
    const vital = name as VitalName;
    latest[vital] = batch.columns[vital]?.[index] ?? null;
  }
  return latest;
}

function combine(sum: Latest | undefined, next: Latest): Latest {
  const result: Latest = sum === undefined ? {} : sum;
  for (const name of TRACKED) {
    const value = next[name];
    if (value === null || value === undefined) continue;
    const before = result[name];
    if (before === null || before === undefined) result[name] = value;
    else result[name] = SERVICE_VALUE[name] === 'sum' ? before + value : Math.max(before, value);
  }
  return result;
}
