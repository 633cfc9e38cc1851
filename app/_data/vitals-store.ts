import type { InstanceId, VitalName, VitalsBatch, VitalsHistory } from '#contract';

/** The vitals that lists draw as sparklines; of the others only the last value is kept. */
export const TRACKED = ['cpuCores', 'rssBytes', 'loopDelayP99Ms'] as const;
export type Tracked = (typeof TRACKED)[number];

/** How many seconds of history a list shows. */
export const HISTORY_SECONDS = 120;

export type Latest = Partial<Record<VitalName, number | null>>;

/** One subject's recent seconds. `series` are rings by epoch second: read them with `readRing`, oldest first. */
export interface VitalsTrack {
  readonly series: Record<Tracked, Float32Array>;
  /** The newest epoch second in the rings. */
  newest: number;
  latest: Latest;
}

/** How a service's value is made of its instances': load adds up, a delay is as bad as its worst. */
const SERVICE_VALUE: Record<Tracked, 'sum' | 'worst'> = {
  cpuCores: 'sum',
  rssBytes: 'sum',
  loopDelayP99Ms: 'worst',
};

/**
 * Vitals live outside of React's state: a second of 500 instances changes everything at once, and only what is on
 * the screen may pay for it. Subjects are instance ids and service names; they cannot collide, for only ids have dots.
 */
export class VitalsStore {
  readonly #tracks = new Map<string, VitalsTrack>();
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #batchListeners = new Set<(batch: VitalsBatch) => void>();

  take(batch: VitalsBatch): void {
    const second = toSecond(batch.at);
    const services = new Map<string, Latest>();
    batch.instanceIds.forEach((id, index) => {
      const latest = valuesAt(batch, index);
      this.#advance(id, second, latest);
      const service = serviceOf(id);
      services.set(service, combine(services.get(service) ?? {}, latest));
    });
    for (const [service, latest] of services) this.#advance(service, second, latest);
    for (const id of batch.instanceIds) this.#tell(id);
    for (const service of services.keys()) this.#tell(service);
    for (const listener of this.#batchListeners) listener(batch);
  }

  /**
   * What was before the page was opened. Seconds that were heard here stay as they are, in the instance's track and in its
   * service's share of them.
   */
  fill(id: InstanceId, history: VitalsHistory): void {
    const service = serviceOf(id);
    const start = toSecond(history.startAt);
    const length = Math.max(0, ...TRACKED.map((name) => history.series[name]?.length ?? 0));
    const last = start + length - 1;
    const [own, all] = [this.#trackOf(id, last), this.#trackOf(service, last)];
    for (const name of TRACKED) {
      const column = history.series[name] ?? [];
      for (const [i, value] of column.entries()) {
        const second = start + i;
        if (value === null || !isWithin(own, second) || !Number.isNaN(valueAt(own, name, second))) continue;
        own.series[name][second % HISTORY_SECONDS] = value;
        if (isWithin(all, second))
          all.series[name][second % HISTORY_SECONDS] = together(name, valueAt(all, name, second), value);
      }
    }
    this.#tell(id);
    this.#tell(service);
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

  #tell(subject: string): void {
    for (const listener of this.#listeners.get(subject) ?? []) listener();
  }

  #trackOf(subject: string, second: number): VitalsTrack {
    let track = this.#tracks.get(subject);
    if (track === undefined) {
      track = { series: emptySeries(), newest: second, latest: {} };
      this.#tracks.set(subject, track);
    }
    return track;
  }

  #advance(subject: string, second: number, latest: Latest): void {
    const track = this.#trackOf(subject, second);
    // Seconds without news from this subject: nothing is interpolated.
    const missedSince = Math.max(track.newest + 1, second - HISTORY_SECONDS + 1);
    for (const name of TRACKED) {
      const ring = track.series[name];
      for (let missed = missedSince; missed < second; missed++) ring[missed % HISTORY_SECONDS] = Number.NaN;
      ring[second % HISTORY_SECONDS] = latest[name] ?? Number.NaN;
    }
    track.newest = Math.max(track.newest, second);
    track.latest = latest;
  }
}

function isWithin(track: VitalsTrack, second: number): boolean {
  return second > track.newest - HISTORY_SECONDS && second <= track.newest;
}

function valueAt(track: VitalsTrack, name: Tracked, second: number): number {
  return track.series[name][second % HISTORY_SECONDS] ?? Number.NaN;
}

/** Oldest first; NaN where nothing was measured. */
export function readRing(track: VitalsTrack, name: Tracked, into: Float32Array): Float32Array {
  const ring = track.series[name];
  const oldest = track.newest + 1;
  for (let i = 0; i < HISTORY_SECONDS; i++) into[i] = ring[(oldest + i) % HISTORY_SECONDS] ?? Number.NaN;
  return into;
}

/** Of an id such as `user-service.0a1b2c3d4e`. */
export function serviceOf(id: InstanceId): string {
  return id.slice(0, id.lastIndexOf('.'));
}

function toSecond(instant: string): number {
  return Math.floor(Date.parse(instant) / 1000);
}

function emptySeries(): Record<Tracked, Float32Array> {
  const empty = () => new Float32Array(HISTORY_SECONDS).fill(Number.NaN);
  return { cpuCores: empty(), rssBytes: empty(), loopDelayP99Ms: empty() };
}

function valuesAt(batch: VitalsBatch, index: number): Latest {
  const latest: Latest = {};
  for (const name in batch.columns) {
    const vital = name as VitalName;
    latest[vital] = batch.columns[vital]?.[index] ?? null;
  }
  return latest;
}

function combine(all: Latest, next: Latest): Latest {
  for (const name of TRACKED) {
    const value = next[name];
    if (value === null || value === undefined) continue;
    all[name] = together(name, all[name] ?? Number.NaN, value);
  }
  return all;
}

function together(name: Tracked, before: number, value: number): number {
  if (Number.isNaN(before)) return value;
  return SERVICE_VALUE[name] === 'sum' ? before + value : Math.max(before, value);
}
